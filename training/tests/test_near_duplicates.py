import numpy as np

from kenning_training.prepare.near_duplicates import keep_first, signatures


def words(seed: int, count: int = 120) -> list[str]:
    return [f"w{value}" for value in np.random.default_rng(seed).integers(0, 500, count)]


def test_a_copy_with_a_small_change_goes_and_another_text_stays() -> None:
    original = words(1)
    changed = [*original[:60], "other", *original[61:]]
    kept = keep_first(signatures([original, changed, words(2), original]))
    assert kept.tolist() == [True, False, True, False]


def test_half_a_copy_stays() -> None:
    original = words(1)
    assert keep_first(signatures([original, original[:60] + words(3, 60)])).tolist() == [True, True]


def test_texts_without_shingles_are_compared_as_equal() -> None:
    assert keep_first(signatures([["a"], ["b"]])).tolist() == [True, False]
