"""Examples as token ids, field by field, in flat arrays: a training batch is then a few array operations."""

import itertools
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kenning_training.bag import STRETCHES, stretches
from kenning_training.prepare.pairs import Example
from kenning_training.progress import Progress
from kenning_training.tokenizer import WordReader

MANY_EXAMPLES, PIECE = 40_000, 10_000
FIELD_TOKENS = {"query": 64, "name": 16, "qualifiedName": 32, "path": 40, "signature": 128, "doc": 128, "code": 512}


@dataclass(frozen=True)
class Ragged:
    """Row i's tokens are `tokens[offsets[i] : offsets[i + 1]]`."""

    tokens: NDArray[np.uint16]
    offsets: NDArray[np.int64]

    def lengths(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        return self.offsets[rows + 1] - self.offsets[rows]

    def take(self, rows: NDArray[np.int64]) -> "Ragged":
        lengths = self.lengths(rows)
        offsets = np.concatenate([[0], np.cumsum(lengths)])
        source = np.repeat(self.offsets[rows] - offsets[:-1], lengths) + np.arange(offsets[-1])
        return Ragged(self.tokens[source], offsets.astype(np.int64))


@dataclass(frozen=True)
class Encoded:
    fields: dict[str, Ragged]
    project: NDArray[np.int32]
    language: NDArray[np.int32]
    documented: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.project)

    def take(self, rows: NDArray[np.int64]) -> "Encoded":
        """Some rows, in the order given."""
        fields = {name: field.take(rows) for name, field in self.fields.items()}
        return Encoded(fields, self.project[rows], self.language[rows], self.documented[rows])


def encode(examples: list[Example], reader: WordReader) -> Encoded:
    """Many examples by all processors at once."""
    workers = os.process_cpu_count() if hasattr(os, "process_cpu_count") else os.cpu_count()
    if len(examples) < MANY_EXAMPLES or workers == 1:
        parts = [_fields_of(examples, reader)]
    else:
        pieces = [examples[start : start + PIECE] for start in range(0, len(examples), PIECE)]
        progress, parts = Progress("encode", len(examples)), []
        with ProcessPoolExecutor(workers) as pool:
            for piece, part in zip(pieces, pool.map(_fields_of, pieces, itertools.repeat(reader)), strict=True):
                parts.append(part)
                progress.step(len(piece))
        progress.close()
    fields = {name: joined([part[name] for part in parts]) for name in FIELD_TOKENS}
    project = np.unique([example.project for example in examples], return_inverse=True)[1]
    language = np.unique([example.language for example in examples], return_inverse=True)[1]
    documented = np.array([bool(example.query) for example in examples])
    return Encoded(fields, project.astype(np.int32), language.astype(np.int32), documented)


def _fields_of(examples: list[Example], reader: WordReader) -> dict[str, Ragged]:
    return {
        name: ragged(reader.ids(getattr(example, name), cap) for example in examples)
        for name, cap in FIELD_TOKENS.items()
    }


def joined(parts: Sequence[Ragged]) -> Ragged:
    lengths = np.concatenate([[0], *(np.diff(part.offsets) for part in parts)])
    return Ragged(np.concatenate([part.tokens for part in parts]), np.cumsum(lengths).astype(np.int64))


def ragged(rows: Iterable[list[int]]) -> Ragged:
    pieces, lengths = [], [0]
    for row in rows:
        pieces.append(np.array(row, np.uint16))
        lengths.append(len(row))
    tokens = np.concatenate(pieces) if pieces else np.zeros(0, np.uint16)
    return Ragged(tokens, np.cumsum(np.array(lengths, np.int64)))


def save(encoded: Encoded, path: Path) -> None:
    arrays = {
        f"{name}.{part}": getattr(f, part) for name, f in encoded.fields.items() for part in ("tokens", "offsets")
    }
    others = {key: getattr(encoded, key) for key in ("project", "language", "documented")}
    np.savez(path, **arrays, **others)


def load(path: Path) -> Encoded:
    with np.load(path) as data:
        fields = {name: Ragged(data[f"{name}.tokens"], data[f"{name}.offsets"]) for name in FIELD_TOKENS}
        return Encoded(fields, data["project"], data["language"], data["documented"])


@dataclass(frozen=True)
class Gathered:
    """Of every token of some texts, field after field: the text's index, the token's id and its place (`bag.py`)."""

    texts: NDArray[np.int64]
    tokens: NDArray[np.int64]
    places: NDArray[np.int64]

    def where(self, kept: NDArray[np.bool_]) -> "Gathered":
        return Gathered(self.texts[kept], self.tokens[kept], self.places[kept])


def gather(pieces: Sequence[tuple[Ragged, NDArray[np.int64], NDArray[np.bool_] | None]], max_tokens: int) -> Gathered:
    """
    Texts made of fields one after the other: each piece is a field, the rows to read and, where some texts leave the
    field out, which keep it. At most `max_tokens` a text.
    """
    used = np.zeros(len(pieces[0][1]), np.int64)
    texts, tokens, places = [], [], []
    for index, (field, rows, keep) in enumerate(pieces):
        lengths = np.minimum(field.lengths(rows), max_tokens - used)
        if keep is not None:
            lengths = lengths * keep
        used += lengths
        positions = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        tokens.append(field.tokens[np.repeat(field.offsets[rows], lengths) + positions].astype(np.int64))
        texts.append(np.repeat(np.arange(len(rows)), lengths))
        places.append(index * STRETCHES + stretches(positions))
    return Gathered(np.concatenate(texts), np.concatenate(tokens), np.concatenate(places))
