"""
Text and identifiers to lower-case words: the twin of `src/core/text/split-words.ts`, rule for rule.
`tests/words.json` and the model's `golden.json` hold the two together.
"""

import regex

# In order: an acronym's plural (URLs), an acronym before a capitalised word (HTTP|Header), a capitalised or lower-case
# word, an acronym, letters without case, digits.
WORD = regex.compile(
    r"\p{Lu}{2,}s(?![\p{Ll}\p{M}])|\p{Lu}+(?=\p{Lu}[\p{Ll}\p{M}])|\p{Lu}?[\p{Ll}\p{M}]+|\p{Lu}+"
    r"|[\p{Lo}\p{Lt}\p{Lm}]+|\p{Nd}+"
)


def split_words(text: str) -> list[str]:
    """Words in order of appearance, lower case: `parseHTTPHeader_v2` → parse http header v 2."""
    return [word.lower() for word in WORD.findall(text)]
