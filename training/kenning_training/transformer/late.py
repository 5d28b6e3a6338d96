"""
The late stage: trains the late-interaction teacher (C) on the examples that the dual encoder has embedded, then asks
for its opinion of their lists. It teaches together with the dual encoder (`beside_dual`).
"""

from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray

from kenning_training.clock import Budget, train_within
from kenning_training.config import Config, TransformerConfig
from kenning_training.losses import info_nce
from kenning_training.metrics import macro_ndcg
from kenning_training.progress import Progress
from kenning_training.train import load_student
from kenning_training.transformer import teacher as dual_teacher
from kenning_training.transformer.data import TwinData, TwinPool, twin_pools, without_docs
from kenning_training.transformer.encoder import minilm_layers
from kenning_training.transformer.gates import judge
from kenning_training.transformer.late_model import LateInteraction
from kenning_training.transformer.matched import Matched, late_file, matched_data
from kenning_training.transformer.mining import batches, copies
from kenning_training.transformer.sequences import Keep, code_sequences, query_sequences
from kenning_training.transformer.teacher import device, load_teacher, loaded, take_step
from kenning_training.transformer.vectors import at_rows

LISTS_AT_ONCE = 16
# Macro NDCG@10 of the dev pools of `adopted.toml`, 300 functions each: the dual encoder (S2) 0.855, late interaction
# alone 0.830, together 0.862 at a share of 0.2, 0.865 at a third, 0.863 at a half.
LATE_SHARE = 1 / 3

Scores = TypeVar("Scores", NDArray[np.float32], torch.Tensor)


def run(config: Config) -> None:
    if config.train.late_weight == config.s2.late_weight == 0:
        print("late interaction teaches nothing in this configuration: not trained", flush=True)
        return
    torch.manual_seed(config.late.seed)
    matched, pools = matched_data(config), twin_pools(config, "dev", config.late.check_pool)
    model = LateInteraction(load_teacher(config).bert).to(device())
    dual = dual_scores(pools, config)
    print(f"late interaction before training: dev {dev_figure(model, pools, dual, config):.4f}", flush=True)
    train(model, matched, config)
    torch.save(model.state_dict(), checkpoint_file(config))
    if judge(config, "late", dev_figure(model, pools, dual, config), pools):
        np.savez(late_file(config), lists=matched.lists, logits=opinions(model, matched, config))


def checkpoint_file(config: Config) -> Path:
    return config.prepare.folder / "late.pt"


def load_late(config: Config) -> LateInteraction:
    return loaded(LateInteraction(minilm_layers(config.teacher.layers)), checkpoint_file(config))


def train(model: LateInteraction, matched: Matched, config: Config) -> None:
    settings = config.late
    rows_of = batches(matched.lists, len(matched.data), settings, settings.seed)
    optimizer = torch.optim.AdamW(model.parameters(), lr=settings.learning_rate, weight_decay=0.01)

    def step() -> float:
        rows = next(rows_of).rows
        scores = late_scores(model, matched.data, rows, at_rows(matched.keep, rows), config, settings)
        logits = scores * (model.log_scale.exp() / settings.temperature)
        loss = info_nce(logits, copies(matched.vectors.codes[rows]))
        take_step(optimizer, model, loss)
        return loss.item()

    kept = checkpoint_file(config).with_suffix(".partial")
    train_within(Budget(settings.minutes, settings.steps), {"model": model}, optimizer, step, kept)


def late_scores(
    model: LateInteraction,
    data: TwinData,
    rows: NDArray[np.int64],
    keep: Keep,
    config: Config,
    settings: TransformerConfig,
) -> torch.Tensor:
    """Every question of the rows with every function of them."""
    queries = query_sequences(data.bert, rows, settings.max_query_tokens)
    codes = code_sequences(data.bert, rows, config.train.code_template, settings.max_tokens, keep)
    return model(queries, codes, settings.cells)


@torch.no_grad()
def opinions(model: LateInteraction, matched: Matched, config: Config) -> NDArray[np.float32]:
    """[lists, group]: each list's question with its functions, the dual encoder's part in them."""
    progress, found = Progress("opinions", len(matched.lists)), []
    for start in range(0, len(matched.lists), LISTS_AT_ONCE):
        lists = matched.lists[start : start + LISTS_AT_ONCE]
        rows, place = np.unique(lists, return_inverse=True)
        scores = late_scores(model, matched.data, rows, at_rows(matched.keep, rows), config, config.late)
        place = place.reshape(lists.shape)
        dual = matched.vectors.list_scores(lists).cpu().numpy()
        found.append(beside_dual(scores.cpu().numpy()[place[:, :1], place], dual))
        progress.step(len(lists))
    progress.close()
    return np.concatenate(found)


@torch.no_grad()
def pool_scores(model: LateInteraction, pool: TwinPool, config: Config) -> NDArray[np.float32]:
    settings, rows = config.late, np.arange(len(pool.data))
    template = config.train.code_template
    codes = code_sequences(pool.data.bert, rows, template, settings.max_tokens, without_docs(rows))
    queries = query_sequences(pool.data.bert, pool.queries, settings.max_query_tokens)
    return model(queries, codes, settings.cells).cpu().numpy()


def dual_scores(pools: list[TwinPool], config: Config) -> list[NDArray[np.float32]]:
    """The dual encoder's of each pool, [questions, functions]."""
    teacher, student = load_teacher(config), load_student(config)
    return [dual_teacher.pool_scores(teacher, student, pool, config, config.teacher) for pool in pools]


def beside_dual(late: Scores, dual: Scores) -> Scores:
    """What the two say together, in −1 … 1."""
    return LATE_SHARE * late + (1 - LATE_SHARE) * dual


def dev_figure(model: LateInteraction, pools: list[TwinPool], dual: list[NDArray[np.float32]], config: Config) -> float:
    late = (pool_scores(model, pool, config) for pool in pools)
    return macro_ndcg(beside_dual(*both) for both in zip(late, dual, strict=True))
