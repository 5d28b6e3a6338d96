"""
The pack stage: what training needs, as files small enough to be carried to a machine with a GPU and no network. See
`training/GPU.md` for the order of things.
"""

import itertools
import json
import lzma
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import torch
from transformers import AutoModel

from kenning_training.config import Config
from kenning_training.minilm import model_folder
from kenning_training.pools import build_pools
from kenning_training.prepare.pairs import Example
from kenning_training.prepare.stage import examples_file, read_split, write_examples
from kenning_training.progress import Progress

SHARD_BYTES = 56 << 20
# A little more than what the longest reader reads.
CODE_CHARS, DOC_CHARS = 1_800, 600


def run(config: Config) -> None:
    """Writes `carry/`: `start/` (weights, tokenizer, dev pools) and `train-NN.jsonl.xz`, documented examples first."""
    folder = carry_folder(config)
    folder.mkdir(exist_ok=True)
    pack_start(config, folder / "start")
    examples = sorted(read_split(examples_file(config, "train")), key=lambda example: not example.query)
    progress = Progress("pack", len(examples))
    lines = (_line(example, progress) for example in examples)
    for number in itertools.count():
        if write_shard(lines, folder / f"train-{number:02}.jsonl.xz") == 0:
            break
    progress.close()
    print({file.name: file.stat().st_size for file in sorted(folder.rglob("*")) if file.is_file()})


def carry_folder(config: Config) -> Path:
    return config.prepare.folder / "carry"


def pack_start(config: Config, folder: Path) -> None:
    """MiniLM in float16 with its tokenizer (a folder for `KENNING_MINILM`), and the dev split's pools."""
    folder.mkdir(exist_ok=True)
    AutoModel.from_pretrained(model_folder(), add_pooling_layer=False).to(torch.float16).save_pretrained(folder)
    (folder / "tokenizer.json").write_bytes((model_folder() / "tokenizer.json").read_bytes())
    pools = build_pools(read_split(examples_file(config, "dev")), "dev", config.prepare.pool_size)
    write_examples(folder / "dev.jsonl.gz", (function for pool in pools for function in pool.functions))


def write_shard(lines: Iterator[bytes], path: Path) -> int:
    """As many lines as fit into a shard; how many. Removes the file again when there are none."""
    count = 0
    compressor = lzma.LZMACompressor(preset=6)
    with path.open("wb") as out:
        for line in lines:
            out.write(compressor.compress(line))
            count += 1
            if count % 256 == 0 and out.tell() > SHARD_BYTES:
                break
        out.write(compressor.flush())
    if count == 0:
        path.unlink()
    return count


def _line(example: Example, progress: Progress) -> bytes:
    progress.step()
    cut = replace(
        example, code=example.code[:CODE_CHARS], doc=example.doc[:DOC_CHARS], signature=example.signature[:200]
    )
    return (json.dumps(cut.as_dict()) + "\n").encode()
