"""
What the generator reads and learns to write, as WordPiece ids in one compressed file for each split: small enough to be
carried to a machine with a card that has neither the corpus nor the static student.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kenning_training.config import Config, GeneratorConfig
from kenning_training.encoded import Ragged
from kenning_training.pools import build_pools
from kenning_training.prepare.pairs import Example
from kenning_training.prepare.stage import examples_file, read_split
from kenning_training.progress import Progress
from kenning_training.template import code_text
from kenning_training.tokenizer import WordReader
from kenning_training.transformer.sequences import framed
from kenning_training.transformer.wordpiece import SEP, bert_tokenizer

LONG_RUN = 32  # batches that are cut out of one sorted stretch, so that little of a batch is padding


@dataclass(frozen=True)
class Shard:
    """
    Function i is row `rows[i]` of its split's examples (train) or of all its pools, one after the other (dev).
    `sources` are `[CLS] code [SEP]`; `targets` are `query [SEP]`, or nothing where there is no doc.
    """

    rows: NDArray[np.int32]
    sources: Ragged
    targets: Ragged

    def __len__(self) -> int:
        return len(self.rows)

    def documented(self) -> NDArray[np.int64]:
        return np.flatnonzero(np.diff(self.targets.offsets) > 0)

    def take(self, rows: NDArray[np.int64]) -> "Shard":
        return Shard(self.rows[rows], self.sources.take(rows), self.targets.take(rows))


def shard(config: Config, split: str) -> Shard:
    """Packed when first asked for; a packed file needs no corpus."""
    kept = folder(config) / f"{split}.npz"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        save_shard(_packed(config, split), kept)
    return load_shard(kept)


def folder(config: Config) -> Path:
    return config.prepare.folder / "generator"


def save_shard(made: Shard, path: Path) -> None:
    parts = {"sources": made.sources, "targets": made.targets}
    arrays: dict[str, Any] = {f"{name}.tokens": part.tokens for name, part in parts.items()}
    lengths: dict[str, Any] = {
        f"{name}.lengths": np.diff(part.offsets).astype(np.uint16) for name, part in parts.items()
    }
    partial = path.with_suffix(".partial.npz")
    np.savez_compressed(partial, rows=made.rows, **arrays, **lengths)
    partial.replace(path)


def load_shard(path: Path) -> Shard:
    with np.load(path) as data:
        return Shard(data["rows"], *(_read(data, name) for name in ("sources", "targets")))


def _read(data: dict[str, NDArray[np.int64]], name: str) -> Ragged:
    offsets = np.concatenate([[0], np.cumsum(data[f"{name}.lengths"], dtype=np.int64)])
    return Ragged(data[f"{name}.tokens"].astype(np.uint16), offsets)


def _packed(config: Config, split: str) -> Shard:
    examples = read_split(examples_file(config, split))
    if split == "train":
        chosen = chosen_rows(np.array([bool(example.query) for example in examples]), config.generator)
    else:
        pools = build_pools(examples, split, config.prepare.pool_size)
        examples = [function for pool in pools for function in pool.functions]
        chosen = np.arange(len(examples))
    return packed([examples[row] for row in chosen], chosen.astype(np.int32), config.generator)


def packed(examples: list[Example], rows: NDArray[np.int32], settings: GeneratorConfig) -> Shard:
    reader = WordReader(bert_tokenizer())
    progress = Progress("pack", len(examples))
    sources, targets = [], []
    for example in examples:
        text = code_text(settings.code_template, replace(example, doc="").as_dict())
        sources.append(reader.ids(text, settings.max_tokens - 2))
        query = reader.ids(example.query, settings.max_query_tokens - 1)
        targets.append([*query, SEP] if query else [])
        progress.step()
    progress.close()
    lengths = np.array([len(target) for target in targets], np.int64)
    tokens = np.array([token for target in targets for token in target], np.uint16)
    return Shard(rows, framed(sources), Ragged(tokens, np.concatenate([[0], np.cumsum(lengths)])))


def chosen_rows(documented: NDArray[np.bool_], settings: GeneratorConfig) -> NDArray[np.int64]:
    """So many documented functions and others, always the same ones, in the split's order."""
    generator = np.random.default_rng(settings.seed)
    wanted = ((documented, settings.documented), (~documented, settings.undocumented))
    return np.sort(np.concatenate([generator.permutation(np.flatnonzero(m))[:count] for m, count in wanted]))


def training_batches(made: Shard, batch: int, seed: int) -> Iterator[NDArray[np.int64]]:
    """Batches without end of documented functions of like length."""
    generator = np.random.default_rng(seed)
    documented, lengths = made.documented(), np.diff(made.sources.offsets)
    while True:
        order = generator.permutation(documented)
        for start in range(0, len(order), batch * LONG_RUN):
            stretch = order[start : start + batch * LONG_RUN]
            stretch = stretch[np.argsort(lengths[stretch], kind="stable")]
            pieces = [stretch[i : i + batch] for i in range(0, len(stretch), batch)]
            yield from (pieces[i] for i in generator.permutation(len(pieces)))
