"""Porter's stem of a word, as the product's index has it: the twin of `stem` in `src/core/lexical/terms.ts`."""

import re
from functools import cache

import snowballstemmer

PORTER = snowballstemmer.stemmer("porter")
STEMMED = re.compile(r"[a-z]{4,}")


@cache
def stem(word: str) -> str:
    """Of a lower-case word; short ones and words with letters beyond ASCII or digits stay as they are."""
    return PORTER.stemWord(word) if STEMMED.fullmatch(word) else word
