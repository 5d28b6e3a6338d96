"""
Hard negatives by rank (E; Dong et al., arXiv 2305.04508): each question with functions that a retriever takes for its
answer. The authors' window does not leave out the right answer; here it, its copies and near-ties are left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from kenning_training.config import TransformerConfig

SEEDS_AT_ONCE = 1_024
# Functions more alike than this are taken for copies: neither is a wrong answer to the other's question.
COPY_COSINE = 0.92
# A function that scores this near to the right one may well be right too.
NEAR_TIE = 0.05


@dataclass(frozen=True)
class Retriever:
    """Unit vectors of questions and their functions, [rows, dimensions], by the model whose errors are mined."""

    queries: torch.Tensor
    codes: torch.Tensor

    def list_scores(self, lists: NDArray[np.int64]) -> torch.Tensor:
        """[lists, group]: of each list's first question with its functions."""
        candidates = self.codes[lists.reshape(-1)].view(*lists.shape, -1)
        return torch.einsum("ld,lgd->lg", self.queries[lists[:, 0]], candidates)


@dataclass(frozen=True)
class Batch:
    """Distinct rows, and which form lists: `lists` [lists, group] are positions in `rows`, the right one first."""

    rows: NDArray[np.int64]
    lists: NDArray[np.int64]
    list_ids: NDArray[np.int64]


def mine_lists(
    retriever: Retriever, seeds: NDArray[np.int64], group: int, generator: np.random.Generator
) -> NDArray[np.int64]:
    """[seeds, group] rows: the seed and `group − 1` of the first `4 · group` functions that its question finds."""
    found = [
        _mine(retriever, seeds[start : start + SEEDS_AT_ONCE], group, generator)
        for start in range(0, len(seeds), SEEDS_AT_ONCE)
    ]
    return np.concatenate(found)


def _mine(
    retriever: Retriever, seeds: NDArray[np.int64], group: int, generator: np.random.Generator
) -> NDArray[np.int64]:
    queries, own = retriever.queries[seeds], retriever.codes[seeds]
    scores = queries @ retriever.codes.T
    right = (queries * own).sum(dim=1, keepdim=True)
    scores[(scores - right).abs() < NEAR_TIE * right.abs()] = -1.0
    scores[own @ retriever.codes.T > COPY_COSINE] = -1.0
    window = min(4 * group, scores.shape[1])
    top = scores.topk(window, dim=1).indices.cpu().numpy()
    columns = generator.permuted(np.tile(np.arange(window), (len(seeds), 1)), axis=1)[:, : group - 1]
    return np.concatenate([seeds[:, None], np.take_along_axis(top, columns, axis=1)], axis=1)


def batches(lists: NDArray[np.int64], count: int, settings: TransformerConfig, seed: int) -> Iterator[Batch]:
    """Batches without end: some of `lists`, filled up with any of `count` rows."""
    generator = np.random.default_rng(seed)
    per_batch = min(len(lists), max(1, int(settings.batch * settings.mined_share) // lists.shape[1]))
    while True:
        order = generator.permutation(len(lists))
        for start in range(0, len(order) - per_batch + 1, per_batch):
            chosen = order[start : start + per_batch]
            mined = lists[chosen]
            others = generator.integers(0, count, settings.batch - mined.size)
            rows = np.unique(np.concatenate([mined.reshape(-1), others]))
            yield Batch(rows, np.searchsorted(rows, mined), chosen)


def copies(codes: torch.Tensor) -> torch.Tensor:
    """Which functions of a batch are copies of each other, [batch, batch]; none is its own copy."""
    return (codes @ codes.T > COPY_COSINE).fill_diagonal_(False)
