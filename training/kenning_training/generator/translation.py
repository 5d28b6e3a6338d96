"""
IBM Model 1 (Brown et al. 1993, "The Mathematics of Statistical Machine Translation"): which query words a code word
brings about, t(query word | code word), by expectation and maximisation over pairs of texts without any order. It is
the plainest code→query translation model p_T(q|c), trains on a processor in minutes, and is what
document expansion is distilled into. The empty word takes what every query has; smoothing keeps rare words from
collecting what nothing else explains (Moore 2004, "Improving IBM Word-Alignment Model 1").
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kenning_training.progress import Progress

PAIRS_AT_ONCE = 8_192


@dataclass(frozen=True)
class WordPairs:
    """
    Pair i: code words `codes[code_offsets[i] : code_offsets[i + 1]]`, the first of them 0 (the empty word), and query
    words `queries[query_offsets[i] : …]`, both numbers from 1 on, distinct within a pair. `weights` [pairs].
    """

    codes: NDArray[np.int32]
    code_offsets: NDArray[np.int64]
    queries: NDArray[np.int32]
    query_offsets: NDArray[np.int64]
    weights: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.weights)


@dataclass(frozen=True)
class EmSettings:
    iterations: int
    smoothing: float
    """Added to the sum that a code word's counts are divided by: a word seen twice is believed less."""
    null_weight: float
    """As how many words the empty one counts."""


def translate(pairs: WordPairs, code_words: int, query_words: int, settings: EmSettings) -> NDArray[np.float32]:
    """t [code_words, query_words], rows sum to less than 1; row 0 is the empty word's, column 0 stays empty."""
    table = np.full((code_words, query_words), 1.0 / query_words, np.float32)
    progress = Progress("Model 1", settings.iterations * len(pairs))
    for _ in range(settings.iterations):
        counts, likelihood, words = np.zeros_like(table), 0.0, 0
        for start in range(0, len(pairs), PAIRS_AT_ONCE):
            rows = np.arange(start, min(start + PAIRS_AT_ONCE, len(pairs)))
            gained, seen = _expect(pairs, rows, table, counts, settings.null_weight)
            likelihood, words = likelihood + gained, words + seen
            progress.step(len(rows), f"perplexity {np.exp(-likelihood / max(1, words)):.1f}")
        table = counts
        sums = table.sum(axis=1, keepdims=True) + np.float32(settings.smoothing)
        sums[0] -= settings.smoothing
        table /= np.maximum(sums, 1e-9)
    progress.close()
    return table


def _expect(
    pairs: WordPairs, rows: NDArray[np.int64], table: NDArray[np.float32], counts: NDArray[np.float32], null: float
) -> tuple[float, int]:
    """Adds the rows' expected alignments to `counts`; returns their log likelihood and number of query words."""
    codes_of = np.diff(pairs.code_offsets)
    query_lengths = (pairs.query_offsets[rows + 1] - pairs.query_offsets[rows]).astype(np.int64)
    queries = pairs.queries[pairs.query_offsets[rows[0]] : pairs.query_offsets[rows[-1] + 1]].astype(np.int64)
    if len(queries) == 0:
        return 0.0, 0
    pair = np.repeat(rows, query_lengths)
    lengths = codes_of[pair]
    ends = np.cumsum(lengths)
    begins = ends - lengths
    source = np.repeat(pairs.code_offsets[pair] - begins, lengths) + np.arange(ends[-1])
    flat = pairs.codes[source].astype(np.int64) * table.shape[1] + np.repeat(queries, lengths)
    values = table.ravel()[flat]
    values[begins] *= null
    totals = np.maximum(np.add.reduceat(values, begins), 1e-12)
    values *= np.repeat((pairs.weights[pair] / totals).astype(np.float32), lengths)
    np.add.at(counts.reshape(-1), flat, values)
    return float(np.log(totals / (lengths - 1 + null)).sum()), len(queries)
