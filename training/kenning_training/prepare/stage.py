"""The prepare stage: parsed functions → clean, deduplicated examples in three project-disjoint splits."""

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from kenning_training.config import Config, PrepareConfig
from kenning_training.pools import build_pools
from kenning_training.prepare.canary import check_pools
from kenning_training.prepare.chunk import chunk_file, chunk_packages, read_chunks
from kenning_training.prepare.near_duplicates import keep_first, signatures
from kenning_training.prepare.pairs import Example, PairLimits, examples_of
from kenning_training.prepare.splits import split_of
from kenning_training.progress import Progress
from kenning_training.words import split_words

SPLITS = ("test", "dev", "train")  # in the order in which one of two equal functions is kept
MAX_EQUAL_QUERIES = 3


def run(config: Config) -> None:
    """Raises LeakError when the examples give their answers away."""
    sources, chunks = config.corpus.folder / "sources", config.prepare.folder / "chunks"
    chunk_packages(sources, chunks, config.prepare.chunk_command)
    examples = select(read_examples(sources, chunks, config.prepare), config.prepare)
    check_pools(build_pools(examples, "test", config.prepare.pool_size), config.prepare.canary_mrr)
    for split in SPLITS:
        write_examples(examples_file(config, split), (e for e in examples if e.split == split))
    counts = count(examples)
    (config.prepare.folder / "counts.json").write_text(json.dumps(counts, indent=2) + "\n")
    print(json.dumps(counts, indent=2))


def examples_file(config: Config, split: str) -> Path:
    return config.prepare.folder / f"{split}.jsonl.gz"


def read_examples(sources: Path, chunks: Path, config: PrepareConfig) -> list[Example]:
    limits = PairLimits(config.documented_per_package, config.undocumented_per_package)
    records = [json.loads(path.read_text()) | {"folder": path.stem} for path in sorted(sources.glob("*.json"))]
    progress = Progress("select", len(records))
    examples = []
    for record in records:
        functions = read_chunks(chunk_file(chunks, record["folder"]))
        examples += examples_of(functions, record["project"], split_of(record["project"]), limits)
        progress.step(note=record["folder"])
    progress.close()
    return examples


def select(examples: list[Example], config: PrepareConfig) -> list[Example]:
    """Test first, documented first: of equal functions the one that a later split would leak is the one to go."""
    ordered = sorted(examples, key=lambda e: (SPLITS.index(e.split), not e.query))
    ordered = _distinct_code(_distinct_queries(ordered))
    progress = Progress("near-duplicates", len(ordered))
    found = signatures(_words_of(ordered, progress))
    progress.close()
    kept = [example for example, keep in zip(ordered, keep_first(found), strict=True) if keep]
    return _capped(kept, config.documented_per_language)


def _words_of(examples: list[Example], progress: Progress) -> Iterator[list[str]]:
    for example in examples:
        progress.step()
        yield split_words(example.code)


def _distinct_queries(examples: list[Example]) -> list[Example]:
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


def _distinct_code(examples: list[Example]) -> list[Example]:
    first: dict[int, Example] = {}
    for example in examples:
        first.setdefault(hash(" ".join(split_words(example.code))), example)
    return list(first.values())


def _capped(examples: list[Example], per_language: int) -> list[Example]:
    """A language's share of training pairs, drawn evenly with a fixed seed."""
    by_language: dict[str, list[int]] = defaultdict(list)
    for index, example in enumerate(examples):
        if example.split == "train" and example.query:
            by_language[example.language].append(index)
    generator = np.random.default_rng(7)
    dropped: set[int] = set()
    for indices in by_language.values():
        extra = max(0, len(indices) - per_language)
        dropped.update(generator.choice(indices, extra, replace=False).tolist())
    return [example for index, example in enumerate(examples) if index not in dropped]


def write_examples(path: Path, examples: Iterable[Example]) -> None:
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as out:
        for example in examples:
            out.write(json.dumps(example.as_dict()) + "\n")


def read_split(path: Path) -> list[Example]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [Example(**json.loads(line)) for line in lines]


def count(examples: list[Example]) -> dict[str, dict[str, dict[str, int]]]:
    """By split and language: pairs, functions without a doc, projects."""
    groups: dict[tuple[str, str], list[Example]] = defaultdict(list)
    for example in examples:
        groups[example.split, example.language].append(example)
    table: dict[str, dict[str, dict[str, int]]] = {split: {} for split in SPLITS}
    for (split, language), group in sorted(groups.items()):
        pairs = sum(1 for example in group if example.query)
        projects = len({example.project for example in group})
        table[split][language] = {"pairs": pairs, "undocumented": len(group) - pairs, "projects": projects}
    return table
