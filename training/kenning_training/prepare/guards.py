"""What must never be true of a corpus. Each guard raises `CorpusError` with a code and the first offenders."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from kenning_training.errors import raise_for
from kenning_training.prepare.cosqa_pairs import Held, alike_rows, held_signatures, near_queries
from kenning_training.prepare.filters import holds_query
from kenning_training.prepare.near_duplicates import Signatures, alike_across
from kenning_training.prepare.pairs import Example


def check_projects(examples: Iterable[Example]) -> None:
    """`split-project`: a project's functions are in one split only."""
    splits: dict[str, set[str]] = defaultdict(set)
    for example in examples:
        splits[example.project].add(example.split)
    offenders = [f"{project} in {', '.join(sorted(found))}" for project, found in splits.items() if len(found) > 1]
    raise_for("split-project", "projects in more than one split", offenders)


def check_duplicates(examples: Sequence[Example], found: Signatures) -> None:
    """`split-duplicate`: no function is nearly equal to one of another split. `found`: the examples' signatures."""
    names = sorted({example.split for example in examples})
    pairs = alike_across(found, np.array([names.index(example.split) for example in examples], np.int64))
    offenders = [f"{_title(examples[one])} and {_title(examples[other])}" for one, other in pairs.tolist()]
    raise_for("split-duplicate", "nearly equal functions in two splits", offenders)


def check_queries(examples: Iterable[Example]) -> None:
    """`query-in-code`: no pair's query stands in its code."""
    offenders = [_title(e) for e in examples if e.query and holds_query(e.query, e.code)]
    raise_for("query-in-code", "the code holds the query", offenders)


def check_held(examples: Sequence[Example], found: Signatures, held: Held) -> None:
    """`held-query`, `held-code`: nothing that CoSQA's evaluation asks for or answers with, nor anything like it."""
    asked = near_queries([example.query for example in examples], held.queries)
    raise_for("held-query", "queries of the evaluation", [_title(examples[i]) for i in np.flatnonzero(asked).tolist()])
    answered = alike_rows(found, held_signatures(held))
    raise_for(
        "held-code", "functions of the evaluation", [_title(examples[i]) for i in np.flatnonzero(answered).tolist()]
    )


def _title(example: Example) -> str:
    return f"{example.split} {example.project} {example.path} {example.qualifiedName}"
