"""
Generated queries as a file, and as training data: `with_generated` gives the training split with some of its queries
replaced by generated ones, row for row, so that every function still stands once in an epoch and no batch holds one
function against itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kenning_training.encoded import Encoded, Ragged, ragged
from kenning_training.tokenizer import WordReader
from kenning_training.transformer.wordpiece import bert_tokenizer


@dataclass(frozen=True)
class Samples:
    """
    Query i, the WordPiece ids `queries` row i, asks for row `rows[i]` of the training split; `log_probs[i]` is
    log p_T(q|c), the end counted in. Sorted by row; a function has several or none.
    """

    rows: NDArray[np.int32]
    queries: Ragged
    log_probs: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, chosen: NDArray[np.int64]) -> "Samples":
        return Samples(self.rows[chosen], self.queries.take(chosen), self.log_probs[chosen])


def samples_of(rows: list[int], queries: list[list[int]], log_probs: list[float]) -> Samples:
    """Queries in any order."""
    every = Samples(np.array(rows, np.int32), ragged(queries), np.array(log_probs, np.float32))
    return every.take(np.argsort(every.rows, kind="stable"))


def save_samples(samples: Samples, path: Path) -> None:
    lengths = np.diff(samples.queries.offsets).astype(np.uint8)
    partial = path.with_suffix(".partial.npz")
    arrays: dict[str, Any] = {"rows": samples.rows, "tokens": samples.queries.tokens, "lengths": lengths}
    np.savez_compressed(partial, **arrays, log_probs=samples.log_probs.astype(np.float16))
    partial.replace(path)


def load_samples(path: Path) -> Samples:
    with np.load(path) as data:
        offsets = np.concatenate([[0], np.cumsum(data["lengths"], dtype=np.int64)])
        return Samples(data["rows"], Ragged(data["tokens"], offsets), data["log_probs"].astype(np.float32))


def joined(parts: Sequence[Samples]) -> Samples:
    """All of them, sorted by row."""
    lengths = np.concatenate([np.diff(part.queries.offsets) for part in parts])
    tokens = np.concatenate([part.queries.tokens for part in parts])
    queries = Ragged(tokens, np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64))
    rows = np.concatenate([part.rows for part in parts])
    every = Samples(rows, queries, np.concatenate([part.log_probs for part in parts]))
    return every.take(np.argsort(rows, kind="stable"))


def texts_of(queries: Ragged) -> list[str]:
    """The queries as words with spaces between."""
    vocabulary = bert_tokenizer().get_vocab()
    pieces = {number: token for token, number in vocabulary.items()}
    bounds = zip(queries.offsets[:-1], queries.offsets[1:], strict=True)
    return [" ".join(pieces[t] for t in queries.tokens[a:b].tolist()).replace(" ##", "") for a, b in bounds]


def reread(queries: Ragged, reader: WordReader, max_tokens: int = 64) -> Ragged:
    """The same queries in another tokenizer's ids: the static student's."""
    return ragged(reader.ids(text, max_tokens) for text in texts_of(queries))


def chances(samples: Samples, temperature: float = 1.0) -> NDArray[np.float64]:
    """
    How likely each of a function's queries is to be drawn, summing to 1 for each function: by log-probability a token,
    so that short queries are not all there is. An infinite `temperature` draws evenly.
    """
    starts, group = _groups(samples.rows)
    scores = samples.log_probs / (np.diff(samples.queries.offsets) + 1.0) / temperature
    scores = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
    return scores / np.add.reduceat(scores, starts)[group]


def drawn(samples: Samples, generator: np.random.Generator, temperature: float = 1.0) -> NDArray[np.int64]:
    """One sample for each function that has any, by its chance."""
    starts, group = _groups(samples.rows)
    noise = np.log(chances(samples, temperature)) + generator.gumbel(size=len(samples))
    order = np.lexsort((-noise, group))
    return order[starts]


def with_generated(
    encoded: Encoded, samples: Samples, queries: Ragged, share: float, generator: np.random.Generator
) -> Encoded:
    """
    `encoded` with generated queries: all that it has for functions without a doc, and in place of the doc's for a
    `share` of the others. `queries` are the samples' in the ids of `encoded`; `samples.rows` count its rows. Draw anew
    each epoch.
    """
    chosen = drawn(samples, generator)
    used = ~encoded.documented[samples.rows[chosen]] | (generator.random(len(chosen)) < share)
    chosen = chosen[used]
    source = np.arange(len(encoded))
    source[samples.rows[chosen]] = len(encoded) + chosen
    own = encoded.fields["query"]
    offsets = np.concatenate([own.offsets, own.offsets[-1] + queries.offsets[1:]])
    both = Ragged(np.concatenate([own.tokens, queries.tokens]), offsets)
    documented = encoded.documented.copy()
    documented[samples.rows[chosen]] = True
    return Encoded(encoded.fields | {"query": both.take(source)}, encoded.project, encoded.language, documented)


def of_rows(samples: Samples, rows: NDArray[np.int64]) -> Samples:
    """The samples of some rows of the split, counted as places in `rows`: for `encoded.take(rows)`."""
    place = np.full(int(max(rows.max(initial=-1), samples.rows.max(initial=-1))) + 1, -1, np.int32)
    place[rows] = np.arange(len(rows))
    kept = np.flatnonzero(place[samples.rows] >= 0)
    part = samples.take(kept)
    moved = Samples(place[part.rows], part.queries, part.log_probs)
    return moved.take(np.argsort(moved.rows, kind="stable"))


def _groups(rows: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where each function's samples begin, and which function each sample is of."""
    first = np.append(True, rows[1:] != rows[:-1]) if len(rows) else np.zeros(0, np.bool_)
    return np.flatnonzero(first), np.cumsum(first) - 1
