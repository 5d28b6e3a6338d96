"""
The teach stage: what the exported S2 says of training questions and functions, for a static student that learns on.
Questions are short, so many more of them than of functions.
"""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper
from torch.nn import functional

from kenning_training import encoded as encoding
from kenning_training.batches import field_dropout, query_bags, training_tokens
from kenning_training.config import Config
from kenning_training.encoded import Encoded, Ragged
from kenning_training.exported_student import exported_student
from kenning_training.prepare.stage import examples_file, read_split
from kenning_training.progress import Progress
from kenning_training.student import CODE, QUERY, Student, make_bags
from kenning_training.tokenizer import WordReader
from kenning_training.train import training_data
from kenning_training.transformer.sequences import Keep, blocks, code_sequences, query_sequences
from kenning_training.transformer.wordpiece import bert_tokenizer

PART = 2_048
CELLS = 1_024
FIELDS = ("path", "doc", "name")


@dataclass(frozen=True)
class Side:
    """`place[row]` is where a training row stands in `vectors` and `added` [taught, dimensions], −1 for nowhere."""

    place: NDArray[np.int64]
    vectors: torch.Tensor
    """S2's, of unit length."""
    added: torch.Tensor
    """What S2 adds to the static student's vector before it is brought to unit length."""


@dataclass(frozen=True)
class Taught:
    """`keep` says which fields were read of the functions, in the order of `codes.vectors`."""

    queries: Side
    codes: Side
    keep: Keep

    def keep_of(self, rows: NDArray[np.int64]) -> Keep:
        keep = {field: marks[self.codes.place[rows]] for field, marks in self.keep.items()}
        return keep | {"qualifiedName": keep["name"]}


def run(config: Config) -> None:
    """Part by part until `vector_minutes` are over, in an order of chance; parts that are there already are kept."""
    data, refiner = training_data(config), Refiner(config.model.s2_folder)
    order = np.random.default_rng(config.teacher.seed).permutation(len(data))
    folder = taught_folder(config)
    folder.mkdir(exist_ok=True)
    examples = read_split(examples_file(config, "train"))
    progress, until = Progress("teach", len(order)), time.monotonic() + config.teacher.vector_minutes * 60
    for start in range(0, len(order), PART):
        rows, file = order[start : start + PART], folder / f"part-{start:07}.npz"
        if not file.exists() and time.monotonic() < until:
            part = encoding.encode([examples[row] for row in rows], WordReader(bert_tokenizer()))
            np.savez(file, **taught_part(part, rows, refiner, config))
        progress.step(len(rows))
    progress.close()


def taught_part(part: Encoded, rows: NDArray[np.int64], refiner: "Refiner", config: Config) -> dict[str, Any]:
    """`rows` are those of the training split that `part` holds, as S2 reads them."""
    settings, template = config.teacher, config.train.code_template
    keep = field_dropout(part, np.arange(len(part)), settings, np.random.default_rng([settings.seed, int(rows[0])]))
    chosen = np.arange(round(settings.taught_codes * len(part)))
    chosen_keep = {field: marks[chosen] for field, marks in keep.items()}
    queries = query_sequences(part, np.arange(len(part)), settings.max_query_tokens)
    codes = code_sequences(part, chosen, template, settings.max_tokens, chosen_keep)
    return {
        "query_rows": rows,
        "query_added": refiner.added(queries),
        "code_rows": rows[chosen],
        "code_added": refiner.added(codes),
        **{field: chosen_keep[field] for field in FIELDS},
    }


def load_taught(config: Config, data: Encoded) -> Taught:
    """S2's vectors stand on those of the exported S1. Raises FileNotFoundError where no part is there."""
    files = sorted(taught_folder(config).glob("part-*.npz"))
    if not files:
        raise FileNotFoundError("nothing is taught: run the teach stage first")
    parts = [dict(np.load(file)) for file in files]
    joined = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    student, keep = exported_student(config.model.folder), {field: joined[field] for field in FIELDS}
    whole = keep | {"qualifiedName": keep["name"]}
    query_bases = _bases(student, data, joined["query_rows"], None, config)
    code_bases = _bases(student, data, joined["code_rows"], whole, config)
    queries = _side(len(data), joined["query_rows"], query_bases, joined["query_added"])
    codes = _side(len(data), joined["code_rows"], code_bases, joined["code_added"])
    return Taught(queries, codes, keep)


def taught_folder(config: Config) -> Path:
    return config.prepare.folder / "taught"


class Refiner:
    """The exported S2, asked what it would add to a vector."""

    def __init__(self, folder: Path) -> None:
        model = onnx.load(str(folder / "model.onnx"))
        (last,) = (node for node in model.graph.node if "base" in node.input)
        (self._output,) = (name for name in last.input if name != "base")
        (embedding,) = model.graph.output
        self._dimensions: int = embedding.type.tensor_type.shape.dim[1].dim_value
        shape = ["batch", self._dimensions]
        model.graph.output.append(helper.make_tensor_value_info(self._output, TensorProto.FLOAT, shape))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(model.SerializeToString(), options)

    def added(self, sequences: Ragged) -> NDArray[np.float16]:
        """[texts, dimensions]."""
        result = np.zeros((len(sequences.offsets) - 1, self._dimensions), np.float16)
        for block in blocks(sequences, CELLS):
            base = np.zeros((len(block.rows), self._dimensions), np.float32)
            feed = {"input_ids": block.ids.numpy(), "attention_mask": block.mask.numpy(), "base": base}
            result[block.rows] = self._session.run([self._output], feed)[0]
        return result


def _side(count: int, rows: NDArray[np.int64], bases: torch.Tensor, added: NDArray[np.float16]) -> Side:
    place = np.full(count, -1, np.int64)
    place[rows] = np.arange(len(rows))
    floats = torch.from_numpy(added.astype(np.float32))
    return Side(place, functional.normalize(bases + floats, dim=1), floats)


@torch.no_grad()
def _bases(student: Student, data: Encoded, rows: NDArray[np.int64], keep: Keep | None, config: Config) -> torch.Tensor:
    """Of questions, or where `keep` is given of functions."""
    found, vocabulary, train = [], student.table.shape[0], config.train
    for start in range(0, len(rows), PART):
        part = rows[start : start + PART]
        if keep is None:
            found.append(student(query_bags(data, part, vocabulary, train), QUERY))
            continue
        kept = {field: marks[start : start + PART] for field, marks in keep.items()}
        tokens = training_tokens(data, part, train.code_template, train.max_tokens, kept)
        found.append(student(make_bags(tokens, vocabulary, len(part)), CODE))
    return torch.cat(found)
