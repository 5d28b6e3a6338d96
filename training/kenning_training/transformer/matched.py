"""The examples that the teacher has embedded, with its vectors and its lists: what all its students learn from."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from kenning_training.config import Config
from kenning_training.transformer.data import TwinData, sampled_data
from kenning_training.transformer.mining import Retriever, mine_lists
from kenning_training.transformer.sequences import Keep
from kenning_training.transformer.teacher import device
from kenning_training.transformer.vectors import at_rows, fixed_dropout, load_vectors


@dataclass(frozen=True)
class Matched:
    """`keep` says which fields the teacher read of a row. `lists` [lists, group] are rows, the right one first."""

    data: TwinData
    keep: Keep
    vectors: Retriever
    lists: NDArray[np.int64]


def matched_data(config: Config) -> Matched:
    """Lists are mined from the teacher's own first ranks, for `cross.lists` documented examples."""
    data, vectors = sampled_data(config, config.teacher), load_vectors(config)
    keep = at_rows(fixed_dropout(data, config.teacher), vectors.rows)
    part = TwinData(data.bert.take(vectors.rows), data.static.take(vectors.rows))
    queries, codes = (torch.from_numpy(v).float().to(device()) for v in (vectors.queries, vectors.codes))
    retriever = Retriever(queries, codes)
    generator = np.random.default_rng(config.cross.seed)
    seeds = generator.permutation(np.flatnonzero(part.bert.documented))[: config.cross.lists]
    return Matched(part, keep, retriever, mine_lists(retriever, seeds, config.cross.group, generator))


def soft_file(config: Config) -> Path:
    """The cross-encoder teacher's opinion of the lists."""
    return config.prepare.folder / "soft-lists.npz"


def late_file(config: Config) -> Path:
    """The late-interaction teacher's opinion of the lists."""
    return config.prepare.folder / "late-lists.npz"


def opinions_of(file: Path, lists: NDArray[np.int64]) -> torch.Tensor:
    """[lists, group]; raises ValueError where the teacher was asked about other lists."""
    with np.load(file) as kept:
        if not np.array_equal(kept["lists"], lists):
            raise ValueError(f"{file.name} is about other lists: run the stage that makes it again")
        return torch.from_numpy(kept["logits"]).to(device())
