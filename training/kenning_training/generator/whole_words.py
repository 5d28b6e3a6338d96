"""
Encoded examples → the stems of the whole words of each, as numbers: what word-by-word translation counts. Stems, since
the product's index holds stems, and eight inflections of one word would be all that a table has room for.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kenning_training.encoded import Ragged
from kenning_training.generator.stems import stem

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
class Stems:
    """`of[token]` is the stem of a token that is a word, 0 where it is none worth counting; `words[0]` is empty."""

    words: list[str]
    of: NDArray[np.int64]
    continues: NDArray[np.bool_]
    """Which tokens go on with a word."""


@dataclass(frozen=True)
class WordTable:
    """`number[stem]` counts the chosen stems from 1 on, 0 for others; `words[0]` is empty."""

    words: list[str]
    number: NDArray[np.int32]


@dataclass(frozen=True)
class WordLimits:
    """A word has to be in so many texts and projects, in at most this share of the texts; the commonest are kept."""

    words: int
    min_count: int
    min_projects: int
    max_share: float


def read_stems(tokenizer: Tokenizer) -> Stems:
    vocabulary = tokenizer.get_vocab()
    tokens = sorted(vocabulary, key=lambda token: vocabulary[token])
    places = {"": 0}
    of = [places.setdefault(stem(token) if is_word(token) else "", len(places)) for token in tokens]
    return Stems(list(places), np.array(of, np.int64), np.array([token.startswith("##") for token in tokens]))


def is_word(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and word not in STOP_WORDS


def stemmed(pieces: list[tuple[Ragged, NDArray[np.int64]]], stems: Stems) -> Ragged:
    """Row i holds the distinct stems of the whole words of text i, which is row `rows[i]` of every piece."""
    count, found = len(pieces[0][1]), []
    for start in range(0, count, TEXTS_AT_ONCE):
        parts = [_whole_words(field.take(rows[start : start + TEXTS_AT_ONCE]), stems) for field, rows in pieces]
        found.append(np.unique(np.concatenate(parts)) + (start << 16))
    keys = np.concatenate(found)
    offsets = np.searchsorted(keys >> 16, np.arange(count + 1))
    return Ragged((keys & 0xFFFF).astype(np.uint16), offsets.astype(np.int64))


def _whole_words(field: Ragged, stems: Stems) -> NDArray[np.int64]:
    """text << 16 | stem of each token that neither continues a word nor is continued."""
    inside = stems.continues[field.tokens]
    numbers = np.where(inside | np.append(inside[1:], False), 0, stems.of[field.tokens])
    texts = np.repeat(np.arange(len(field.offsets) - 1), np.diff(field.offsets))
    return ((texts << 16) + numbers)[numbers > 0]


def count_words(texts: Ragged, project: NDArray[np.int32], stems: Stems, limits: WordLimits) -> WordTable:
    """The stems of `texts` (of `project` [texts]) worth counting, commonest first."""
    counts = np.bincount(texts.tokens, minlength=len(stems.words))
    projects = np.repeat(project.astype(np.int64), np.diff(texts.offsets))
    seen = np.zeros((int(project.max(initial=0)) + 1, len(stems.words)), np.bool_)
    seen[projects, texts.tokens] = True
    kept = (counts >= limits.min_count) & (seen.sum(axis=0) >= limits.min_projects)
    chosen = np.flatnonzero(kept & (counts <= limits.max_share * len(project)))
    chosen = chosen[np.argsort(-counts[chosen], kind="stable")][: limits.words]
    number = np.zeros(len(stems.words), np.int32)
    number[chosen] = np.arange(1, len(chosen) + 1)
    return WordTable(["", *(stems.words[i] for i in chosen)], number)


def numbered(texts: Ragged, table: WordTable, with_zero: bool) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The texts in the table's numbers, and their offsets; `with_zero` puts 0 (the empty word) before each."""
    count = len(texts.offsets) - 1
    numbers = table.number[texts.tokens]
    rows = np.repeat(np.arange(count), np.diff(texts.offsets))[numbers > 0]
    numbers = numbers[numbers > 0]
    offsets = np.searchsorted(rows, np.arange(count + 1))
    if with_zero:
        numbers, offsets = np.insert(numbers, offsets[:-1], 0), offsets + np.arange(count + 1)
    return numbers.astype(np.int32), offsets.astype(np.int64)
