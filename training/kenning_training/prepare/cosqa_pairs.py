"""
CoSQA's training rows (real searches and the Python functions that answer them) as pairs, and what its evaluation asks
for, which must stay out of training: the dev queries, and every function of its code base that no training row is for.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kenning_training.docstrings import function_fields, without_docstring
from kenning_training.prepare.filters import holds_query
from kenning_training.prepare.near_duplicates import Signatures, alike_across, signatures
from kenning_training.prepare.pairs import Example
from kenning_training.words import split_words

PROJECT = "cosqa"
# Queries whose sets of words overlap by this much are one query.
QUERY_THRESHOLD = 0.8
QUERIES_AT_ONCE = 10_000


@dataclass(frozen=True)
class Held:
    """What is evaluated on: `codes` without docstrings."""

    queries: tuple[str, ...]
    codes: tuple[str, ...]


def read_held(folder: Path) -> Held:
    dev = json.loads((folder / "dev.json").read_text())
    trained = {row["code"] for row in _positives(folder)} - {row["code"] for row in dev}
    base = json.loads((folder / "code_idx_map.txt").read_text())
    held = dict.fromkeys([*(row["code"] for row in dev), *(code for code in base if code not in trained)])
    return Held(tuple(row["doc"] for row in dev), tuple(without_docstring(code) for code in held))


def read_pairs(folder: Path) -> list[Example]:
    """All rows with label 1 whose query does not stand in the code; always of the training split."""
    examples = (_example(row["doc"], row["code"]) for row in _positives(folder))
    return [example for example in examples if example.name and not holds_query(example.query, example.code)]


def without_held(pairs: Sequence[Example], held: Held, evaluated: Signatures) -> list[Example]:
    """The pairs that neither ask what is held nor answer with it, nor with a function of the `evaluated` signatures."""
    found = signatures(split_words(example.code) for example in pairs)
    answered = alike_rows(found, np.concatenate([evaluated, held_signatures(held)]))
    asked = near_queries([example.query for example in pairs], held.queries)
    return [example for example, drop in zip(pairs, answered | asked, strict=True) if not drop]


def held_signatures(held: Held) -> Signatures:
    return signatures(split_words(code) for code in held.codes)


def alike_rows(found: Signatures, others: Signatures) -> NDArray[np.bool_]:
    """Which rows of `found` are near-duplicates of one of `others`."""
    groups = np.repeat(np.array([0, 1], np.int64), [len(others), len(found)])
    rows = alike_across(np.concatenate([others, found]), groups)[:, 1] - len(others)
    return np.isin(np.arange(len(found)), rows)


def near_queries(queries: Sequence[str], held: Iterable[str]) -> NDArray[np.bool_]:
    """Which of `queries` are one of `held`: words that overlap (Jaccard) by `QUERY_THRESHOLD` or more."""
    sets = [frozenset(split_words(query)) for query in held]
    column = {word: i for i, word in enumerate(sorted(frozenset().union(*sets)))}
    sizes = np.array([len(words) for words in sets], np.float32)
    matrix = _matrix(sets, column).T
    result = np.zeros(len(queries), np.bool_)
    for start in range(0, len(queries), QUERIES_AT_ONCE):
        asked = [frozenset(split_words(query)) for query in queries[start : start + QUERIES_AT_ONCE]]
        rows = [i for i, words in enumerate(asked) if words and _known(words, column) >= QUERY_THRESHOLD * len(words)]
        common = _matrix([asked[i] for i in rows], column) @ matrix
        either = np.array([[len(asked[i])] for i in rows], np.float32).reshape(-1, 1) + sizes - common
        result[start + np.array(rows, np.int64)] = (common >= QUERY_THRESHOLD * either).any(axis=1)
    return result


def _known(words: frozenset[str], column: dict[str, int]) -> int:
    return sum(1 for word in words if word in column)


def _matrix(sets: Sequence[frozenset[str]], column: dict[str, int]) -> NDArray[np.float32]:
    matrix = np.zeros((len(sets), len(column)), np.float32)
    for row, words in enumerate(sets):
        matrix[row, [column[word] for word in words if word in column]] = 1.0
    return matrix


def _positives(folder: Path) -> list[dict[str, str]]:
    rows = json.loads((folder / "train.json").read_text())
    return [row for row in rows if row["label"] == 1]


def _example(query: str, code: str) -> Example:
    fields = function_fields(code)
    signature = fields["code"].strip().split("\n", 1)[0]
    rest = {"split": "train", "project": PROJECT, "language": "python", "kind": "function", "query": query}
    return Example(**rest, **(fields | {"signature": signature}))
