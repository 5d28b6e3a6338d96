"""Functions out of source folders by the product's own parser, so that training and serving see the same text."""

import gzip
import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from kenning_training.config import CHECKOUT
from kenning_training.progress import Progress


def chunk_packages(sources: Path, chunks: Path, command: Sequence[str]) -> None:
    """Writes `chunks/<package>.jsonl.gz` for every package folder that has none yet."""
    chunks.mkdir(parents=True, exist_ok=True)
    packages = sorted(record.with_suffix("") for record in sources.glob("*.json"))
    waiting = [package for package in packages if not chunk_file(chunks, package.name).exists()]
    progress = Progress("parse", len(waiting))
    for package in waiting:
        _chunk(package, chunk_file(chunks, package.name), command)
        progress.step(note=package.name)
    if waiting:
        progress.close()


def chunk_file(chunks: Path, package: str) -> Path:
    return chunks / f"{package}.jsonl.gz"


def read_chunks(file: Path) -> Iterator[dict[str, Any]]:
    """The fields of the product's `CodeFunction`, and `path`."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _chunk(folder: Path, target: Path, command: Sequence[str]) -> None:
    """Exit status 1 only says that the folder holds no function. Written aside first: a half-written file is none."""
    partial = target.with_suffix(".partial")
    with gzip.open(partial, "wb", compresslevel=1) as out:
        process = subprocess.Popen([*command, str(folder)], stdout=subprocess.PIPE, cwd=CHECKOUT)
        assert process.stdout is not None
        shutil.copyfileobj(process.stdout, out, 1 << 20)
        status = process.wait()
    if status not in (0, 1):
        partial.unlink()
        raise RuntimeError(f"{command[0]} could not parse {folder.name}: exit status {status}")
    partial.rename(target)
