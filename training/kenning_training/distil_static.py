"""
The s1 stage: the static student learns on with the joint loss: contrast over all pairs and generated questions (A),
the match with the teacher's vectors (B), and lists mined by rank (E) with what late interaction (C) and the
cross-encoder (D) think of them.
"""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from kenning_training.batches import epoch_batches, query_bags, training_code_bags
from kenning_training.config import Config, TrainConfig
from kenning_training.encoded import Encoded
from kenning_training.generator.samples import with_generated
from kenning_training.losses import embedding_match, info_nce, late_agreement, nested, soft_labels
from kenning_training.student import CODE, QUERY, Student
from kenning_training.targets import Targets, read_targets
from kenning_training.train import (
    EncodedPool,
    dev_figure,
    encoded_pools,
    load_student,
    optimizer_groups,
    set_rate,
    steps_per_epoch,
    training_data,
)
from kenning_training.transformer.gates import gated

CHECKS_PER_EPOCH = 3
LISTS_PER_STEP = 512


@dataclass(frozen=True)
class Learning:
    """All that a step reads."""

    data: Encoded
    targets: Targets
    config: TrainConfig
    generator: np.random.Generator


def run(config: Config) -> None:
    config = gated(config)
    torch.manual_seed(config.train.seed)
    data = training_data(config)
    learning = Learning(data, read_targets(config, data), config.train, np.random.default_rng(config.train.seed + 1))
    student = distil(load_student(config), learning, encoded_pools(config, "dev"))
    torch.save(student.state_dict(), s1_file(config))


def s1_file(config: Config) -> Path:
    return config.prepare.folder / "s1.pt"


def distil(student: Student, learning: Learning, pools: list[EncodedPool]) -> Student:
    return keep_best(student, steps_of(student, learning), pools, learning.config)


def keep_best(student: Student, checks: Iterable[str], pools: list[EncodedPool], config: TrainConfig) -> Student:
    """The student of the best of `checks`, each a line about a training; as it came is one of them."""
    best, best_state = -1.0, student.state_dict()
    for note in checks:
        figure = dev_figure(student, pools, config)
        print(f"s1 {note}: dev {figure:.4f}", flush=True)
        if figure > best:
            best, best_state = figure, {key: value.clone() for key, value in student.state_dict().items()}
    student.load_state_dict(best_state)
    return student


def steps_of(student: Student, learning: Learning) -> Iterator[str]:
    """Yields a line about how far it is before the first step and at every check."""
    config = learning.config
    optimizer = torch.optim.Adam(optimizer_groups(student, config.distil_rate), betas=(0.9, 0.98))
    per_epoch = steps_per_epoch(learning.data, config)
    steps, step, started = config.distil_epochs * per_epoch, 0, time.monotonic()
    yield "before distillation"
    for _ in range(config.distil_epochs):
        epoch = with_questions(learning)
        for rows in epoch_batches(epoch.data, config, learning.generator):
            set_rate(optimizer, step / steps)
            loss = joint_loss(student, epoch, rows)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            step += 1
            if step % max(1, per_epoch // CHECKS_PER_EPOCH) == 0:
                seconds = time.monotonic() - started
                yield f"step {step} of {steps}, loss {loss.item():.3f}, {seconds / step * (steps - step):.0f} s left"


def with_questions(learning: Learning) -> Learning:
    """For one epoch: some of the questions are the generator's (A), where it is at hand."""
    generated, share = learning.targets.generated, learning.config.generated_share
    if generated is None:
        return learning
    data = with_generated(learning.data, generated.samples, generated.queries, share, learning.generator)
    return replace(learning, data=data)


def joint_loss(student: Student, learning: Learning, rows: NDArray[np.int64]) -> torch.Tensor:
    config, targets = learning.config, learning.targets
    queries, codes = _queries(student, learning, rows), _codes(student, learning, rows)
    scale = student.log_scale.exp() / config.temperature
    loss = nested(queries, codes, lambda q, c: info_nce(q @ c.T * scale))
    place = torch.from_numpy(targets.place[rows])
    matched = place >= 0
    if config.match_weight > 0 and matched.any():
        wanted = place[matched]
        match = embedding_match(queries[matched], targets.queries[wanted])
        loss = loss + config.match_weight * (match + embedding_match(codes[matched], targets.codes[wanted]))
    return loss + list_loss(student, learning)


def list_loss(student: Student, learning: Learning) -> torch.Tensor:
    """C, D and E on some lists: the right function first, look-alikes behind it."""
    config, targets = learning.config, learning.targets
    chosen = learning.generator.integers(0, len(targets.lists), LISTS_PER_STEP)
    lists = targets.lists[chosen]
    queries, codes = _queries(student, learning, lists[:, 0]), _codes(student, learning, lists.reshape(-1))
    scale = student.log_scale.exp() / config.temperature
    logits = torch.einsum("ld,lgd->lg", queries, codes.view(*lists.shape, -1)) * scale
    loss = config.list_weight * functional.cross_entropy(logits, torch.zeros(len(lists), dtype=torch.long))
    if targets.late is not None:
        loss = loss + config.late_weight * late_agreement(targets.late[chosen], logits)
    if targets.soft is not None:
        loss = loss + config.soft_weight * soft_labels(targets.soft[chosen], logits, config.soft_temperature)
    return loss


def _queries(student: Student, learning: Learning, rows: NDArray[np.int64]) -> torch.Tensor:
    return student(query_bags(learning.data, rows, student.table.shape[0], learning.config), QUERY)


def _codes(student: Student, learning: Learning, rows: NDArray[np.int64]) -> torch.Tensor:
    vocabulary = student.table.shape[0]
    return student(training_code_bags(learning.data, rows, vocabulary, learning.config, learning.generator), CODE)
