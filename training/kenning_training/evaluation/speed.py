"""How fast a model embeds functions and how large it is: ratios within one run, one thread each."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch

from kenning_training.config import Config
from kenning_training.evaluation.systems import Asked
from kenning_training.serving import ServedModel
from kenning_training.student import CODE
from kenning_training.train import load_student
from kenning_training.transformer import teacher as dual
from kenning_training.transformer.data import base_codes, without_docs
from kenning_training.transformer.encoder import encode_all
from kenning_training.transformer.sequences import code_sequences
from kenning_training.transformer.serving import ServedEncoder

FUNCTIONS = 256
ROUNDS = 3


@dataclass(frozen=True)
class Speed:
    functions_per_second: float
    bytes: int


def speeds(config: Config, asked: Asked) -> dict[str, Speed]:
    """Of the teacher (float32, PyTorch, from token ids) and each student (int8, ONNX Runtime, from text)."""
    served = ServedModel(config.model.folder)
    texts = asked.texts(served.code_template)[:FUNCTIONS]
    found = {}
    if dual.teacher_file(config).exists():
        found["teacher"] = Speed(*_teacher(config, asked, len(texts)))
    size = (config.model.folder / "model.onnx").stat().st_size
    found["S1"] = Speed(_rate(lambda: served.embed(texts, CODE), len(texts)), size)
    if (config.model.s2_folder / "model.onnx").exists():
        refiner, base = ServedEncoder(config.model.s2_folder), served.embed(texts, CODE)
        size = (config.model.s2_folder / "model.onnx").stat().st_size
        found["S2"] = Speed(_rate(lambda: refiner.embed(texts, base), len(texts)), size)
    return found


def _teacher(config: Config, asked: Asked, count: int) -> tuple[float, int]:
    encoder, rows = dual.load_teacher(config).cpu(), np.arange(count)
    keep = without_docs(rows)
    base = base_codes(load_student(config), asked.twin.data.static, rows, config.train, keep)
    ids = code_sequences(asked.twin.data.bert, rows, config.train.code_template, config.teacher.max_tokens, keep)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    with torch.no_grad():
        rate = _rate(lambda: encode_all(encoder, ids, base, 1_024, bfloat16=False), count)
    torch.set_num_threads(threads)
    return rate, sum(4 * parameter.numel() for parameter in encoder.parameters())


def _rate(work: Callable[[], object], count: int) -> float:
    """The best of some rounds: other work on the machine only ever slows one down."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return count / best
