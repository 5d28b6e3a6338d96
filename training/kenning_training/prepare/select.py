"""Which examples stay: one function for a query, one of nearly equal functions, a language's share; then CoSQA's."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kenning_training.config import PrepareConfig
from kenning_training.prepare.cosqa_pairs import Held, alike_rows, held_signatures, near_queries, without_held
from kenning_training.prepare.near_duplicates import Signatures, keep_first, signatures
from kenning_training.prepare.pairs import Example
from kenning_training.prepare.splits import SPLITS
from kenning_training.progress import Progress
from kenning_training.words import split_words

MAX_EQUAL_QUERIES = 3


@dataclass(frozen=True)
class Selected:
    """`found`: the signature of each example, in the examples' order."""

    examples: list[Example]
    found: Signatures

    def of(self, kept: Sequence[int]) -> "Selected":
        return Selected([self.examples[i] for i in kept], self.found[np.array(kept, np.int64)])


def select(examples: Sequence[Example], config: PrepareConfig) -> Selected:
    """Test first, documented first: of equal functions the one that a later split would leak is the one to go."""
    ordered = _distinct_queries(sorted(examples, key=lambda e: (SPLITS.index(e.split), not e.query)))
    progress = Progress("near-duplicates", len(ordered))
    found = signatures(_words_of(ordered, progress))
    progress.close()
    kept = Selected(ordered, found).of(np.flatnonzero(keep_first(found)).tolist())
    return kept.of(_capped(kept.examples, config.documented_per_language))


def with_cosqa(selected: Selected, pairs: Sequence[Example], held: Held, weight: int) -> Selected:
    """Without what CoSQA's evaluation asks for, and with its training pairs, each `weight` times."""
    lost = alike_rows(selected.found, held_signatures(held))
    lost |= near_queries([example.query for example in selected.examples], held.queries)
    rest = selected.of(np.flatnonzero(~lost).tolist())
    evaluated = rest.found[[example.split != "train" for example in rest.examples]]
    added = without_held(pairs, held, evaluated) * weight
    found = signatures(split_words(example.code) for example in added)
    return Selected([*rest.examples, *added], np.concatenate([rest.found, found]))


def _words_of(examples: Sequence[Example], progress: Progress) -> Iterator[list[str]]:
    for example in examples:
        progress.step()
        yield split_words(example.code)


def _distinct_queries(examples: Sequence[Example]) -> list[Example]:
    """One function for a query; none for a query so common that it tells nothing."""
    key = [" ".join(split_words(example.query)) for example in examples]
    common = Counter(key)
    seen: set[str] = set()
    kept = []
    for example, words in zip(examples, key, strict=True):
        if not words or (words not in seen and common[words] <= MAX_EQUAL_QUERIES):
            seen.add(words)
            kept.append(example)
    return kept


def _capped(examples: Sequence[Example], per_language: int) -> list[int]:
    """The examples that stay when a language has its share of training pairs, drawn evenly with a fixed seed."""
    by_language: dict[str, list[int]] = defaultdict(list)
    for index, example in enumerate(examples):
        if example.split == "train" and example.query:
            by_language[example.language].append(index)
    generator = np.random.default_rng(7)
    dropped: set[int] = set()
    for indices in by_language.values():
        extra = max(0, len(indices) - per_language)
        dropped.update(generator.choice(indices, extra, replace=False).tolist())
    return [index for index in range(len(examples)) if index not in dropped]
