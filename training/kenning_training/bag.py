"""
A text as the static student sees it: its distinct tokens, each with the places where it stands; a learned factor for
each place makes a token's weight of them. The twin of the product's `bag.ts`.
"""

from collections.abc import Sequence
from math import log2

import numpy as np
from numpy.typing import NDArray

# A place is a field of the text (name, path …) and how far from the field's beginning: 0, 1–2, 3–6, 7–14 …, 255 and on.
STRETCHES = 9

Factors = Sequence[Sequence[float]]
"""For each field of a text its stretches' factors; the last field's are also those of any further one."""


def stretches(positions: NDArray[np.int64]) -> NDArray[np.int64]:
    """Which stretch of its field a token stands in, by its position from 0."""
    return np.minimum(np.log2(positions + 1).astype(np.int64), STRETCHES - 1)


def token_bag(fields: Sequence[Sequence[int]], max_tokens: int, factors: Factors) -> tuple[list[int], list[float]]:
    """
    Distinct ids in order of first appearance, and log2(1 + the sum of its places' factors) for each; tokens past
    `max_tokens` of the whole text are not read.
    """
    sums: dict[int, float] = {}
    left = max_tokens
    for index, tokens in enumerate(fields):
        of_field = factors[min(index, len(factors) - 1)]
        for position, token in enumerate(tokens[:left]):
            factor = of_field[min((position + 1).bit_length() - 1, len(of_field) - 1)]
            sums[token] = sums.get(token, 0.0) + factor
        left -= len(tokens[:left])
    return list(sums), [log2(1.0 + total) for total in sums.values()]


def batch_bags(
    rows: NDArray[np.int64], tokens: NDArray[np.int64], vocabulary: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """
    Many bags at once: `rows[i]` is the text that `tokens[i]` stands in. Returns row and id of each distinct (row, id),
    sorted by row, and for each token which of them it is.
    """
    keys, entries = np.unique(rows * vocabulary + tokens, return_inverse=True)
    return keys // vocabulary, keys % vocabulary, entries.reshape(-1)
