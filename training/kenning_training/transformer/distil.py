"""
The s2 stage: some of the teacher's layers, distilled with the joint loss: contrast, the teacher's vectors (B), and
where their teachers are at hand late interaction (C) and soft labels (D) on lists mined by rank (E).
"""

from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import nn

from kenning_training.clock import Budget, train_within
from kenning_training.config import Config
from kenning_training.distil_static import s1_file
from kenning_training.losses import embedding_match, info_nce, late_agreement, nested, soft_labels
from kenning_training.student import Student
from kenning_training.train import load_student
from kenning_training.transformer.data import twin_pools
from kenning_training.transformer.encoder import Encoder, minilm_layers
from kenning_training.transformer.gates import gated
from kenning_training.transformer.late import beside_dual, late_scores, load_late
from kenning_training.transformer.late_model import LateInteraction
from kenning_training.transformer.matched import Matched, matched_data, opinions_of, soft_file
from kenning_training.transformer.mining import Batch, batches, copies
from kenning_training.transformer.teacher import (
    bases_of,
    dev_figure,
    device,
    load_teacher,
    loaded,
    take_step,
    vectors_of,
)
from kenning_training.transformer.vectors import at_rows


@dataclass(frozen=True)
class Teachers:
    """What stands beside the matched vectors: None where a weight is 0."""

    late: LateInteraction | None
    soft: torch.Tensor | None


def run(config: Config) -> None:
    config = gated(replace(config, s2=config.s2.as_exported))
    torch.manual_seed(config.s2.seed)
    settings, student, matched = config.s2, load_student(config, s1_file(config)), matched_data(config)
    pools = twin_pools(config, "dev", settings.check_pool)
    encoder = first_encoder(config).to(device())
    teachers = Teachers(
        late=load_late(config) if settings.late_weight > 0 else None,
        soft=opinions_of(soft_file(config), matched.lists) if settings.soft_weight > 0 else None,
    )
    print(f"s2 before training: dev {dev_figure(encoder, student, pools, config, settings):.4f}", flush=True)
    distil(encoder, student, matched, teachers, config)
    torch.save(encoder.state_dict(), s2_file(config))
    print(f"s2 after training: dev {dev_figure(encoder, student, pools, config, settings):.4f}", flush=True)


def s2_file(config: Config) -> Path:
    return config.prepare.folder / "s2.pt"


def load_s2(config: Config) -> Encoder:
    return loaded(Encoder(minilm_layers(range(len(config.s2.layers))), config.train.dimensions), s2_file(config))


def first_encoder(config: Config) -> Encoder:
    """The teacher with only `s2.layers` of its layers, or what an earlier run of such made of it."""
    if config.s2.start:
        size = len(config.s2.layers)
        first = Encoder(minilm_layers(range(size)), config.train.dimensions)
        return loaded(first, config.prepare.folder / config.s2.start)
    encoder = load_teacher(config)
    encoder.bert.encoder.layer = nn.ModuleList([encoder.bert.encoder.layer[i] for i in config.s2.layers])
    encoder.bert.config.num_hidden_layers = len(config.s2.layers)
    return encoder


def distil(encoder: Encoder, student: Student, matched: Matched, teachers: Teachers, config: Config) -> None:
    settings = config.s2
    rows_of = batches(matched.lists, len(matched.data), settings, settings.seed)
    optimizer = torch.optim.AdamW(encoder.parameters(), lr=settings.learning_rate, weight_decay=0.01)

    def step() -> float:
        loss = joint_loss(encoder, student, matched, teachers, next(rows_of), config)
        take_step(optimizer, encoder, loss)
        return loss.item()

    kept = s2_file(config).with_suffix(".partial")
    train_within(Budget(settings.minutes, settings.steps), {"encoder": encoder}, optimizer, step, kept)


def joint_loss(
    encoder: Encoder, student: Student, matched: Matched, teachers: Teachers, batch: Batch, config: Config
) -> torch.Tensor:
    settings, keep = config.s2, at_rows(matched.keep, batch.rows)
    base = bases_of(student, matched.data, batch.rows, keep, config)
    queries, codes = vectors_of(encoder, matched.data, batch.rows, keep, base, config, settings)
    wanted_queries, wanted_codes = matched.vectors.queries[batch.rows], matched.vectors.codes[batch.rows]
    scale, excluded = encoder.log_scale.exp() / settings.temperature, copies(wanted_codes)
    loss = nested(queries, codes, lambda q, c: info_nce(q @ c.T * scale, excluded))
    match = embedding_match(queries, wanted_queries) + embedding_match(codes, wanted_codes)
    loss = loss + settings.match_weight * match
    logits = queries @ codes.T * scale
    if teachers.late is not None:
        with torch.no_grad():
            late = late_scores(teachers.late, matched.data, batch.rows, keep, config, settings)
            late = beside_dual(late, wanted_queries @ wanted_codes.T)
        loss = loss + settings.late_weight * late_agreement(late, logits)
    if teachers.soft is not None:
        lists = torch.from_numpy(batch.lists).to(logits.device)
        found, wanted = logits[lists[:, :1], lists], teachers.soft[torch.from_numpy(batch.list_ids)]
        loss = loss + settings.soft_weight * soft_labels(wanted, found, settings.soft_temperature)
    return loss
