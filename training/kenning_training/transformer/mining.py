"""Batches of look-alikes: each question together with the functions that the static student takes for its answer."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from kenning_training.config import TransformerConfig

SEEDS_AT_ONCE = 1_024
# Functions more alike than this are taken for copies: neither is a wrong answer to the other's question.
COPY_COSINE = 0.92


@dataclass(frozen=True)
class Retriever:
    """Vectors of every training question and function, [rows, dimensions], by the model whose errors are mined."""

    queries: torch.Tensor
    codes: torch.Tensor


def batches(retriever: Retriever, settings: TransformerConfig, seed: int) -> Iterator[NDArray[np.int64]]:
    """Batches without end: part groups of look-alikes, part rows at random."""
    generator = np.random.default_rng(seed)
    count = len(retriever.queries)
    groups = settings.batch * settings.mined_share // settings.group
    while True:
        seeds = generator.permutation(count)[:SEEDS_AT_ONCE]
        alike = look_alikes(retriever, seeds, settings.group, generator)
        for start in range(0, len(seeds), max(1, int(groups))):
            mined = alike[start : start + int(groups)].reshape(-1)
            others = generator.integers(0, count, settings.batch)
            yield np.unique(np.concatenate([mined, others])[: settings.batch])


def look_alikes(
    retriever: Retriever, seeds: NDArray[np.int64], group: int, generator: np.random.Generator
) -> NDArray[np.int64]:
    """[seeds, group]: the seed and some of the functions that its question finds, no copies of its own function."""
    queries, own = retriever.queries[seeds], retriever.codes[seeds]
    scores = queries @ retriever.codes.T
    scores[own @ retriever.codes.T > COPY_COSINE] = -1.0
    top = scores.topk(4 * group, dim=1).indices.numpy()
    columns = generator.permuted(np.tile(np.arange(4 * group), (len(seeds), 1)), axis=1)[:, : group - 1]
    return np.concatenate([seeds[:, None], np.take_along_axis(top, columns, axis=1)], axis=1)


def copies(codes: torch.Tensor) -> torch.Tensor:
    """Which functions of a batch are copies of each other, [batch, batch], itself not among them."""
    return (codes @ codes.T > COPY_COSINE).fill_diagonal_(False)
