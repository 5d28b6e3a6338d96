"""The twin of the product's word splitting, on the cases that the product's own test reads too."""

import json
from pathlib import Path

import pytest

from kenning_training.words import split_words

CASES = json.loads((Path(__file__).parent / "words.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:20] or "empty")
def test_splits_as_the_product_does(case: dict[str, object]) -> None:
    assert split_words(str(case["text"])) == case["words"]
