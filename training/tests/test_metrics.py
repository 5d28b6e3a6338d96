import math

import numpy as np
import pytest

from kenning_training.metrics import bootstrap_interval, gains, ranks_of, reciprocal_ranks


def test_rank_counts_what_scores_higher() -> None:
    scores = np.array([[0.1, 0.9, 0.5], [0.1, 0.9, 0.5]], np.float32)
    assert ranks_of(scores, np.array([1, 0])).tolist() == [1, 3]


def test_a_scorer_that_knows_nothing_ranks_in_the_middle() -> None:
    assert ranks_of(np.zeros((1, 101), np.float32), np.array([0])).tolist() == [51]


@pytest.mark.parametrize(("rank", "reciprocal", "gain"), [(1, 1.0, 1.0), (3, 1 / 3, 0.5), (10, 0.1, 1 / math.log2(11))])
def test_figures_of_a_rank(rank: int, reciprocal: float, gain: float) -> None:
    assert reciprocal_ranks(np.array([rank]))[0] == pytest.approx(reciprocal)
    assert gains(np.array([rank]))[0] == pytest.approx(gain)


def test_past_the_cutoff_nothing_counts() -> None:
    assert reciprocal_ranks(np.array([11]))[0] == gains(np.array([11]))[0] == 0.0


def test_the_interval_holds_a_constant_difference_and_widens_with_noise() -> None:
    constant = [np.full(200, 0.1)]
    clusters = [np.arange(200)]
    assert bootstrap_interval(constant, clusters) == pytest.approx((0.1, 0.1))
    noisy = [np.random.default_rng(1).normal(0.1, 1.0, 200)]
    low, high = bootstrap_interval(noisy, clusters)
    assert low < 0.1 < high
    # The same noise in ten blocks that move together says less.
    block_low, block_high = bootstrap_interval([np.repeat(noisy[0][:10], 20)], [np.repeat(np.arange(10), 20)])
    assert block_high - block_low > high - low
