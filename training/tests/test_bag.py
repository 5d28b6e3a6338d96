import math

import numpy as np

from kenning_training.bag import batch_bags, token_bag


def test_weights_grow_with_the_logarithm_of_the_count() -> None:
    ids, weights = token_bag([5, 9, 5, 5, 2], max_tokens=10)
    assert ids == [5, 9, 2]
    assert weights == [1 + math.log(3), 1.0, 1.0]


def test_tokens_past_the_cap_are_not_read() -> None:
    assert token_bag([1, 1, 2], max_tokens=2) == ([1], [1 + math.log(2)])


def test_nothing_is_an_empty_bag() -> None:
    assert token_bag([], max_tokens=4) == ([], [])


def test_many_bags_at_once_are_the_same_bags() -> None:
    texts = [[7, 3, 7], [], [3, 3, 3, 1]]
    rows = np.repeat(np.arange(3), [len(text) for text in texts])
    tokens = np.array([token for text in texts for token in text], np.int64)
    found_rows, found_ids, found_weights = batch_bags(rows, tokens, vocabulary=10)
    for row, text in enumerate(texts):
        ids, weights = token_bag(text, 100)
        mine = found_rows == row
        found = dict(zip(found_ids[mine].tolist(), found_weights[mine].tolist(), strict=True))
        assert found == {i: np.float32(w) for i, w in zip(ids, weights, strict=True)}
