"""
The static student S1: a table of token vectors, a learned weight for each token and side (0 query, 1 code), and a
learned factor for each place of a text.
"""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from kenning_training.bag import STRETCHES, batch_bags
from kenning_training.encoded import Gathered
from kenning_training.template import CODE_FIELDS

QUERY, CODE = 0, 1
SIDE_NAMES = {QUERY: "query", CODE: "code"}
LN2 = float(np.log(2.0))


@dataclass(frozen=True)
class Bags:
    """
    Texts as distinct tokens: `offsets[i]` is where text i begins in `ids`. Token j of all the texts together is
    `ids[entries[j]]` and stands at `places[j]`.
    """

    ids: torch.Tensor
    offsets: torch.Tensor
    entries: torch.Tensor
    places: torch.Tensor


def make_bags(found: Gathered, vocabulary: int, texts: int, kept: NDArray[np.bool_] | None = None) -> Bags:
    """A text without tokens gives the zero vector. `kept` marks, in the bags' order, what is not left out by chance."""
    rows, ids, entries = batch_bags(found.texts, found.tokens, vocabulary)
    places = found.places
    if kept is not None:
        stays = kept[: len(ids)]
        rows, ids = rows[stays], ids[stays]
        read = stays[entries]
        entries, places = (np.cumsum(stays) - 1)[entries[read]], places[read]
    offsets = np.searchsorted(rows, np.arange(texts))
    arrays = (torch.from_numpy(array) for array in (ids, offsets, entries, places))
    return Bags(*arrays)


class Student(nn.Module):
    def __init__(self, table: NDArray[np.float32], idf: NDArray[np.float32]) -> None:
        """`table` [V, D] and `idf` [V], positive: where the vectors and both sides' weights start from."""
        super().__init__()
        self.table = nn.Parameter(torch.from_numpy(table))
        # In logarithms, so that a weight stays positive and its steps are relative.
        self.log_weights = nn.Parameter(torch.from_numpy(np.log(np.stack([idf, idf]))))
        self.log_factors = nn.Parameter(torch.zeros(2, len(CODE_FIELDS) * STRETCHES))
        self.log_scale = nn.Parameter(torch.tensor(0.0))

    def forward(self, bags: Bags, side: int) -> torch.Tensor:
        """Unit vectors [texts, dimensions]; zeros for an empty text."""
        factors = self.log_factors[side].exp()[bags.places]
        sums = torch.zeros(len(bags.ids), dtype=factors.dtype).index_add(0, bags.entries, factors)
        weights = torch.log1p(sums) / LN2 * self.log_weights[side].exp()[bags.ids]
        summed = functional.embedding_bag(bags.ids, self.table, bags.offsets, mode="sum", per_sample_weights=weights)
        return functional.normalize(summed, dim=1)

    def factors(self, side: int, fields: int) -> list[list[float]]:
        """Of each field of a side's template, as the model's card says them."""
        values = self.log_factors[side].detach().exp().view(-1, STRETCHES)[:fields]
        return [[round(value, 4) for value in row] for row in values.tolist()]
