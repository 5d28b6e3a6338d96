"""Doc comments as they stand in real sources, and the query that each should become."""

import pytest

from kenning_training.prepare.docs import query_of, remainder_of

CASES = [
    ("Type check a primitive function declaration.", "f", "Type check a primitive function declaration"),
    ("Compute the area.\n\n@param r the radius", "area", None),
    ("Compute the area of a circle.\n@param r the radius", "area", "Compute the area of a circle"),
    ("Get it. Reads the value from the open socket.", "get", "Get it Reads the value from the open socket"),
    ("ParseHeader parses one header of a request.", "ParseHeader", "parses one header of a request"),
    ("Read a character from the open stream.", "read", "Read a character from the open stream"),
    ("Returns the {@code List} of <b>open</b> files.", "files", "Returns the List of open files"),
    ("Send :class:`~http.Request` objects to the server.", "send", "Send http.Request objects to the server"),
    ("Wait for a L{Deferred} to fire its result.", "wait", "Wait for a Deferred to fire its result"),
    ("Open the file for the reader.\n\nArgs:\n    path: where", "open", "Open the file for the reader"),
    ("Copyright 2020 The Authors of this file.", "x", None),
    ("TODO make this work for all of the inputs", "x", None),
    ("@return the name of the thing that is open", "name", None),
    ("{@inheritDoc}", "x", None),
    ("Возвращает имя файла для данного пути", "x", None),
    ("計算する 関数 の 名前 を 返す", "x", None),
    ("a = b + c * d / e - (f + g)", "x", None),
    ("", "x", None),
]


@pytest.mark.parametrize(("doc", "name", "query"), CASES)
def test_query_of_a_doc(doc: str, name: str, query: str | None) -> None:
    assert query_of(doc, name) == query


def test_the_remainder_does_not_hold_the_query() -> None:
    assert remainder_of("Opens the file. Closes it when the reader is done.") == "Closes it when the reader is done."
