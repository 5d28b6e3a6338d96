"""
The round-trip filter: a generated query stays only if a retriever that never saw it finds the query's own function
among the first two of many (as CoRNStack filters its pairs, Suresh et al. 2024).
"""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

COPY_COSINE = 0.92  # functions more alike than this are one answer
QUERIES_AT_ONCE = 4_096


@dataclass(frozen=True)
class Functions:
    """Vectors [functions, dimensions] of unit length by the proxy retriever, and the language of each."""

    vectors: torch.Tensor
    language: NDArray[np.int32]


def ranks(
    queries: torch.Tensor, own: NDArray[np.int64], functions: Functions, distractors: int, seed: int
) -> NDArray[np.int64]:
    """
    Rank from 1 of function `own[i]` for query i, [queries, dimensions], among `distractors` others of its language, the
    same ones for all; its copies do not count.
    """
    generator = np.random.default_rng(seed)
    result = np.zeros(len(own), np.int64)
    for language in np.unique(functions.language[own]):
        asked = np.flatnonzero(functions.language[own] == language)
        candidates = generator.permutation(np.flatnonzero(functions.language == language))[:distractors]
        others = functions.vectors[candidates]
        for start in range(0, len(asked), QUERIES_AT_ONCE):
            part = asked[start : start + QUERIES_AT_ONCE]
            result[part] = _ranks(queries[part], functions.vectors[own[part]], others)
    return result


def _ranks(queries: torch.Tensor, right: torch.Tensor, others: torch.Tensor) -> NDArray[np.int64]:
    better = queries @ others.T > (queries * right).sum(1, keepdim=True)
    better &= right @ others.T <= COPY_COSINE
    return 1 + better.sum(1).numpy()
