"""The unpack stage, on the machine with the GPU: shards that were carried over → the files that the stages read."""

import gzip
import lzma
import shutil

from kenning_training.config import Config
from kenning_training.pack import carry_folder
from kenning_training.prepare.stage import examples_file


def run(config: Config) -> None:
    """From as many shards of training examples as are there."""
    start = carry_folder(config) / "start"
    shutil.copyfile(start / "dev.jsonl.gz", examples_file(config, "dev"))
    with gzip.open(examples_file(config, "train"), "wb", compresslevel=1) as out:
        for shard in sorted(carry_folder(config).glob("train-*.jsonl.xz")):
            with lzma.open(shard) as lines:
                shutil.copyfileobj(lines, out, 1 << 20)
