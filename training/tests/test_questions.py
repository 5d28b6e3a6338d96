"""Questions made of a made-up package: what they ask, what they want, and that what is searched does not hold them."""

import gzip
import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kenning_training import questions
from kenning_training.config import CONFIGS, Config, read_config
from kenning_training.documentation import doc_questions, head_questions
from kenning_training.head_comments import head_query, split_head
from kenning_training.prepare.splits import split_of

MAIL = "Reads the headers of a mail message"
HEADS = [
    ('"""Reads the headers of a mail message."""\nimport re', "python", MAIL),
    ("# Reads the headers of a mail message.\nX = 1", "ruby", MAIL),
    ("#include <mail.h>\nint x;", "c", None),
    (
        "/*\n * mail.c\n *\n * Reads the headers of a mail message.\n */\nint x;",
        "c",
        "Reads the headers of a mail message",
    ),
    ("// Copyright 2020 by the authors of it.\n\n// Reads the headers of a mail message.\nvar x", "go", MAIL),
    ("-- | Reads the headers of a mail message.\nmodule Mail where", "haskell", MAIL),
    ("// Copyright 2020 by the authors of the mail reader.\nvar x", "go", None),
    ("// Reads what src/mail/head.go has left of it.\nvar x", "go", None),
    ("var x = 1", "go", None),
]


@pytest.mark.parametrize(("code", "language", "query"), HEADS)
def test_a_files_leading_comment_as_a_query(code: str, language: str, query: str | None) -> None:
    comment, _ = split_head(code, language)
    assert head_query(comment, "mail") == query


def test_the_comment_is_cut_off_the_code() -> None:
    assert split_head('"""Reads mail."""\n\n# And more.\nimport re\n', "python") == (
        '"""Reads mail."""\n\n# And more.\n',
        "import re",
    )
    assert split_head("import re", "python") == ("", "import re")


def made_function(path: str, number: int, **fields: Any) -> dict[str, Any]:
    return {
        "kind": "function",
        "language": "python",
        "name": f"run{number}",
        "qualifiedName": f"run{number}",
        "signature": f"def run{number}()",
        "doc": f"Finds the place number {number} of a word.",
        "code": f"def run{number}():\n    return {number}",
        "startLine": 10 * number + 1,
        "endLine": 10 * number + 5,
        "part": None,
        "path": path,
    } | fields


def made_package(files: int = 20, functions: int = 10) -> list[dict[str, Any]]:
    made = []
    for file in range(files):
        path = f"src/part{file}.py"
        code = f'"""Keeps every word of shelf number {file}."""\nimport re'
        made.append(made_function(path, 0, kind="module", name=f"part{file}.py", doc="", code=code))
        made += [made_function(path, number) for number in range(1, functions)]
    return made


NOT_ASKED = [
    {"path": "tests/a.py"},
    {"path": "src/test_a.py"},
    {"kind": "module"},
    {"kind": "lines"},
    {"doc": ""},
    {"doc": "TODO make this work for all of the inputs"},
    {"code": "# Finds the place number 1 of a word\nx = 1"},
]


@pytest.mark.parametrize("fields", NOT_ASKED)
def test_functions_that_no_doc_question_wants(fields: dict[str, Any]) -> None:
    function = made_function("src/a.py", 1) | fields
    assert doc_questions([function], random.Random(1)) == []
    assert function == made_function("src/a.py", 1) | fields


def test_a_doc_question_takes_the_doc_and_wants_the_lines() -> None:
    function = made_function("src/a.py", 1)
    place = {"path": "src/a.py", "start_line": 11, "end_line": 15}
    asked = {"query": "Finds the place number 1 of a word", "category": "doc", "relevant": [place]}
    assert doc_questions([function], random.Random(1)) == [asked]
    assert function["doc"] == ""


def test_a_head_question_takes_the_comment_and_wants_the_file() -> None:
    functions = made_package(1, 2)
    asked = {"query": "Keeps every word of shelf number 0", "category": "head", "relevant": ["src/part0.py"]}
    assert head_questions({"src/part0.py": functions}, random.Random(1)) == [asked]
    assert functions[0]["code"] == "import re"


def test_what_was_all_comment_keeps_its_name() -> None:
    functions = made_package(1, 2)
    functions[0]["code"] = '"""Keeps every word of a shelf."""'
    head_questions({"src/part0.py": functions}, random.Random(1))
    assert functions[0]["code"] == "part0.py"


@pytest.mark.parametrize("path", ["src/test_words.py", "examples/words.py"])
def test_files_that_no_head_question_wants(path: str) -> None:
    assert head_questions({path: made_package(1, 2)}, random.Random(1)) == []


def project_in(split: str) -> str:
    return next(name for name in (f"made{i}" for i in range(100)) if split_of(name) == split)


def write_package(config: Config, project: str, functions: list[dict[str, Any]]) -> None:
    sources, chunks = config.corpus.folder / "sources", config.prepare.folder / "chunks"
    for folder in (sources, chunks):
        folder.mkdir(parents=True, exist_ok=True)
    (sources / f"debian-{project}.json").write_text(json.dumps({"project": project}))
    with gzip.open(chunks / f"debian-{project}.jsonl.gz", "wt") as out:
        out.writelines(json.dumps(function) + "\n" for function in functions)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    config = read_config(CONFIGS / "tiny.toml", tmp_path)
    for split in ("dev", "train", "test"):
        write_package(config, project_in(split), made_package())
    return config


def test_the_stage_asks_about_the_dev_split_and_always_the_same(config: Config) -> None:
    questions.run(config)
    [file] = questions.questions_folder(config).glob("*.json")
    made = json.loads(file.read_text())
    assert made["name"] == file.stem == f"debian-{project_in('dev')}"
    assert made["language"] == "python"
    assert len(made["functions"]) == 200
    categories = [question["category"] for question in made["questions"]]
    assert categories == ["doc"] * 40 + ["head"] * 20
    before = file.read_bytes()
    questions.run(config)
    assert file.read_bytes() == before


def test_no_question_stands_in_what_is_searched(config: Config) -> None:
    [made] = questions.question_sets(questions.dev_packages(config))
    places = [question["relevant"][0] for question in made["questions"] if question["category"] == "doc"]
    asked = {(place["path"], place["start_line"]) for place in places}
    assert len(asked) == 40
    for function in made["functions"]:
        is_asked = (function["path"], function["startLine"]) in asked
        assert (function["doc"] == "") == (is_asked or function["kind"] == "module")
        assert "Keeps every word" not in function["code"]


def test_a_package_that_is_too_small_or_says_nothing_is_left_out(config: Config) -> None:
    [package] = questions.dev_packages(config)
    assert list(questions.question_sets([replace(package, documented=questions.MIN_DOCUMENTED - 1)])) == []
    write_package(config, project_in("dev"), made_package(2, 10))
    assert questions.dev_packages(config) == []


def test_no_language_has_more_than_its_share(config: Config) -> None:
    [package] = questions.dev_packages(config)
    many = [replace(package, name=f"package{i}") for i in range(questions.PACKAGES_PER_LANGUAGE + 3)]
    assert len(list(questions.question_sets(many))) == questions.PACKAGES_PER_LANGUAGE


def test_only_whole_files_within_the_limits_are_kept() -> None:
    functions = [made_function("a.py", i) for i in range(questions.MAX_FUNCTIONS_PER_FILE + 1)]
    functions += [made_function(f"b{file}.py", i) for file in range(5) for i in range(1_000)]
    kept = questions.some_files(functions, random.Random(1))
    assert "a.py" not in kept
    assert [len(each) for each in kept.values()] == [1_000] * 4
