"""Each guard, made to fail by what it guards against; and CoSQA's evaluation kept out of training."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kenning_training.corpus.projects import check_sources
from kenning_training.errors import CorpusError
from kenning_training.prepare.cosqa_pairs import Held, near_queries, read_held, read_pairs, without_held
from kenning_training.prepare.guards import check_duplicates, check_held, check_projects, check_queries
from kenning_training.prepare.near_duplicates import signatures
from kenning_training.prepare.pairs import Example
from kenning_training.prepare.select import Selected, with_cosqa
from kenning_training.prepare.stage import count
from kenning_training.words import split_words


def code(seed: int) -> str:
    drawn = np.random.default_rng(seed).integers(0, 900, 60)
    return "def run(x):\n" + "".join(f"    x = name{value}(x)\n" for value in drawn) + "    return x\n"


def example(split: str, project: str, seed: int) -> Example:
    query = f"turns the thing {seed} around"
    return Example(split, project, "python", "function", query, "run", "run", "a.py", "def run(x)", "", code(seed))


def signed(examples: list[Example]) -> Selected:
    return Selected(examples, signatures(split_words(e.code) for e in examples))


CLEAN = [example("test", "one", 1), example("dev", "two", 2), example("train", "three", 3), example("train", "four", 4)]
HELD = Held(("python how to open a file",), (code(50),))


def duplicates(examples: list[Example]) -> None:
    check_duplicates(examples, signed(examples).found)


def held(examples: list[Example]) -> None:
    check_held(examples, signed(examples).found, HELD)


@pytest.mark.parametrize(
    ("guard", "offender", "error"),
    [
        (check_projects, example("train", "one", 5), "split-project"),
        (duplicates, example("train", "five", 1), "split-duplicate"),
        (duplicates, replace(example("train", "five", 1), code=code(1) + "    # and more\n"), "split-duplicate"),
        (check_queries, replace(CLEAN[3], query="name of x", code="# Name of x.\n"), "query-in-code"),
        (held, replace(CLEAN[3], query="python how to open a file"), "held-query"),
        (held, replace(CLEAN[3], query="how to open a file python"), "held-query"),
        (held, example("train", "five", 50), "held-code"),
        (held, replace(CLEAN[3], code=code(50) + "    # and more\n"), "held-code"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_guard_raises_with_its_code_and_the_offender(
    guard: Callable[[list[Example]], None], offender: Example, error: str
) -> None:
    guard(CLEAN)
    with pytest.raises(CorpusError, match=offender.project) as raised:
        guard([*CLEAN, offender])
    assert raised.value.code == error
    assert len(raised.value.offenders) == 1


@pytest.mark.parametrize(
    "package", ["flask", "python3-flask", "@trpc/server", "librust-tokio-util-dev", "telescope.nvim"]
)
def test_no_package_bears_the_name_of_a_repository_that_is_measured_on(package: str) -> None:
    benchmark = ["flask", "trpc", "tokio", "telescope.nvim"]
    check_sources(["django", "fmtlib-like"], benchmark)
    with pytest.raises(CorpusError, match=package) as raised:
        check_sources(["django", package], benchmark)
    assert raised.value.code == "benchmark-source"


@pytest.fixture
def cosqa(tmp_path: Path) -> Path:
    rows = [(f"python thing number {i} please", code(60 + i), 1) for i in range(6)]
    rows += [("python wrong answer here", code(70), 0), ("python opens two files", code(80), 1)]
    train = [{"doc": doc, "code": text, "label": label} for doc, text, label in rows]
    (tmp_path / "train.json").write_text(json.dumps(train))
    (tmp_path / "dev.json").write_text(json.dumps([{"doc": "python thing number 0 please", "code": code(80)}]))
    base = {text: i for i, text in enumerate([*(code(60 + i) for i in range(6)), code(80), code(90)])}
    (tmp_path / "code_idx_map.txt").write_text(json.dumps(base))
    return tmp_path


def test_the_evaluation_holds_dev_and_what_no_training_row_is_for(cosqa: Path) -> None:
    assert set(read_held(cosqa).codes) == {code(80), code(90)}
    assert {pair.query for pair in read_pairs(cosqa)} == {
        *(f"python thing number {i} please" for i in range(6)), "python opens two files"
    }  # fmt: skip


def test_training_pairs_that_ask_or_answer_the_evaluation_go(cosqa: Path) -> None:
    evaluated = signatures([split_words(code(61))])
    left = without_held(read_pairs(cosqa), read_held(cosqa), evaluated)
    assert [pair.query for pair in left] == [f"python thing number {i} please" for i in (2, 3, 4, 5)]
    assert {(pair.split, pair.project, pair.name) for pair in left} == {("train", "cosqa", "run")}


def test_the_corpus_loses_what_cosqa_evaluates_and_gains_its_pairs_by_weight(cosqa: Path) -> None:
    corpus = [*CLEAN, example("train", "five", 90), replace(CLEAN[2], query="python thing number 0 please")]
    joined = with_cosqa(signed(corpus), read_pairs(cosqa), read_held(cosqa), 2)
    assert joined.examples[:4] == CLEAN
    assert len(joined.examples) == 4 + 2 * 5
    assert len(joined.found) == len(joined.examples)
    check_held(joined.examples, joined.found, read_held(cosqa))
    assert count(joined.examples)["train"]["python"]["pairs"] == 2 + 5


def test_queries_are_near_by_their_words() -> None:
    near = near_queries(["", "Open a file, how to python", "open a file", "sort a list of numbers"], HELD.queries)
    assert near.tolist() == [False, True, False, False]
