"""A file's leading comment: what it says about the file as a query, and the file's code without it."""

import re

from kenning_training.prepare.docs import query_of

HASH_COMMENTS = frozenset(["python", "ruby", "bash", "elixir"])
BLOCK = r'"""[\s\S]*?"""' + r"|'''[\s\S]*?'''" + r"|/\*[\s\S]*?\*/|\{-[\s\S]*?-\}"
MARKERS = ("//", "--", ";", "%")


def _leading(markers: tuple[str, ...]) -> re.Pattern[str]:
    lines = rf"(?:[ \t]*(?:{'|'.join(markers)})[^\n]*\n)+"
    return re.compile(rf"\A\s*((?:{BLOCK}|{lines}|\s)+)")


LEADING = _leading(MARKERS)
LEADING_WITH_HASH = _leading((*MARKERS, "#"))
OPENING = re.compile(r'^\s*(?:/\*+!?|\*+/|\*|//[/!]?|#+!?|--+[|^]?|;+|%+|\{-+|"""|\'\'\')\s?')
CLOSING = re.compile(r'\s*(?:\*+/|-\}|"""|\'\'\')\s*$')
# Paragraphs about the text and not about what it does.
ASIDE = re.compile(
    r"copyright|licen[sc]e|all rights|author|@file|\$Id|coding:|usr/bin|eslint|flow|generated", re.IGNORECASE
)
# Who asks for a file does not know its name.
FILE_NAME = re.compile(r"\.(swift|[ch]|cpp|h|hpp|lua|js|ts|cc|py|rb)\b|/\w+/")


def split_head(code: str, language: str) -> tuple[str, str]:
    """The leading comment with its markers, and the rest; the comment is '' where there is none."""
    code += "\n"
    match = (LEADING_WITH_HASH if language in HASH_COMMENTS else LEADING).match(code)
    cut = match.end() if match else 0
    return code[:cut], code[cut:].strip()


def head_query(comment: str, name: str) -> str | None:
    """The first sentence that reads as English, of the first paragraph that has one; None where it names a file."""
    paragraphs = re.split(r"\n\s*\n", without_markers(comment))
    asked = (query_of(text, name) for text in paragraphs if text.strip() and not ASIDE.search(text))
    query = next((query for query in asked if query), None)
    return None if query is None or FILE_NAME.search(query) else query


def without_markers(comment: str) -> str:
    return "\n".join(CLOSING.sub("", OPENING.sub("", line)).strip() for line in comment.split("\n"))
