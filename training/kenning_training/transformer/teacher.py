"""The teacher stage: MiniLM's layers on top of the static student, fine-tuned by contrast with mined look-alikes."""

from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray

from kenning_training.batches import field_dropout
from kenning_training.clock import Budget, train_within
from kenning_training.config import Config, TransformerConfig
from kenning_training.losses import info_nce
from kenning_training.metrics import macro_ndcg
from kenning_training.student import Student
from kenning_training.train import load_student
from kenning_training.transformer.align import align_projection
from kenning_training.transformer.data import (
    TwinData,
    TwinPool,
    base_codes,
    base_queries,
    sampled_data,
    twin_pools,
    without_docs,
)
from kenning_training.transformer.encoder import Encoder, encode_all, minilm_layers
from kenning_training.transformer.gates import judge
from kenning_training.transformer.mining import Retriever, batches, copies, mine_lists
from kenning_training.transformer.sequences import Keep, code_sequences, query_sequences

ROWS_AT_ONCE = 8_192
Model = TypeVar("Model", bound=torch.nn.Module)


def run(config: Config) -> None:
    torch.manual_seed(config.teacher.seed)
    settings, student = config.teacher, load_student(config)
    data, pools = sampled_data(config, settings), twin_pools(config, "dev", settings.check_pool)
    encoder = first_teacher(student, data, config)
    print(f"teacher before training: dev {dev_figure(encoder, student, pools, config, settings):.4f}", flush=True)
    for number, share in enumerate((1.0 - settings.second_round, settings.second_round)):
        if share > 0:
            train_round(encoder, student, data, config, number, share)
    torch.save(encoder.state_dict(), teacher_file(config))
    judge(config, "teacher", dev_figure(encoder, student, pools, config, settings), pools)


def first_teacher(student: Student, data: TwinData, config: Config) -> Encoder:
    """MiniLM turned so that it adds to the student, or the teacher that an earlier run made of it."""
    encoder = Encoder(minilm_layers(config.teacher.layers), config.train.dimensions).to(device())
    if config.teacher.start:
        return loaded(encoder, config.prepare.folder / config.teacher.start)
    align_projection(encoder, student, data, config, config.teacher)
    return encoder


def device() -> torch.device:
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def loaded(model: Model, file: Path) -> Model:
    """`model` with the weights of a checkpoint, ready to be asked."""
    model.load_state_dict(torch.load(file, weights_only=True))
    return model.eval().to(device())


def teacher_file(config: Config) -> Path:
    return config.prepare.folder / "teacher.pt"


def load_teacher(config: Config) -> Encoder:
    return loaded(Encoder(minilm_layers(config.teacher.layers), config.train.dimensions), teacher_file(config))


def train_round(encoder: Encoder, student: Student, data: TwinData, config: Config, number: int, share: float) -> None:
    """Round 0 learns from the static student's errors, round 1 from those that the teacher itself still makes."""
    settings = config.teacher
    retriever = static_vectors(student, data, config) if number == 0 else own_vectors(encoder, student, data, config)
    rows_of = batches(dual_lists(retriever, data, settings), len(data), settings, settings.seed + number)
    generator = np.random.default_rng(settings.seed + number)
    optimizer = torch.optim.AdamW(encoder.parameters(), lr=settings.learning_rate, weight_decay=0.01)

    def step() -> float:
        batch = next(rows_of)
        keep = field_dropout(data.bert, batch.rows, settings, generator)
        base = bases_of(student, data, batch.rows, keep, config)
        queries, codes = vectors_of(encoder, data, batch.rows, keep, base, config, settings)
        logits = queries @ codes.T * (encoder.log_scale.exp() / settings.temperature)
        loss = info_nce(logits, copies(base[1]))
        take_step(optimizer, encoder, loss)
        return loss.item()

    kept = teacher_file(config).with_suffix(f".round{number}")
    budget = Budget(share * settings.minutes, round(share * settings.steps))
    train_within(budget, {"encoder": encoder}, optimizer, step, kept)


def take_step(optimizer: torch.optim.Optimizer, model: torch.nn.Module, loss: torch.Tensor) -> None:
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()


def static_vectors(student: Student, data: TwinData, config: Config) -> Retriever:
    """What the static student makes of all examples, read as in a test."""
    found: list[tuple[torch.Tensor, torch.Tensor]] = []
    for start in range(0, len(data), ROWS_AT_ONCE):
        rows = np.arange(start, min(start + ROWS_AT_ONCE, len(data)))
        queries = base_queries(student, data.static, rows, config.train)
        found.append((queries, base_codes(student, data.static, rows, config.train, without_docs(rows))))
    return Retriever(torch.cat([q for q, _ in found]).to(device()), torch.cat([c for _, c in found]).to(device()))


def dual_lists(retriever: Retriever, data: TwinData, settings: TransformerConfig) -> NDArray[np.int64]:
    """A list for each of `settings.lists` documented examples."""
    generator = np.random.default_rng(settings.seed)
    documented = np.flatnonzero(data.bert.documented)
    return mine_lists(retriever, generator.permutation(documented)[: settings.lists], settings.group, generator)


def bases_of(
    student: Student, data: TwinData, rows: NDArray[np.int64], keep: Keep, config: Config
) -> tuple[torch.Tensor, torch.Tensor]:
    """The static student's vectors of the rows' questions and functions."""
    queries = base_queries(student, data.static, rows, config.train)
    codes = base_codes(student, data.static, rows, config.train, keep)
    return queries.to(device()), codes.to(device())


def vectors_of(
    encoder: Encoder,
    data: TwinData,
    rows: NDArray[np.int64],
    keep: Keep,
    base: tuple[torch.Tensor, torch.Tensor],
    config: Config,
    settings: TransformerConfig,
) -> tuple[torch.Tensor, torch.Tensor]:
    """The encoder's vectors of the rows' questions and functions, with their graph."""
    queries = query_sequences(data.bert, rows, settings.max_tokens)
    codes = code_sequences(data.bert, rows, config.train.code_template, settings.max_tokens, keep)
    return (
        encode_all(encoder, queries, base[0], settings.cells),
        encode_all(encoder, codes, base[1], settings.cells),
    )


@torch.no_grad()
def own_vectors(encoder: Encoder, student: Student, data: TwinData, config: Config) -> Retriever:
    """What the teacher makes of all examples."""
    found = []
    for start in range(0, len(data), ROWS_AT_ONCE):
        rows = np.arange(start, min(start + ROWS_AT_ONCE, len(data)))
        base = bases_of(student, data, rows, without_docs(rows), config)
        found.append(vectors_of(encoder, data, rows, without_docs(rows), base, config, config.teacher))
    return Retriever(torch.cat([q for q, _ in found]), torch.cat([c for _, c in found]))


@torch.no_grad()
def pool_scores(
    encoder: Encoder, student: Student, pool: TwinPool, config: Config, settings: TransformerConfig
) -> NDArray[np.float32]:
    """Cosine of every question with every function of the pool, [questions, functions]."""
    rows = np.arange(len(pool.data))
    keep = without_docs(rows)
    base = bases_of(student, pool.data, rows, keep, config)
    queries, codes = vectors_of(encoder, pool.data, rows, keep, base, config, settings)
    return (queries[: len(pool.queries)] @ codes.T).float().cpu().numpy()


def dev_figure(
    encoder: Encoder, student: Student, pools: list[TwinPool], config: Config, settings: TransformerConfig
) -> float:
    """Macro NDCG@10 over the languages."""
    return macro_ndcg(pool_scores(encoder, student, pool, config, settings) for pool in pools)
