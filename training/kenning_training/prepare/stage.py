"""The prepare stage: parsed functions → clean, deduplicated examples in three project-disjoint splits."""

import gzip
import json
import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from kenning_training.config import Config, PrepareConfig
from kenning_training.pools import build_pools
from kenning_training.prepare import guards
from kenning_training.prepare.canary import check_pools
from kenning_training.prepare.chunk import chunk_file, chunk_packages, read_chunks
from kenning_training.prepare.cosqa_pairs import read_held, read_pairs
from kenning_training.prepare.pairs import Example, PairLimits, examples_of
from kenning_training.prepare.select import Selected, select, with_cosqa
from kenning_training.prepare.splits import SPLITS, split_of
from kenning_training.progress import Progress


def run(config: Config) -> None:
    """Raises CorpusError when the examples give their answers away."""
    sources, chunks = config.corpus.folder / "sources", chunks_folder(config.prepare)
    chunk_packages(sources, chunks, config.prepare.chunk_command)
    selected = select(read_examples(sources, chunks, config.prepare), config.prepare)
    folder = os.environ.get("KENNING_COSQA")
    if folder:
        selected = with_checked_cosqa(selected, Path(folder), config.prepare.cosqa_weight)
    else:
        print("KENNING_COSQA is not set: trained without CoSQA's queries, and nothing of its dev set is kept out")
    check(selected, config.prepare)
    write(config, selected.examples)


def chunks_folder(config: PrepareConfig) -> Path:
    """Where the parsed functions lie: with another set's when the configuration says so."""
    return config.chunks or config.folder / "chunks"


def with_checked_cosqa(selected: Selected, folder: Path, weight: int) -> Selected:
    held = read_held(folder)
    joined = with_cosqa(selected, read_pairs(folder), held, weight)
    guards.check_held(joined.examples, joined.found, held)
    return joined


def check(selected: Selected, config: PrepareConfig) -> None:
    guards.check_projects(selected.examples)
    guards.check_duplicates(selected.examples, selected.found)
    guards.check_queries(selected.examples)
    check_pools(build_pools(selected.examples, "test", config.pool_size), config.canary_mrr)


def write(config: Config, examples: list[Example]) -> None:
    config.prepare.folder.mkdir(parents=True, exist_ok=True)
    for split in SPLITS:
        write_examples(examples_file(config, split), (e for e in examples if e.split == split))
    counts = count(examples)
    (config.prepare.folder / "counts.json").write_text(json.dumps(counts, indent=2) + "\n")
    print(counts_table(counts))


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


def write_examples(path: Path, examples: Iterable[Example]) -> None:
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as out:
        for example in examples:
            out.write(json.dumps(example.as_dict()) + "\n")


def read_split(path: Path) -> list[Example]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [Example(**json.loads(line)) for line in lines]


def count(examples: list[Example]) -> dict[str, dict[str, dict[str, int]]]:
    """By split and language: pairs (one that is repeated counts once), functions without a doc, projects."""
    groups: dict[tuple[str, str], list[Example]] = defaultdict(list)
    for example in dict.fromkeys(examples):
        groups[example.split, example.language].append(example)
    table: dict[str, dict[str, dict[str, int]]] = {split: {} for split in SPLITS}
    for (split, language), group in sorted(groups.items()):
        pairs = sum(1 for example in group if example.query)
        projects = len({example.project for example in group})
        table[split][language] = {"pairs": pairs, "undocumented": len(group) - pairs, "projects": projects}
    return table


def counts_table(counts: dict[str, dict[str, dict[str, int]]]) -> str:
    """`count`'s table for people: pairs + undocumented functions of each language by split, and sums."""
    languages = sorted({language for rows in counts.values() for language in rows})
    lines = [f"{'':12}" + "".join(f"{split:>24}" for split in counts)]
    for language in languages:
        cells = [rows.get(language, {"pairs": 0, "undocumented": 0}) for rows in counts.values()]
        lines.append(f"{language:12}" + "".join(f"{c['pairs']:>12,} +{c['undocumented']:>10,}" for c in cells))
    sums = [
        tuple(sum(row[key] for row in rows.values()) for key in ("pairs", "undocumented")) for rows in counts.values()
    ]
    lines.append(f"{'sum':12}" + "".join(f"{pairs:>12,} +{bare:>10,}" for pairs, bare in sums))
    pairs, bare = (sum(each) for each in zip(*sums, strict=True))
    return "\n".join([*lines, f"{pairs:,} pairs and {bare:,} undocumented functions in all"])
