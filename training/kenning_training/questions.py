"""
The questions stage: packages of the dev split, and questions made of their documentation, to choose and check the
product's ranking by. A `doc` question is the first sentence of a function's doc, which is taken out of what is
searched, and wants that function's lines; a `head` question is that of a file's leading comment and wants the file.
"""

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kenning_training.config import Config
from kenning_training.documentation import Function, doc_questions, head_questions
from kenning_training.prepare.chunk import chunk_file, read_chunks
from kenning_training.prepare.splits import split_of
from kenning_training.prepare.stage import chunks_folder

SEED = 5
PACKAGES_PER_LANGUAGE = 5
# A package with fewer says little, one with fewer docs has nothing to ask.
MIN_QUESTIONS, MIN_DOCUMENTED, MIN_FUNCTIONS = 15, 20, 150
# Of the parsed functions, compressed: beyond that most of a package would be left out.
MAX_CHUNK_BYTES = 6_000_000
MAX_FUNCTIONS, MAX_FUNCTIONS_PER_FILE = 4_000, 1_500


@dataclass(frozen=True)
class Package:
    """`language`: that of most functions."""

    name: str
    language: str
    documented: int
    chunks: Path


def run(config: Config) -> None:
    folder = questions_folder(config)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.json"):
        old.unlink()
    asked: Counter[str] = Counter()
    for made in question_sets(dev_packages(config)):
        (folder / f"{made['name']}.json").write_text(json.dumps(made))
        counts = Counter(question["category"] for question in made["questions"])
        asked += counts + Counter(packages=1)
        print(f"{made['name']}: {made['language']}, {len(made['functions'])} functions, {dict(counts)}", flush=True)
    print(f"{folder}: {dict(asked)}")


def questions_folder(config: Config) -> Path:
    return config.prepare.folder / "questions"


def dev_packages(config: Config) -> list[Package]:
    """Parsed packages whose project no student learns from, neither too small nor too large, by name."""
    found = []
    for record in sorted((config.corpus.folder / "sources").glob("*.json")):
        chunks = chunk_file(chunks_folder(config.prepare), record.stem)
        is_dev = split_of(json.loads(record.read_text())["project"]) == "dev"
        if not is_dev or not chunks.exists() or chunks.stat().st_size > MAX_CHUNK_BYTES:
            continue
        languages: Counter[str] = Counter()
        documented = 0
        for function in read_chunks(chunks):
            languages[function["language"]] += 1
            documented += bool(function["doc"])
        if languages.total() >= MIN_FUNCTIONS:
            found.append(Package(record.stem, languages.most_common(1)[0][0], documented, chunks))
    return found


def question_sets(packages: list[Package]) -> Iterator[dict[str, Any]]:
    """Always the same for the same packages."""
    draw = random.Random(SEED)
    order = list(packages)
    draw.shuffle(order)
    picked: Counter[str] = Counter()
    for package in order:
        if picked[package.language] >= PACKAGES_PER_LANGUAGE or package.documented < MIN_DOCUMENTED:
            continue
        files = some_files(list(read_chunks(package.chunks)), draw)
        functions = [function for path in sorted(files) for function in files[path]]
        questions = [*doc_questions(functions, draw), *head_questions(files, draw)]
        if len(questions) >= MIN_QUESTIONS:
            picked[package.language] += 1
            yield {
                "name": package.name,
                "language": package.language,
                "functions": functions,
                "questions": questions,
            }


def some_files(functions: list[Function], draw: random.Random) -> dict[str, list[Function]]:
    """Path → its functions, of as many whole files as there is room for, in the order of the draw."""
    files: dict[str, list[Function]] = defaultdict(list)
    for function in functions:
        files[function["path"]].append(function)
    paths = sorted(files)
    draw.shuffle(paths)
    kept: dict[str, list[Function]] = {}
    room = MAX_FUNCTIONS
    for path in paths:
        if len(files[path]) <= min(MAX_FUNCTIONS_PER_FILE, room):
            kept[path] = files[path]
            room -= len(files[path])
    return kept
