"""Ranking figures for queries with one right answer each, and the bootstrap that says how sure a difference is."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

CUTOFF = 10


def ranks_of(scores: NDArray[np.float32], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """
    Rank from 1 of column `right[i]` in row i of `scores` [queries, pool]. Ties count against the right answer by half
    of their number, so that a scorer that knows nothing gains nothing.
    """
    own = scores[np.arange(len(right)), right][:, None]
    better = (scores > own).sum(axis=1)
    tied = (scores == own).sum(axis=1) - 1
    return 1 + better + (tied + 1) // 2


def reciprocal_ranks(ranks: NDArray[np.int64]) -> NDArray[np.float64]:
    """MRR@10's terms."""
    return np.where(ranks <= CUTOFF, 1.0 / ranks, 0.0)


def gains(ranks: NDArray[np.int64]) -> NDArray[np.float64]:
    """NDCG@10's terms: with one right answer the ideal gain is 1."""
    return np.where(ranks <= CUTOFF, 1.0 / np.log2(1.0 + ranks), 0.0)


def macro_ndcg(matrices: Iterable[NDArray[np.float32]]) -> float:
    """Of scores [queries, pool] for each language, where query i asks for column i."""
    return macro([gains(ranks_of(scores, np.arange(len(scores)))) for scores in matrices])


def macro(per_language: Sequence[NDArray[np.float64]]) -> float:
    return float(np.mean([terms.mean() for terms in per_language]))


def bootstrap_interval(
    differences: Sequence[NDArray[np.float64]],
    clusters: Sequence[NDArray[np.int64]],
    samples: int = 2000,
    seed: int = 7,
) -> tuple[float, float]:
    """
    95 % interval of the macro difference of two systems on the same queries. Drawn by project within each language
    where a language has several, and by query where it has one: queries of a project are alike.
    """
    generator = np.random.default_rng(seed)
    means = np.zeros((samples, len(differences)))
    for column, (terms, cluster) in enumerate(zip(differences, clusters, strict=True)):
        names, index = np.unique(cluster, return_inverse=True)
        groups = index if len(names) > 1 else np.arange(len(terms))
        sums, counts = np.bincount(groups, terms), np.bincount(groups)
        drawn = generator.integers(0, len(sums), size=(samples, len(sums)))
        means[:, column] = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.percentile(means.mean(axis=1), [2.5, 97.5])
    return float(low), float(high)
