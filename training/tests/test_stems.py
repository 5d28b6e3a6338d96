"""Stems are those of the product's lexical index."""

import pytest

from kenning_training.generator.stems import stem

# As the product's `stem` has them.
STEMS = {
    "relational": "relat",
    "initializes": "initi",
    "removing": "remov",
    "dictionary": "dictionari",
    "city": "citi",
    "ids": "ids",
    "sha256": "sha256",
    "été": "été",
}


@pytest.mark.parametrize(("word", "expected"), STEMS.items())
def test_stem(word: str, expected: str) -> None:
    assert stem(word) == expected
