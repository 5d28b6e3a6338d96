"""
The unpack stage, on the machine with the GPU: shards that have been carried over → the files that the stages read. And
large files cut into small parts for the way back, which may be narrow.
"""

import gzip
import lzma
import shutil
from collections.abc import Iterable
from pathlib import Path

from kenning_training.config import Config
from kenning_training.pack import carry_folder
from kenning_training.prepare.stage import examples_file

PART_BYTES = 15 << 20


def run(config: Config) -> None:
    """From as many shards of training examples as are there."""
    start = carry_folder(config) / "start"
    shutil.copyfile(start / "dev.jsonl.gz", examples_file(config, "dev"))
    with gzip.open(examples_file(config, "train"), "wb", compresslevel=1) as out:
        for shard in sorted(carry_folder(config).glob("train-*.jsonl.xz")):
            with lzma.open(shard) as lines:
                shutil.copyfileobj(lines, out, 1 << 20)


def split_file(path: Path, folder: Path) -> list[Path]:
    """Parts of at most `PART_BYTES`, in order."""
    folder.mkdir(parents=True, exist_ok=True)
    content, parts = path.read_bytes(), []
    for number, start in enumerate(range(0, len(content), PART_BYTES)):
        parts.append(folder / f"{path.name}.{number:02}")
        parts[-1].write_bytes(content[start : start + PART_BYTES])
    return parts


def join_files(parts: Iterable[Path], path: Path) -> None:
    path.write_bytes(b"".join(part.read_bytes() for part in sorted(parts)))
