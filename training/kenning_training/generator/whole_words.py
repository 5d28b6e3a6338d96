"""Encoded examples → the distinct whole words of each, as numbers: what word-by-word translation counts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kenning_training.encoded import Ragged

TEXTS_AT_ONCE = 16_384
STOP_WORDS = frozenset(
    "a about above after again all also am an and any are as at be because been before being below between both but by "
    "can could did do does doing down during each e eg either etc few for from further g given had has have having he "
    "her here him his how however i ie if in instead into is it its itself just like may me more most must my nor not "
    "now of off on once one only or other otherwise our out over own per same shall she should since so some such than "
    "that the their them then there these they this those through thus to too under until up upon us used uses using "
    "very via was we were what when where whether which while who whom why will with within without would you your "
    "method function return returns returned returning".split()
)


@dataclass(frozen=True)
class WordTable:
    """`number[token]` is a word's number from 1 on, 0 for a token that is no counted word; `words[0]` is empty."""

    words: list[str]
    number: NDArray[np.int32]


@dataclass(frozen=True)
class WordLimits:
    """
    A word has to be in so many texts and projects, and in at most this share of the texts; the commonest are kept.
    """

    words: int
    min_count: int
    min_projects: int
    max_share: float


def whole_words(pieces: list[tuple[Ragged, NDArray[np.int64]]], tokenizer: Tokenizer) -> Ragged:
    """Row i holds the distinct tokens of text i that are words by themselves; text i is row i of every piece."""
    continues = np.zeros(tokenizer.get_vocab_size(), np.bool_)
    for token, number in tokenizer.get_vocab().items():
        continues[number] = token.startswith("##")
    count = len(pieces[0][1])
    found = []
    for start in range(0, count, TEXTS_AT_ONCE):
        parts = [_whole_tokens(field.take(rows[start : start + TEXTS_AT_ONCE]), continues) for field, rows in pieces]
        found.append(np.unique(np.concatenate(parts)) + (start << 16))
    keys = np.concatenate(found)
    offsets = np.searchsorted(keys >> 16, np.arange(count + 1))
    return Ragged((keys & 0xFFFF).astype(np.uint16), offsets.astype(np.int64))


def _whole_tokens(field: Ragged, continues: NDArray[np.bool_]) -> NDArray[np.int64]:
    """text << 16 | token of each token that neither continues a word nor is continued."""
    inside = continues[field.tokens]
    whole = ~inside & ~np.append(inside[1:], False)
    texts = np.repeat(np.arange(len(field.offsets) - 1), np.diff(field.offsets))
    return (texts[whole] << 16) + field.tokens[whole]


def count_words(texts: Ragged, project: NDArray[np.int32], tokenizer: Tokenizer, limits: WordLimits) -> WordTable:
    """The words of `texts` (of `project` [texts]) worth counting, commonest first."""
    vocabulary = tokenizer.get_vocab()
    size = tokenizer.get_vocab_size()
    counts = np.bincount(texts.tokens, minlength=size)
    projects = np.repeat(project.astype(np.int64), np.diff(texts.offsets))
    spread = np.bincount(np.unique((projects << 16) + texts.tokens) & 0xFFFF, minlength=size)
    strings = np.array(sorted(vocabulary, key=lambda token: vocabulary[token]))
    kept = (counts >= limits.min_count) & (spread >= limits.min_projects) & (counts <= limits.max_share * len(project))
    kept &= np.array([is_word(word) for word in strings])
    chosen = np.flatnonzero(kept)
    chosen = chosen[np.argsort(-counts[chosen], kind="stable")][: limits.words]
    number = np.zeros(size, np.int32)
    number[chosen] = np.arange(1, len(chosen) + 1)
    return WordTable(["", *strings[chosen].tolist()], number)


def is_word(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and word not in STOP_WORDS


def numbered(texts: Ragged, table: WordTable, with_zero: bool) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """
    The texts in the table's numbers, and their offsets; `with_zero` puts the number 0 (the empty word) before each.
    """
    numbers = table.number[texts.tokens]
    rows = np.repeat(np.arange(len(texts.offsets) - 1), np.diff(texts.offsets))[numbers > 0]
    numbers = numbers[numbers > 0]
    count = len(texts.offsets) - 1
    offsets = np.searchsorted(rows, np.arange(count + 1))
    if with_zero:
        numbers, offsets = np.insert(numbers, offsets[:-1], 0), offsets + np.arange(count + 1)
    return numbers.astype(np.int32), offsets.astype(np.int64)
