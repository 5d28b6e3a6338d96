"""Word by word translation finds what stands for what in pairs whose sides share no word."""

import numpy as np
import pytest

from kenning_training.generator.translation import EmSettings, WordPairs, translate

WORDS = 12
SETTINGS = EmSettings(iterations=8, smoothing=1.0, null_weight=2.0)


def planted(count: int, generator: np.random.Generator) -> WordPairs:
    """Code word i brings query word i about; query word `WORDS` is in every query, whatever the code."""
    chosen = np.sort(generator.permuted(np.tile(np.arange(1, WORDS), (count, 1)), axis=1)[:, :3], axis=1)
    codes = np.concatenate([np.zeros((count, 1), np.int64), chosen], axis=1)
    queries = np.concatenate([chosen[:, :2], np.full((count, 1), WORDS)], axis=1)
    offsets = np.arange(count + 1)
    ones = np.ones(count, np.float32)
    return WordPairs(codes.astype(np.int32).ravel(), offsets * 4, queries.astype(np.int32).ravel(), offsets * 3, ones)


def test_each_planted_word_is_found() -> None:
    table = translate(planted(2_000, np.random.default_rng(5)), WORDS, WORDS + 1, SETTINGS)
    common = range(1, WORDS - 2)  # the last words never come first in a query
    assert [int(table[word, :WORDS].argmax()) for word in common] == list(common)
    assert all(table[word, word] > 0.5 for word in common)


def test_what_every_query_has_goes_to_the_empty_word() -> None:
    table = translate(planted(2_000, np.random.default_rng(5)), WORDS, WORDS + 1, SETTINGS)
    assert int(table[0].argmax()) == WORDS
    assert table[1, WORDS] < 0.2 < table[0, WORDS]


def test_a_row_is_a_distribution_and_smoothing_takes_from_it() -> None:
    pairs = planted(50, np.random.default_rng(5))
    table = translate(pairs, WORDS, WORDS + 1, EmSettings(3, 4.0, 2.0))
    assert table[0].sum() == pytest.approx(1.0, abs=1e-4)
    assert (table[1:].sum(axis=1) < 1.0).all()
    plain = translate(pairs, WORDS, WORDS + 1, EmSettings(3, 0.0, 2.0))
    assert plain.sum(axis=1) == pytest.approx(np.ones(WORDS), abs=1e-4)


def test_a_pair_of_no_weight_teaches_nothing() -> None:
    pairs = planted(40, np.random.default_rng(5))
    weights = np.ones(40, np.float32)
    weights[20:] = 0.0
    weighted = WordPairs(pairs.codes, pairs.code_offsets, pairs.queries, pairs.query_offsets, weights)
    sides = (pairs.codes[:80], pairs.code_offsets[:21], pairs.queries[:60], pairs.query_offsets[:21])
    half = WordPairs(*sides, weights[:20])
    both = [translate(p, WORDS, WORDS + 1, SETTINGS) for p in (weighted, half)]
    assert np.abs(both[0] - both[1]).max() < 1e-5
