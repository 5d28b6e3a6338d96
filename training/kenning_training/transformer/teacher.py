"""The teacher stage: MiniLM's layers on top of the static student, fine-tuned by contrast with mined look-alikes."""

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from kenning_training.batches import field_dropout
from kenning_training.clock import train_by_clock
from kenning_training.config import Config, TransformerConfig
from kenning_training.metrics import gains, macro, ranks_of
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
from kenning_training.transformer.mining import Retriever, batches, copies
from kenning_training.transformer.sequences import code_sequences, query_sequences


def run(config: Config) -> None:
    torch.manual_seed(config.teacher.seed)
    settings, student = config.teacher, load_student(config)
    data, pools = sampled_data(config, settings), twin_pools(config, "dev", settings.check_pool)
    encoder = Encoder(minilm_layers(settings.layers), config.train.dimensions).to(device())
    align_projection(encoder, student, data, config, settings)
    print(f"before training: dev {dev_figure(encoder, student, pools, config):.4f}", flush=True)
    train_dual(encoder, student, data, config, settings, teacher_file(config).with_suffix(".partial"))
    torch.save(encoder.state_dict(), teacher_file(config))
    print(f"after training: dev {dev_figure(encoder, student, pools, config):.4f}", flush=True)


def teacher_file(config: Config) -> Path:
    return config.prepare.folder / "teacher.pt"


def device() -> torch.device:
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def load_teacher(config: Config) -> Encoder:
    encoder = Encoder(minilm_layers(config.teacher.layers), config.train.dimensions)
    encoder.load_state_dict(torch.load(teacher_file(config), weights_only=True))
    return encoder.eval().to(device())


def train_dual(
    encoder: Encoder, student: Student, data: TwinData, config: Config, settings: TransformerConfig, kept: Path
) -> None:
    retriever = static_vectors(student, data, config)
    rows_of = batches(retriever, settings, settings.seed)
    generator = np.random.default_rng(settings.seed)
    optimizer = torch.optim.AdamW(encoder.parameters(), lr=settings.learning_rate, weight_decay=0.01)

    def step() -> float:
        loss = contrast(encoder, student, data, next(rows_of), config, settings, generator)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        optimizer.step()
        return loss.item()

    train_by_clock({"encoder": encoder}, optimizer, settings.minutes, step, kept)


def static_vectors(student: Student, data: TwinData, config: Config) -> Retriever:
    """What the static student makes of all examples, read as in a test."""
    found: list[tuple[torch.Tensor, torch.Tensor]] = []
    for start in range(0, len(data), 8_192):
        rows = np.arange(start, min(start + 8_192, len(data)))
        queries = base_queries(student, data.static, rows, config.train)
        found.append((queries, base_codes(student, data.static, rows, config.train, without_docs(rows))))
    return Retriever(torch.cat([q for q, _ in found]), torch.cat([c for _, c in found]))


def contrast(
    encoder: Encoder,
    student: Student,
    data: TwinData,
    rows: NDArray[np.int64],
    config: Config,
    settings: TransformerConfig,
    generator: np.random.Generator,
) -> torch.Tensor:
    """InfoNCE in both directions; copies of the right answer are nobody's wrong one."""
    keep = field_dropout(data.bert, rows, settings, generator)
    base_c = base_codes(student, data.static, rows, config.train, keep).to(device())
    base_q = base_queries(student, data.static, rows, config.train).to(device())
    code_ids = code_sequences(data.bert, rows, config.train.code_template, settings.max_tokens, keep)
    codes = encode_all(encoder, code_ids, base_c, settings.cells)
    queries = encode_all(encoder, query_sequences(data.bert, rows, settings.max_tokens), base_q, settings.cells)
    logits = queries @ codes.T * (encoder.log_scale.exp() / settings.temperature)
    logits = logits.masked_fill(copies(base_c), -1e4)
    target = torch.arange(len(rows), device=logits.device)
    return (functional.cross_entropy(logits, target) + functional.cross_entropy(logits.T, target)) / 2


@torch.no_grad()
def pool_scores(encoder: Encoder, student: Student, pool: TwinPool, config: Config) -> NDArray[np.float32]:
    """Cosine of every question with every function of the pool, [questions, functions]."""
    settings, rows = config.teacher, np.arange(len(pool.data))
    keep = without_docs(rows)
    base_c = base_codes(student, pool.data.static, rows, config.train, keep).to(device())
    base_q = base_queries(student, pool.data.static, pool.queries, config.train).to(device())
    code_ids = code_sequences(pool.data.bert, rows, config.train.code_template, settings.max_tokens, keep)
    query_ids = query_sequences(pool.data.bert, pool.queries, settings.max_tokens)
    codes, queries = (
        encode_all(encoder, ids, base, settings.cells) for ids, base in ((code_ids, base_c), (query_ids, base_q))
    )
    return (queries @ codes.T).float().cpu().numpy()


def dev_figure(encoder: Encoder, student: Student, pools: list[TwinPool], config: Config) -> float:
    """Macro NDCG@10 over the languages."""
    return macro([gains(ranks_of(pool_scores(encoder, student, pool, config), pool.queries)) for pool in pools])
