"""What the transformers train on: the same examples as WordPiece ids and as the static student reads them."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from kenning_training import encoded as encoding
from kenning_training.batches import query_bags, training_tokens
from kenning_training.config import Config, TrainConfig, TransformerConfig
from kenning_training.encoded import Encoded
from kenning_training.pools import Pool, build_pools
from kenning_training.prepare.stage import examples_file, read_split
from kenning_training.student import CODE, QUERY, Student, make_bags
from kenning_training.tokenizer import WordReader
from kenning_training.train import encoded_pools, training_data
from kenning_training.transformer.sequences import Keep
from kenning_training.transformer.wordpiece import bert_tokenizer


@dataclass(frozen=True)
class TwinData:
    """Row i of `bert` and of `static` is the same example."""

    bert: Encoded
    static: Encoded

    def __len__(self) -> int:
        return len(self.bert)


@dataclass(frozen=True)
class TwinPool:
    """A pool of one language for both readers; query i asks for function i."""

    pool: Pool
    data: TwinData

    @property
    def queries(self) -> NDArray[np.int64]:
        return np.arange(len(self.pool.queries))


def sampled_data(config: Config, settings: TransformerConfig) -> TwinData:
    """`settings.documented` and `settings.undocumented` examples of the training split, always the same ones."""
    static = training_data(config)
    rows = sampled_rows(static, settings)
    kept = config.prepare.folder / f"bert-{settings.documented}-{settings.undocumented}-{settings.seed}.npz"
    return TwinData(_encoded_rows(config, rows, kept), static.take(rows))


def sampled_rows(static: Encoded, settings: TransformerConfig) -> NDArray[np.int64]:
    generator = np.random.default_rng(settings.seed)
    wanted = ((static.documented, settings.documented), (~static.documented, settings.undocumented))
    return np.concatenate([generator.permutation(np.flatnonzero(marks))[:count] for marks, count in wanted])


def _encoded_rows(config: Config, rows: NDArray[np.int64], kept: Path) -> Encoded:
    if kept.exists():
        return encoding.load(kept)
    examples = read_split(examples_file(config, "train"))
    data = encoding.encode([examples[row] for row in rows], WordReader(bert_tokenizer()))
    encoding.save(data, kept)
    return data


def twin_pools(config: Config, split: str, size: int) -> list[TwinPool]:
    """The split's pools, or for a glance on the way the first `size` functions of each."""
    reader = WordReader(bert_tokenizer())
    pools = []
    for pool, static in zip(_pools(config, split), encoded_pools(config, split), strict=True):
        part = Pool(pool.language, pool.functions[:size], pool.queries[:size], pool.projects[:size])
        rows = np.arange(len(part.functions))
        data = TwinData(_as_served(encoding.encode(part.functions, reader)), _as_served(static.encoded.take(rows)))
        pools.append(TwinPool(part, data))
    return pools


def _as_served(encoded: Encoded) -> Encoded:
    """
    The name of a function without a doc is its question in training, and then taken out of what is read. In a pool only
    docs are questions: a wrong answer without its name would be too easily told from the right one.
    """
    return replace(encoded, documented=np.ones(len(encoded), np.bool_))


def _pools(config: Config, split: str) -> list[Pool]:
    return build_pools(read_split(examples_file(config, split)), split, config.prepare.pool_size)


@torch.no_grad()
def base_queries(student: Student, static: Encoded, rows: NDArray[np.int64], config: TrainConfig) -> torch.Tensor:
    """The static student's vectors of questions, [rows, dimensions]."""
    return student(query_bags(static, rows, student.table.shape[0], config), QUERY)


@torch.no_grad()
def base_codes(
    student: Student, static: Encoded, rows: NDArray[np.int64], config: TrainConfig, keep: Keep
) -> torch.Tensor:
    """Its vectors of functions, of which `keep` says what is read."""
    tokens = training_tokens(static, rows, config.code_template, config.max_tokens, keep)
    return student(make_bags(tokens, student.table.shape[0], len(rows)), CODE)


def without_docs(rows: NDArray[np.int64]) -> Keep:
    """As a test reads a function: its doc's first sentence is the question."""
    return {"doc": np.zeros(len(rows), np.bool_)}
