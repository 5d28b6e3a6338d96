"""One package's functions → examples: (query, function) where there is a doc, a bare function where there is none."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from kenning_training.prepare.docs import query_of, remainder_of
from kenning_training.prepare.filters import holds_query, is_clean
from kenning_training.words import split_words

MAX_REMAINDER_CHARS = 1_200


@dataclass(frozen=True)
class Example:
    """`query` is empty for a function without a doc; `doc` is what followed the query in the comment."""

    split: str
    project: str
    language: str
    kind: str
    query: str
    name: str
    qualifiedName: str
    path: str
    signature: str
    doc: str
    code: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True)
class PairLimits:
    """Most examples of one package in one language."""

    documented: int
    undocumented: int


def examples_of(functions: Iterable[dict[str, Any]], project: str, split: str, limits: PairLimits) -> list[Example]:
    """Within the limits by the hash of the function, so that the choice is always the same."""
    documented: dict[str, list[Example]] = defaultdict(list)
    undocumented: dict[str, list[Example]] = defaultdict(list)
    for function in functions:
        example = example_of(function, project, split)
        if example is not None:
            (documented if example.query else undocumented)[example.language].append(example)
    capped = [_sample(group, limits.documented) for group in documented.values()]
    capped += [_sample(group, limits.undocumented) for group in undocumented.values()]
    return [example for group in capped for example in group]


def example_of(function: dict[str, Any], project: str, split: str) -> Example | None:
    """None for a function not worth learning from, or whose doc cannot be told from its code."""
    if not is_clean(function):
        return None
    query = query_of(function["doc"], function["name"]) or ""
    if query and holds_query(query, function["code"]):
        return None
    if not query and (function["doc"] or len(split_words(function["name"])) < 2):
        return None
    remainder = remainder_of(function["doc"])[:MAX_REMAINDER_CHARS] if query else ""
    copied = {key: function[key] for key in ("language", "kind", "name", "qualifiedName", "path", "signature", "code")}
    return Example(split=split, project=project, query=query, doc=remainder, **copied)


def _sample(examples: list[Example], limit: int) -> list[Example]:
    return sorted(examples, key=_hash)[:limit]


def _hash(example: Example) -> bytes:
    return hashlib.sha256(f"{example.path}\n{example.qualifiedName}\n{example.code}".encode(errors="replace")).digest()
