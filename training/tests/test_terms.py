"""The term table as a file, what it makes of a function, and what its field does to a ranking."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from kenning_training.generator.field import field_pool, stems_of
from kenning_training.generator.terms import TermTable, load_terms, make_terms, save_terms
from kenning_training.pools import Pool
from kenning_training.prepare.pairs import Example

TABLE = TermTable({"cfg": [("config", 0.4), ("set", 0.1)], "rm": [("remov", 0.5), ("set", 0.2)]}, "a test")


def test_a_saved_table_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "models" / "terms.json.gz"
    save_terms(TABLE, path)
    assert load_terms(path) == TABLE
    first = path.read_bytes()
    save_terms(load_terms(path), path)
    assert path.read_bytes() == first


def test_the_file_is_as_documented(tmp_path: Path) -> None:
    save_terms(TABLE, tmp_path / "t.gz")
    content = json.loads(gzip.decompress((tmp_path / "t.gz").read_bytes()))
    assert content["format"] == "kenning-terms-1"
    assert content["queryWords"] == ["config", "remov", "set"]
    assert content["codeWords"] == ["cfg", "rm"]
    assert content["terms"] == [[0, 400, 2, 100], [1, 500, 2, 200]]


def test_another_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.gz").write_bytes(gzip.compress(b'{"format": "other"}'))
    with pytest.raises(ValueError, match=r"t\.gz is no kenning-terms-1"):
        load_terms(tmp_path / "t.gz")


def test_terms_add_up_over_words_and_leave_out_what_is_there() -> None:
    assert TABLE.expand(["rm", "cfg", "rm"], 2) == [("remov", 0.5), ("config", 0.4)]
    assert TABLE.expand(["rm", "cfg", "remov"], 2) == [("config", 0.4), ("set", pytest.approx(0.3))]
    assert TABLE.expand(["unknown"], 5) == []


def test_no_word_is_its_own_term_nor_an_unlikely_one() -> None:
    table = np.array([[0, 0.5, 0.5], [0, 0.6, 0.3], [0, 0.02, 0.004]], np.float32)
    terms = make_terms(table, ["", "name", "rare"], ["", "name", "title"], 8, 0.01)
    assert {word: [term for term, _ in found] for word, found in terms.items()} == {"name": ["title"], "rare": ["name"]}


def function(name: str, code: str) -> Example:
    return Example("dev", "p", "python", "function", "removes the settings", name, name, "a.py", "", "", code)


def test_the_field_lifts_the_function_whose_words_mean_the_query() -> None:
    functions = [function("x", "rm cfg"), function("y", "print line")]
    made = Pool("python", functions, ["removes settings"], ["p"])
    documents = stems_of(made)
    pool = field_pool(made, documents, [[term for term, _ in TABLE.expand(stems, 8)] for stems in documents])
    assert pool.lexical.tolist() == [[0.0, 0.0]]
    (with_field,) = pool.scores(terms=8, weight=0.5)
    assert with_field[0] > 0.5 and with_field[1] == 0.0
    assert pool.scores(terms=8, weight=1.0)[0, 0] == pytest.approx(2 * with_field[0])
    assert 0 < pool.scores(terms=1, weight=0.5)[0, 0] < with_field[0]
