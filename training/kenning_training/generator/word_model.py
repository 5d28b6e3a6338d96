"""
The word model: IBM Model 1 between the stems of functions and of their queries, out of the training pairs, and where
asked out of the generator's queries too. What the term table is made of, and what `translate` draws queries from.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kenning_training.config import Config, ExpandConfig
from kenning_training.encoded import Encoded, Ragged
from kenning_training.generator.generate import samples_file
from kenning_training.generator.samples import load_samples, reread
from kenning_training.generator.translation import EmSettings, WordPairs, translate
from kenning_training.generator.whole_words import (
    Stems,
    WordLimits,
    WordTable,
    count_words,
    numbered,
    read_stems,
    stemmed,
)
from kenning_training.tokenizer import WordReader, tokenizer_file

CODE_FIELDS = ("path", "qualifiedName", "code")


@dataclass(frozen=True)
class WordModel:
    table: NDArray[np.float32]
    """t [code words, query words], as `translate` gives it."""
    codes: WordTable
    queries: WordTable
    stems: Stems
    asked: Ragged
    """The stems of the queries that it was learnt from."""

    @property
    def pairs(self) -> int:
        return len(self.asked.offsets) - 1


def word_model(config: Config, encoded: Encoded, with_generated: bool) -> WordModel:
    """Of `encoded`, the training split."""
    settings, tokenizer = config.expand, Tokenizer.from_file(str(tokenizer_file(config)))
    stems = read_stems(tokenizer)
    rows, queries, weights = pairs_of(config, encoded, tokenizer, with_generated)
    codes = code_stems(encoded, rows, stems)
    asked = stemmed([(queries, np.arange(len(rows)))], stems)
    spread = encoded.project[rows], stems
    code_table = count_words(codes, *spread, _limits(settings, settings.code_words, settings.code_count))
    query_table = count_words(asked, *spread, _limits(settings, settings.query_words, settings.query_count))
    pairs = WordPairs(*numbered(codes, code_table, True), *numbered(asked, query_table, False), weights)
    em = EmSettings(settings.iterations, settings.smoothing, settings.null_weight)
    table = translate(pairs, len(code_table.words), len(query_table.words), em)
    return WordModel(table, code_table, query_table, stems, asked)


def code_stems(encoded: Encoded, rows: NDArray[np.int64], stems: Stems) -> Ragged:
    """Of functions, without their docs."""
    return stemmed([(encoded.fields[name], rows) for name in CODE_FIELDS], stems)


def pairs_of(
    config: Config, encoded: Encoded, tokenizer: Tokenizer, with_generated: bool
) -> tuple[NDArray[np.int64], Ragged, NDArray[np.float32]]:
    """
    Rows of the training split, their queries, and each pair's weight: docs, and generated queries of one function as
    one.
    """
    documented = np.flatnonzero(encoded.documented)
    own = encoded.fields["query"].take(documented)
    ones = np.ones(len(documented), np.float32)
    if not with_generated:
        return documented, own, ones
    samples = load_samples(samples_file(config))
    made = reread(samples.queries, WordReader(tokenizer))
    tokens = np.concatenate([own.tokens, made.tokens])
    queries = Ragged(tokens, np.concatenate([own.offsets, own.offsets[-1] + made.offsets[1:]]))
    share = 1.0 / np.bincount(samples.rows)[samples.rows]
    return np.concatenate([documented, samples.rows]), queries, np.concatenate([ones, share.astype(np.float32)])


def _limits(settings: ExpandConfig, words: int, count: int) -> WordLimits:
    return WordLimits(words, count, settings.projects, settings.max_share)
