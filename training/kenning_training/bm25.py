"""BM25 over split identifiers: the baseline, half of the fusion, and the canary. Scores a whole pool at once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

K1, B = 1.2, 0.75


class Bm25:
    """An index over the word lists of a pool."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        self._count = len(documents)
        postings: dict[str, dict[int, int]] = {}
        for index, words in enumerate(documents):
            for word in words:
                counts = postings.setdefault(word, {})
                counts[index] = counts.get(index, 0) + 1
        lengths = np.array([len(words) for words in documents], np.float64)
        norm = K1 * (1 - B + B * lengths / max(1.0, float(lengths.mean())))
        self._impacts = {word: self._impact(counts, norm) for word, counts in postings.items()}

    def _impact(
        self, counts: dict[int, int], norm: NDArray[np.float64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        indices = np.fromiter(counts.keys(), np.int64, len(counts))
        frequency = np.fromiter(counts.values(), np.float64, len(counts))
        idf = np.log(1 + (self._count - len(counts) + 0.5) / (len(counts) + 0.5))
        return indices, (idf * frequency * (K1 + 1) / (frequency + norm[indices])).astype(np.float32)

    def scores(self, query: Sequence[str]) -> NDArray[np.float32]:
        """One score for each document of the pool."""
        result = np.zeros(self._count, np.float32)
        for word in query:
            if word in self._impacts:
                indices, impact = self._impacts[word]
                result[indices] += impact
        return result
