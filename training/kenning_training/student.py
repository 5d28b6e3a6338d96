"""The static student S1: a table of token vectors, and a learned weight for each token and side (0 query, 1 code)."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

QUERY, CODE = 0, 1


@dataclass(frozen=True)
class Bags:
    """Texts as distinct tokens: `offsets[i]` is where text i begins in `ids` and `weights`."""

    ids: torch.Tensor
    weights: torch.Tensor
    offsets: torch.Tensor


def make_bags(rows: NDArray[np.int64], ids: NDArray[np.int64], weights: NDArray[np.float32], texts: int) -> Bags:
    """`rows` is sorted; a text without tokens gives the zero vector."""
    offsets = np.searchsorted(rows, np.arange(texts))
    return Bags(torch.from_numpy(ids), torch.from_numpy(weights), torch.from_numpy(offsets))


class Student(nn.Module):
    def __init__(self, table: NDArray[np.float32], idf: NDArray[np.float32]) -> None:
        """`table` [V, D] and `idf` [V], positive: where the vectors and both sides' weights start from."""
        super().__init__()
        self.table = nn.Parameter(torch.from_numpy(table))
        # In logarithms, so that a weight stays positive and its steps are relative.
        self.log_weights = nn.Parameter(torch.from_numpy(np.log(np.stack([idf, idf]))))
        self.log_scale = nn.Parameter(torch.tensor(0.0))

    def forward(self, bags: Bags, side: int) -> torch.Tensor:
        """Unit vectors [texts, dimensions]; zeros for an empty text."""
        weights = bags.weights * self.log_weights[side].exp()[bags.ids]
        summed = functional.embedding_bag(bags.ids, self.table, bags.offsets, mode="sum", per_sample_weights=weights)
        return functional.normalize(summed, dim=1)
