"""Examples → sequences of token ids as an encoder reads them: `[CLS] … [SEP]`, cut to a length, fields dropped."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from kenning_training.batches import training_tokens
from kenning_training.encoded import Encoded, Gathered, Ragged, gather, ragged
from kenning_training.transformer.wordpiece import CLS, PAD, SEP

Keep = Mapping[str, NDArray[np.bool_]]
SPECIAL_TOKENS = 2


@dataclass(frozen=True)
class Padded:
    """Texts of like length as one block: `ids` and `mask` int64 [texts, length]; `rows` says which texts they are."""

    rows: NDArray[np.int64]
    ids: torch.Tensor
    mask: torch.Tensor

    def to(self, device: torch.device) -> "Padded":
        return Padded(self.rows, self.ids.to(device), self.mask.to(device))


def query_sequences(encoded: Encoded, rows: NDArray[np.int64], max_tokens: int) -> Ragged:
    """The doc's first sentence, or the words of the name of a function without a doc."""
    documented = encoded.documented[rows]
    pieces = [(encoded.fields["query"], rows, documented), (encoded.fields["name"], rows, ~documented)]
    return _framed(gather(pieces, max_tokens - SPECIAL_TOKENS), len(rows))


def code_sequences(encoded: Encoded, rows: NDArray[np.int64], template: str, max_tokens: int, keep: Keep) -> Ragged:
    """The template's fields one after the other; `keep` marks for a field the texts that have it this time."""
    tokens = training_tokens(encoded, rows, template, max_tokens - SPECIAL_TOKENS, keep)
    return _framed(tokens, len(rows))


def framed(texts: Sequence[Sequence[int]]) -> Ragged:
    return ragged([CLS, *text, SEP] for text in texts)


def blocks(sequences: Ragged, cells: int) -> Iterator[Padded]:
    """All texts, shortest first, in blocks of at most `cells` padded tokens, so that little of a block is padding."""
    lengths = np.diff(sequences.offsets)
    order = np.argsort(lengths, kind="stable")
    start = 0
    while start < len(order):
        end = start + 1
        while end < len(order) and (end - start + 1) * lengths[order[end]] <= cells:
            end += 1
        yield padded_rows(sequences, order[start:end])
        start = end


def padded_rows(sequences: Ragged, rows: NDArray[np.int64]) -> Padded:
    """Some texts as one block, in the order given."""
    lengths = sequences.lengths(rows)
    position = np.arange(lengths.max())
    mask = position[None, :] < lengths[:, None]
    source = np.where(mask, sequences.offsets[rows][:, None] + position[None, :], 0)
    ids = np.where(mask, sequences.tokens[source].astype(np.int64), PAD)
    return Padded(rows, torch.from_numpy(ids), torch.from_numpy(mask.astype(np.int64)))


def _framed(found: Gathered, count: int) -> Ragged:
    """`gather` gives field after field: a stable sort by text puts each text's fields in their order."""
    order = np.argsort(found.texts, kind="stable")
    lengths = np.bincount(found.texts, minlength=count)
    offsets = np.concatenate([[0], np.cumsum(lengths + SPECIAL_TOKENS)])
    result = np.zeros(offsets[-1], np.uint16)
    result[offsets[:-1]] = CLS
    result[offsets[1:] - 1] = SEP
    inner = np.ones(len(result), np.bool_)
    inner[offsets[:-1]] = inner[offsets[1:] - 1] = False
    result[inner] = found.tokens[order].astype(np.uint16)
    return Ragged(result, offsets.astype(np.int64))
