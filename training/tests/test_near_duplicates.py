import numpy as np

from kenning_training.prepare.near_duplicates import alike_across, keep_first, signatures


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


def test_the_estimate_is_near_the_true_overlap() -> None:
    """Half the shingles of two texts are common: a third of their union, with 64 permutations within 0.2 of it."""
    one = signatures([words(1), words(1)[:61] + words(2, 59)])
    assert abs((one[0] == one[1]).mean() - 1 / 3) < 0.2


def test_batches_do_not_change_a_signature() -> None:
    texts = [words(seed, 20) for seed in range(5000)]
    found = signatures(texts)
    assert (found[4999] == signatures(texts[4999:])[0]).all()
    assert keep_first(found).sum() == 5000


def test_what_stays_holds_no_two_that_are_alike_and_a_copy_in_another_group_is_seen() -> None:
    texts = [words(seed % 40) for seed in range(100)]
    found, groups = signatures(texts), np.arange(100) % 3
    assert len(alike_across(found, groups)) > 0
    kept = keep_first(found)
    assert kept.sum() == 40
    assert alike_across(found[kept], groups[kept]).tolist() == []
    assert alike_across(found, np.zeros(100, np.int64)).tolist() == []
    copied = np.concatenate([found[kept], found[kept][7:8]])
    assert alike_across(copied, np.r_[np.zeros(40, np.int64), 1]).tolist() == [[7, 40]]
