"""The train stage: the static student by in-batch contrast, stopped where it ranks the dev pools best."""

import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn import functional

from kenning_training import encoded as encoding
from kenning_training.batches import epoch_batches, query_bags, serving_code_bags, training_code_bags
from kenning_training.config import Config, TrainConfig
from kenning_training.encoded import Encoded
from kenning_training.metrics import macro_ndcg
from kenning_training.minilm import token_vectors
from kenning_training.pools import Pool, build_pools
from kenning_training.prepare.stage import examples_file, read_split
from kenning_training.student import CODE, QUERY, Student
from kenning_training.tokenizer import WordReader, tokenizer_file

CHECKS_PER_EPOCH = 2
# There are few of them, and every text says something of each.
FACTOR_RATE = 0.02


@dataclass(frozen=True)
class EncodedPool:
    pool: Pool
    encoded: Encoded

    @property
    def queries(self) -> NDArray[np.int64]:
        return np.arange(len(self.pool.queries))


def run(config: Config) -> None:
    torch.manual_seed(config.train.seed)
    data = training_data(config)
    pools = encoded_pools(config, "dev")
    table = first_table(Tokenizer.from_file(str(tokenizer_file(config))), config)
    student = train(data, pools, table, config.train)
    torch.save(student.state_dict(), checkpoint_file(config))


def checkpoint_file(config: Config) -> Path:
    return config.prepare.folder / "student.pt"


def load_student(config: Config, file: Path | None = None) -> Student:
    """The student of the train stage, or of another checkpoint."""
    state = torch.load(file or checkpoint_file(config), weights_only=True)
    vocabulary, dimensions = state["table"].shape
    student = Student(np.zeros((vocabulary, dimensions), np.float32), np.ones(vocabulary, np.float32))
    student.load_state_dict(state)
    return student


def first_table(tokenizer: Tokenizer, config: Config) -> NDArray[np.float32]:
    """[V, D] with rows of about unit length: made by chance, or from MiniLM's view of each token."""
    vocabulary, dimensions = tokenizer.get_vocab_size(), config.train.dimensions
    if config.train.start == "random":
        table = np.random.default_rng(config.train.seed).standard_normal((vocabulary, dimensions), np.float32)
        return table / np.float32(dimensions**0.5)
    ids = tokenizer.get_vocab()
    return token_vectors(sorted(ids, key=lambda token: ids[token]), dimensions, config.prepare.folder / "minilm.npz")


def training_data(config: Config) -> Encoded:
    """The training split as token ids, encoded once for a tokenizer."""
    target = config.prepare.folder / "train.npz"
    if target.exists() and target.stat().st_mtime > tokenizer_file(config).stat().st_mtime:
        return encoding.load(target)
    reader = WordReader(Tokenizer.from_file(str(tokenizer_file(config))))
    data = encoding.encode(read_split(examples_file(config, "train")), reader)
    encoding.save(data, target)
    return data


def encoded_pools(config: Config, split: str) -> list[EncodedPool]:
    reader = WordReader(Tokenizer.from_file(str(tokenizer_file(config))))
    pools = build_pools(read_split(examples_file(config, split)), split, config.prepare.pool_size)
    return [EncodedPool(pool, encoding.encode(pool.functions, reader)) for pool in pools]


def train(data: Encoded, pools: list[EncodedPool], table: NDArray[np.float32], config: TrainConfig) -> Student:
    """The student of the best check; ends after `epochs`, or when `minutes` are over."""
    student = Student(table, token_idf(data, len(table)))
    generator = np.random.default_rng(config.seed)
    optimizer = torch.optim.Adam(optimizer_groups(student, config.learning_rate), betas=(0.9, 0.98))
    steps = config.epochs * steps_per_epoch(data, config)
    best, best_state, step, started = -1.0, student.state_dict(), 0, time.monotonic()
    for _ in range(config.epochs):
        for rows in epoch_batches(data, config, generator):
            set_rate(optimizer, step / steps)
            loss = train_step(student, optimizer, data, rows, config, generator)
            step += 1
            seconds = time.monotonic() - started
            if step % max(1, steps // (config.epochs * CHECKS_PER_EPOCH)) == 0 or step == steps:
                figure = dev_figure(student, pools, config)
                left = seconds / step * (steps - step)
                at = step * config.epochs / steps
                print(
                    f"epoch {at:.1f}: loss {loss:.3f}, dev {figure:.4f}, {seconds:.0f} s, {left:.0f} s left", flush=True
                )
                if figure > best:
                    best, best_state = figure, {key: value.clone() for key, value in student.state_dict().items()}
            if seconds > config.minutes * 60:
                break
    student.load_state_dict(best_state)
    return student


def train_step(
    student: Student,
    optimizer: torch.optim.Optimizer,
    data: Encoded,
    rows: NDArray[np.int64],
    config: TrainConfig,
    generator: np.random.Generator,
) -> float:
    vocabulary = student.table.shape[0]
    queries = student(query_bags(data, rows, vocabulary, config), QUERY)
    codes = student(training_code_bags(data, rows, vocabulary, config, generator), CODE)
    logits = queries @ codes.T * (student.log_scale.exp() / config.temperature)
    target = torch.arange(len(rows))
    loss = (functional.cross_entropy(logits, target) + functional.cross_entropy(logits.T, target)) / 2
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    optimizer.step()
    return loss.item()


def optimizer_groups(student: Student, rate: float) -> list[dict[str, object]]:
    return [
        {"params": [student.table], "lr": rate, "peak": rate},
        {"params": [student.log_weights], "lr": rate, "peak": rate},
        {"params": [student.log_factors], "lr": FACTOR_RATE, "peak": FACTOR_RATE},
        {"params": [student.log_scale], "lr": 0.001, "peak": 0.001},
    ]


def set_rate(optimizer: torch.optim.Optimizer, done: float) -> None:
    """A short warm-up, then down to a tenth in a straight line."""
    factor = min(1.0, done / 0.03 + 0.05) * (1.0 - 0.9 * done)
    for group in optimizer.param_groups:
        group["lr"] = group["peak"] * factor


def steps_per_epoch(data: Encoded, config: TrainConfig) -> int:
    documented = int(data.documented.sum())
    rows = documented + min(len(data) - documented, int(config.undocumented_share * documented))
    return max(1, round(rows / config.batch))


def token_idf(data: Encoded, vocabulary: int) -> NDArray[np.float32]:
    """How rare a token is among the functions: where the weights start from."""
    code = data.fields["code"]
    rows = np.repeat(np.arange(len(data)), np.diff(code.offsets))
    distinct = np.unique(rows * vocabulary + code.tokens.astype(np.int64)) % vocabulary
    counts = np.bincount(distinct, minlength=vocabulary)
    idf = np.log(1.0 + len(data) / (1.0 + counts))
    return (idf / idf.mean()).astype(np.float32)


def dev_figure(student: Student, pools: list[EncodedPool], config: TrainConfig) -> float:
    """Macro NDCG@10 over the languages."""
    return macro_ndcg(pool_scores(student, pool, config) for pool in pools)


@torch.no_grad()
def pool_scores(student: Student, pool: EncodedPool, config: TrainConfig) -> NDArray[np.float32]:
    """Cosine of every query with every function of the pool."""
    vocabulary = student.table.shape[0]
    rows = np.arange(len(pool.encoded))
    queries = student(query_bags(pool.encoded, pool.queries, vocabulary, config), QUERY)
    codes = student(serving_code_bags(pool.encoded, rows, vocabulary, config), CODE)
    return (queries @ codes.T).numpy()
