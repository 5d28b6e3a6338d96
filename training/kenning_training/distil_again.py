"""
The s1-again stage: the exported static student learns on, taught by the exported S2 (`teach`): contrast over all pairs,
the match with S2's vectors, agreement with whom S2 takes for whom, and contrast of what S2 makes of its vectors: S2
adds to them what it always did, and has to rank with them as before. What is kept lies between the student that began
and the one that has learnt.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from kenning_training.batches import epoch_batches, query_bags, training_code_bags
from kenning_training.config import Config, TrainConfig
from kenning_training.distil_static import keep_best, s1_file
from kenning_training.encoded import Encoded
from kenning_training.exported_student import exported_student
from kenning_training.losses import agreement, embedding_match, info_nce, nested
from kenning_training.onnx_model import TINY
from kenning_training.student import CODE, QUERY, Student
from kenning_training.train import encoded_pools, optimizer_groups, set_rate, training_data
from kenning_training.transformer.sequences import Keep
from kenning_training.transformer.taught import Taught, load_taught

REFINED_TEMPERATURE = 0.05


@dataclass(frozen=True)
class Learning:
    """All that a step reads. `both`: rows whose question and function S2 has embedded."""

    data: Encoded
    taught: Taught
    both: NDArray[np.int64]
    config: TrainConfig
    generator: np.random.Generator


def run(config: Config) -> None:
    torch.manual_seed(config.train.seed)
    learning = read_learning(config)
    print(f"{len(learning.data)} rows; S2 has embedded the function of {len(learning.both)}")
    student = exported_student(config.model.folder)
    best = keep_best(student, steps_of(student, learning), encoded_pools(config, "dev"), config.train)
    kept = between(exported_student(config.model.folder), best, config.train.again_share)
    torch.save(kept.state_dict(), s1_file(config))


def between(before: Student, after: Student, share: float) -> Student:
    """
    `after`'s share of each row's direction and, in logarithms, of all weights and factors. Weights between two rounds
    keep more of what only the first one knew than they lose of what the second has learnt (Wortsman et al. 2022).
    """
    with torch.no_grad():
        first, second = (functional.normalize(student.table, dim=1) for student in (before, after))
        table = functional.normalize(torch.lerp(first, second, share), dim=1)
        kept = Student(table.numpy(), np.ones(len(table), np.float32))
        kept.log_weights.copy_(torch.lerp(_whole_weights(before), _whole_weights(after), share))
        kept.log_factors.copy_(torch.lerp(before.log_factors, after.log_factors, share))
    return kept


def _whole_weights(student: Student) -> torch.Tensor:
    """Logarithms [2, V], the rows' own lengths in them."""
    return student.log_weights + student.table.norm(dim=1).clamp_min(TINY).log()


def read_learning(config: Config) -> Learning:
    data = training_data(config)
    taught = load_taught(config, data)
    both = np.flatnonzero((taught.queries.place >= 0) & (taught.codes.place >= 0))
    return Learning(data, taught, both, config.train, np.random.default_rng(config.train.seed + 2))


def steps_of(student: Student, learning: Learning) -> Iterator[str]:
    """Yields a line about how far it is before the first step and at every check."""
    config = learning.config
    optimizer = torch.optim.Adam(optimizer_groups(student, config.again_rate), betas=(0.9, 0.98))
    started, checked = time.monotonic(), max(1, config.again_steps // config.again_checks)
    yield "as exported"
    for step, rows in enumerate(_batches(learning)):
        done = max(step / config.again_steps, (time.monotonic() - started) / 60 / config.minutes)
        if done >= 1:
            break
        set_rate(optimizer, done)
        loss = joint_loss(student, learning, rows)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        if (step + 1) % checked == 0:
            yield f"step {step + 1}, {done:.0%}, loss {loss.item():.3f}, {time.monotonic() - started:.0f} s"
    yield "at the end"


def _batches(learning: Learning) -> Iterator[NDArray[np.int64]]:
    while True:
        yield from epoch_batches(learning.data, learning.config, learning.generator)


def joint_loss(student: Student, learning: Learning, rows: NDArray[np.int64]) -> torch.Tensor:
    config, data, taught = learning.config, learning.data, learning.taught
    vocabulary = student.table.shape[0]
    queries = student(query_bags(data, rows, vocabulary, config), QUERY)
    codes = student(training_code_bags(data, rows, vocabulary, config, learning.generator), CODE)
    scale = student.log_scale.exp() / config.temperature
    loss = nested(queries, codes, lambda q, c: info_nce(q @ c.T * scale))
    place = taught.queries.place[rows]
    matched = torch.from_numpy(place >= 0)
    if matched.any():
        loss = loss + config.again_match * embedding_match(queries[matched], taught.queries.vectors[place[place >= 0]])
    return loss + taught_loss(student, learning, scale)


def taught_loss(student: Student, learning: Learning, scale: torch.Tensor) -> torch.Tensor:
    """On some rows that S2 has embedded both sides of."""
    config, taught, vocabulary = learning.config, learning.taught, student.table.shape[0]
    rows = learning.generator.choice(learning.both, min(config.taught_batch, len(learning.both)), replace=False)
    queries = student(query_bags(learning.data, rows, vocabulary, config), QUERY)
    keep: Keep = taught.keep_of(rows)
    codes = student(training_code_bags(learning.data, rows, vocabulary, config, learning.generator, keep), CODE)
    asked, answered = taught.queries.place[rows], taught.codes.place[rows]
    wanted_queries, wanted_codes = taught.queries.vectors[asked], taught.codes.vectors[answered]
    match = embedding_match(queries, wanted_queries) / 2 + embedding_match(codes, wanted_codes)
    agreed = agreement(wanted_queries @ wanted_codes.T / config.temperature, queries @ codes.T * scale)
    refined_queries = functional.normalize(queries + taught.queries.added[asked], dim=1)
    refined_codes = functional.normalize(codes + taught.codes.added[answered], dim=1)
    refined = info_nce(refined_queries @ refined_codes.T / REFINED_TEMPERATURE)
    return config.again_match * match + config.agree_weight * agreed + config.refined_weight * refined
