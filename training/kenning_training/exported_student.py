"""The static student read back from an exported model, for a training that goes on from what ships."""

import json
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from kenning_training.onnx_model import TINY
from kenning_training.student import SIDE_NAMES, Student


def exported_student(folder: Path) -> Student:
    """Its rows as they are met in the file. A model whose card has no factors counted every place as 1."""
    graph = onnx.load(str(folder / "model.onnx")).graph
    constants = {constant.name: numpy_helper.to_array(constant) for constant in graph.initializer}
    coded = constants["books"][constants["codes"].astype(np.int32) + constants["book_starts"]]
    by_use = np.concatenate([constants["whole_rows"], coded.reshape(len(coded), -1)])
    table = by_use[constants["place"].astype(np.int64)].astype(np.float32)
    lengths = np.maximum(np.linalg.norm(table, axis=1), TINY).astype(np.float32)
    weights = np.maximum(constants["half_factors"].astype(np.float32).reshape(2, -1) * lengths, TINY)
    student = Student(table / lengths[:, None], np.ones(len(table), np.float32))
    with torch.no_grad():
        student.log_weights.copy_(torch.from_numpy(np.log(weights)))
        card = json.loads((folder / "model.json").read_text())
        for side, name in SIDE_NAMES.items():
            factors: NDArray[np.float64] = np.array(card.get("placeFactors", {}).get(name, [[1.0]])).reshape(-1)
            student.log_factors[side, : len(factors)] = torch.from_numpy(np.log(factors)).float()
    return student
