"""
The frozen pools that every figure is measured on: for each language up to 1,000 functions of one split's projects, docs
taken out, filled up with undocumented ones where there are too few; every documented one is asked for by its doc.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kenning_training.prepare.pairs import Example
from kenning_training.words import split_words

# A language with fewer queries or candidates than this gives no figure worth printing.
MIN_QUERIES = 100
POOL_KINDS = frozenset(["function", "method", "constructor"])


@dataclass(frozen=True)
class Pool:
    language: str
    functions: list[Example]
    """Queries come first: query i asks for function i."""
    queries: list[str]
    projects: list[str]
    """Of each query."""


def build_pools(examples: Iterable[Example], split: str, size: int) -> list[Pool]:
    """One pool a language, by name; drawn by the hash of the function, so that the same corpus gives the same pools."""
    groups: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        if example.split == split and example.kind in POOL_KINDS:
            groups[example.language].append(example)
    pools = []
    for language, group in sorted(groups.items()):
        functions = sorted(group, key=lambda e: (not e.query, _hash(e)))[:size]
        asked = [function for function in functions if function.query]
        if len(asked) >= min(MIN_QUERIES, size // 4) and len(functions) >= size // 2:
            pools.append(Pool(language, functions, [e.query for e in asked], [e.project for e in asked]))
    return pools


def baseline_words(function: Example) -> list[str]:
    """What BM25 reads: the path, the name and the code, identifiers split, no doc."""
    return split_words(f"{function.path} {function.qualifiedName} {function.code}")


def _hash(example: Example) -> bytes:
    return hashlib.sha256(
        f"{example.project}\n{example.path}\n{example.qualifiedName}".encode(errors="replace")
    ).digest()
