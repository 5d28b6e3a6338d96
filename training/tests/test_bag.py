import math

import numpy as np
import pytest
import torch

from kenning_training.bag import token_bag
from kenning_training.encoded import gather, ragged
from kenning_training.student import CODE, Student, make_bags

PLAIN = [[1.0]]


def test_weights_grow_with_the_logarithm_of_the_count() -> None:
    ids, weights = token_bag([[5, 9, 5, 5, 2]], 10, PLAIN)
    assert ids == [5, 9, 2]
    assert weights == [2.0, 1.0, 1.0]


def test_a_place_counts_by_its_field_and_how_far_in_it_stands() -> None:
    ids, weights = token_bag([[1], [2, 3, 4, 5, 6, 7, 8, 2], [9]], 100, [[3.0], [7.0, 1.0, 0.5]])
    assert ids == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert [2**weight - 1 for weight in weights] == pytest.approx([3, 7.5, 1, 1, 0.5, 0.5, 0.5, 0.5, 7])


def test_tokens_past_the_cap_are_not_read() -> None:
    assert token_bag([[1, 1, 2]], 2, PLAIN) == ([1], [math.log2(3)])
    assert token_bag([[1], [2, 3], [4]], 2, PLAIN) == ([1, 2], [1.0, 1.0])


def test_nothing_is_an_empty_bag() -> None:
    assert token_bag([[]], 4, PLAIN) == ([], [])


def test_many_bags_at_once_are_the_same_bags() -> None:
    fields = [[[7, 3, 7], [], [4, *[3] * 300]], [[2] * 5, [6, 6, 2] * 40, [7]]]  # two fields of three texts
    generator = torch.Generator().manual_seed(3)
    student = Student(np.eye(10, dtype=np.float32), np.ones(10, np.float32))
    with torch.no_grad():
        student.log_factors.copy_(torch.randn(student.log_factors.shape, generator=generator))
    rows = np.arange(3)
    found = gather([(ragged(field), rows, None) for field in fields], 200)
    vectors = student(make_bags(found, 10, 3), CODE).detach().numpy()
    for row in rows:
        ids, weights = token_bag([field[row] for field in fields], 200, student.factors(CODE, 2))
        wanted = np.zeros(10)
        wanted[ids] = weights
        assert vectors[row] == pytest.approx(wanted / np.linalg.norm(wanted), abs=1e-4)


def test_what_is_left_out_by_chance_is_in_no_bag() -> None:
    student = Student(np.eye(6, dtype=np.float32), np.ones(6, np.float32))
    found = gather([(ragged([[1, 2, 1], [3, 4]]), np.arange(2), None)], 10)
    kept = np.array([True, False, False, True, True])
    vectors = student(make_bags(found, 6, 2, kept), CODE).detach().numpy()
    assert vectors.tolist() == [[0, 1, 0, 0, 0, 0], [0, 0, 0, 0, 1, 0]]
