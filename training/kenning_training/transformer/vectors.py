"""The embed stage: the teacher's vectors of training questions and functions, kept for every student to match (B)."""

import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from kenning_training.batches import field_dropout
from kenning_training.config import Config, TransformerConfig
from kenning_training.progress import Progress
from kenning_training.student import Student
from kenning_training.train import load_student
from kenning_training.transformer.data import TwinData, sampled_data
from kenning_training.transformer.encoder import Encoder
from kenning_training.transformer.sequences import Keep
from kenning_training.transformer.teacher import bases_of, load_teacher, vectors_of

PART = 4_096


@dataclass(frozen=True)
class TeacherVectors:
    """`rows` of the sampled data, and for each its unit vectors as float16 [rows, dimensions]."""

    rows: NDArray[np.int64]
    queries: NDArray[np.float16]
    codes: NDArray[np.float16]


def run(config: Config) -> None:
    """Part by part, until all is done or `vector_minutes` are over; parts that are there already are kept."""
    student, teacher = load_student(config), load_teacher(config)
    data = sampled_data(config, config.teacher)
    order, keep = rows_in_order(data, config.teacher.seed), fixed_dropout(data, config.teacher)
    folder = vectors_folder(config)
    folder.mkdir(exist_ok=True)
    progress, until = Progress("embed", len(order)), time.monotonic() + config.teacher.vector_minutes * 60
    for start in range(0, len(order), PART):
        rows, file = order[start : start + PART], folder / f"part-{start:07}.npz"
        if not file.exists() and time.monotonic() < until:
            queries, codes = teacher_vectors(teacher, student, data, rows, keep, config)
            np.savez(file, rows=rows, queries=queries, codes=codes)
        progress.step(len(rows))
    progress.close()


def load_vectors(config: Config) -> TeacherVectors:
    """All parts that are there; raises FileNotFoundError where none is."""
    files = sorted(vectors_folder(config).glob("part-*.npz"))
    if not files:
        raise FileNotFoundError("no teacher's vectors: run the embed stage first")
    parts = [np.load(file) for file in files]
    rows, queries, codes = (np.concatenate([part[name] for part in parts]) for name in ("rows", "queries", "codes"))
    return TeacherVectors(rows, queries, codes)


def vectors_folder(config: Config) -> Path:
    return config.prepare.folder / "teacher-vectors"


def fixed_dropout(data: TwinData, settings: TransformerConfig) -> Keep:
    """One draw of left-out fields for all rows: teacher and students read the same."""
    return field_dropout(data.bert, np.arange(len(data)), settings, np.random.default_rng(settings.seed))


def at_rows(keep: Keep, rows: NDArray[np.int64]) -> Keep:
    return {field: marks[rows] for field, marks in keep.items()}


def rows_in_order(data: TwinData, seed: int) -> NDArray[np.int64]:
    """Mixed, so that wherever the time is over the rows that are done are like the others."""
    return np.random.default_rng(seed).permutation(len(data))


@torch.no_grad()
def teacher_vectors(
    teacher: Encoder, student: Student, data: TwinData, rows: NDArray[np.int64], keep: Keep, config: Config
) -> tuple[NDArray[np.float16], NDArray[np.float16]]:
    """Of the rows' questions and functions, [rows, dimensions] each."""
    kept = at_rows(keep, rows)
    base = bases_of(student, data, rows, kept, config)
    queries, codes = vectors_of(teacher, data, rows, kept, base, config, config.teacher)
    return queries.cpu().numpy().astype(np.float16), codes.cpu().numpy().astype(np.float16)
