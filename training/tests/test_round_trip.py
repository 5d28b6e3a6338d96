"""The round-trip filter keeps a query that finds its function and drops one planted on another."""

import numpy as np
import torch
from torch.nn import functional

from kenning_training.encoded import ragged
from kenning_training.generator.round_trip import Functions, ranks
from kenning_training.generator.samples import Samples, chances, drawn


def made(count: int) -> Functions:
    torch.manual_seed(2)
    vectors = functional.normalize(torch.randn(count, 32), dim=1)
    return Functions(vectors, (np.arange(count) % 2).astype(np.int32))


def test_planted_wrong_queries_are_dropped() -> None:
    functions, own = made(400), np.arange(200)
    asked = np.where(own % 4 == 0, (own + 100) % 200, own)  # every fourth asks for another function
    queries = functions.vectors[asked] + 0.05 * torch.randn(200, 32)
    kept = ranks(queries, own, functions, 200, 0) <= 2
    assert kept[asked == own].all()
    assert kept[asked != own].mean() < 0.1


def test_copies_and_other_languages_do_not_count() -> None:
    functions = made(40)
    vectors = functions.vectors.clone()
    vectors[2], vectors[4] = vectors[0], functional.normalize(vectors[0] + 0.01, dim=0)
    vectors[1] = vectors[0]
    query = vectors[[0]] + 0.02
    assert ranks(query, np.array([0]), Functions(vectors, functions.language), 40, 0).tolist() == [1]


def test_a_function_s_queries_share_one_chance_and_likelier_ones_have_more() -> None:
    queries = ragged([[5], [5, 6], [7, 8, 9]])
    samples = Samples(np.array([3, 3, 8], np.int32), queries, np.array([-1.0, -9.0, -4.0], np.float32))
    first, second, alone = chances(samples)
    assert first + second == 1.0 and first > 0.8 and alone == 1.0
    counts = np.zeros(3)
    for seed in range(200):
        counts[drawn(samples, np.random.default_rng(seed))] += 1
    assert counts[2] == 200 and counts[:2].sum() == 200
    assert abs(counts[0] / 200 - first) < 0.1
