"""
The s2-again stage: the exported S2 learns on, on top of the exported S1, reading no more of a text than the product
lets it (`read_tokens`): contrast over pairs and lists mined by rank (E), and the match with what it said of them when
it read more (B, the stage `teach`). For where nothing but the exported models is left of the last run.
"""

from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray

from kenning_training.batches import field_dropout
from kenning_training.clock import Budget, train_within
from kenning_training.config import Config
from kenning_training.exported_student import exported_student
from kenning_training.losses import embedding_match, info_nce, nested
from kenning_training.student import Student
from kenning_training.train import training_data
from kenning_training.transformer.data import TwinData, sampled_data, sampled_rows, twin_pools
from kenning_training.transformer.distil import s2_file
from kenning_training.transformer.encoder import Encoder
from kenning_training.transformer.exported_encoder import exported_encoder
from kenning_training.transformer.mining import Batch, batches, copies
from kenning_training.transformer.taught import Side, Taught, load_taught
from kenning_training.transformer.teacher import (
    bases_of,
    dev_figure,
    device,
    dual_lists,
    static_vectors,
    take_step,
    vectors_of,
)


@dataclass(frozen=True)
class Learning:
    """All that a step reads. `taught_rows[row]` is a row of `data` in the whole training split, as `taught` counts."""

    student: Student
    data: TwinData
    taught: Taught
    taught_rows: NDArray[np.int64]
    config: Config
    generator: np.random.Generator


def run(config: Config) -> None:
    config = replace(config, s2=config.s2.as_exported)
    settings = config.s2
    torch.manual_seed(settings.seed)
    learning, pools = read_learning(config), twin_pools(config, "dev", settings.check_pool)
    encoder = exported_encoder(config.model.s2_folder).to(device())
    print(f"s2 as exported: dev {dev_figure(encoder, learning.student, pools, config, settings):.4f}", flush=True)
    learn(encoder, learning)
    torch.save(encoder.state_dict(), s2_file(config))
    print(f"s2 after training: dev {dev_figure(encoder, learning.student, pools, config, settings):.4f}", flush=True)


def read_learning(config: Config) -> Learning:
    settings, static = config.s2, training_data(config)
    return Learning(
        exported_student(config.model.folder),
        sampled_data(config, settings),
        load_taught(config, static),
        sampled_rows(static, settings),
        config,
        np.random.default_rng(settings.seed),
    )


def learn(encoder: Encoder, learning: Learning) -> None:
    config, data = learning.config, learning.data
    settings = config.s2
    lists = dual_lists(static_vectors(learning.student, data, config), data, settings)
    rows_of = batches(lists, len(data), settings, settings.seed)
    optimizer = torch.optim.AdamW(encoder.parameters(), lr=settings.learning_rate, weight_decay=0.01)

    def step() -> float:
        loss = joint_loss(encoder, learning, next(rows_of))
        take_step(optimizer, encoder, loss)
        return loss.item()

    kept = s2_file(config).with_suffix(".again")
    train_within(Budget(settings.minutes, settings.steps), {"encoder": encoder}, optimizer, step, kept)


def joint_loss(encoder: Encoder, learning: Learning, batch: Batch) -> torch.Tensor:
    config, rows = learning.config, batch.rows
    settings = config.s2
    keep = field_dropout(learning.data.bert, rows, settings, learning.generator)
    base = bases_of(learning.student, learning.data, rows, keep, config)
    queries, codes = vectors_of(encoder, learning.data, rows, keep, base, config, settings)
    scale, excluded = encoder.log_scale.exp() / settings.temperature, copies(base[1])
    loss = nested(queries, codes, lambda q, c: info_nce(q @ c.T * scale, excluded))
    taught = learning.taught_rows[rows]
    match = _match(queries, learning.taught.queries, taught) + _match(codes, learning.taught.codes, taught)
    return loss + settings.match_weight * match


def _match(found: torch.Tensor, side: Side, rows: NDArray[np.int64]) -> torch.Tensor:
    """0 where none of `rows` is taught."""
    place = side.place[rows]
    if not (place >= 0).any():
        return found.new_zeros(())
    return embedding_match(found[torch.from_numpy(place >= 0).to(found.device)], side.vectors[place[place >= 0]])
