"""A text as the static student sees it: its distinct tokens, each with a weight: the twin of the product's `bag.ts`."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def token_bag(tokens: Sequence[int], max_tokens: int) -> tuple[list[int], list[float]]:
    """Distinct ids in order of first appearance and 1 + ln(count) for each; tokens past `max_tokens` are not read."""
    counts: dict[int, int] = {}
    for token in tokens[:max_tokens]:
        counts[token] = counts.get(token, 0) + 1
    return list(counts), [1.0 + float(np.log(count)) for count in counts.values()]


def batch_bags(
    rows: NDArray[np.int64], tokens: NDArray[np.int64], vocabulary: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """
    Many bags at once: `rows[i]` is the text that `tokens[i]` stands in. Returns row, id and weight of each distinct
    (row, id), sorted by row.
    """
    keys, counts = np.unique(rows * vocabulary + tokens, return_counts=True)
    weights = (1.0 + np.log(counts)).astype(np.float32)
    return keys // vocabulary, keys % vocabulary, weights
