"""
The cross stage: the cross-encoder teacher (D, E), trained on mined lists, then asked for its opinion of all lists for
the students to learn from.
"""

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from kenning_training.config import Config, TransformerConfig
from kenning_training.metrics import macro_ndcg
from kenning_training.progress import Progress
from kenning_training.student import Student
from kenning_training.train import load_student
from kenning_training.transformer.cross import CrossEncoder
from kenning_training.transformer.data import TwinPool, twin_pools
from kenning_training.transformer.encoder import Encoder, minilm_layers
from kenning_training.transformer.gates import judge
from kenning_training.transformer.lists import ListTask, list_logits, rescored, train_on_lists
from kenning_training.transformer.matched import matched_data, soft_file
from kenning_training.transformer.teacher import device, load_teacher, loaded, pool_scores

LISTS_AT_ONCE = 64
# A cross-encoder reads each question with each of its first hits: a glance at some of a pool's questions must do.
GLANCE = 50


def run(config: Config) -> None:
    if config.train.soft_weight == config.s2.soft_weight == 0:
        print("soft labels teach nothing in this configuration: no cross-encoder is trained", flush=True)
        return
    torch.manual_seed(config.cross.seed)
    matched = matched_data(config)
    task = ListTask(matched.data, matched.keep, matched.vectors, config, config.cross)
    model = cross_on_top(load_teacher(config))
    train_on_lists(model, task, matched.lists, "cross")
    torch.save(model.state_dict(), cross_file(config))
    pools = twin_pools(config, "dev", config.cross.check_pool)
    figure = print_dev(model, load_teacher(config), load_student(config), pools, config, config.cross)
    if judge(config, "cross", figure, pools, GLANCE):
        np.savez(soft_file(config), lists=matched.lists, logits=opinions(model, task, matched.lists))


def cross_file(config: Config) -> Path:
    return config.prepare.folder / "cross.pt"


def load_cross(config: Config) -> CrossEncoder:
    return loaded(CrossEncoder(minilm_layers(config.teacher.layers), config.train.dimensions), cross_file(config))


def cross_on_top(encoder: Encoder) -> CrossEncoder:
    """A cross-encoder that begins with a dual encoder's layers and projection."""
    model = CrossEncoder(encoder.bert, encoder.projection.out_features)
    model.projection.load_state_dict(encoder.projection.state_dict())
    return model.to(device())


def print_dev(
    model: CrossEncoder,
    dual: Encoder,
    student: Student,
    pools: list[TwinPool],
    config: Config,
    settings: TransformerConfig,
) -> float:
    """Macro NDCG@10 of the dual encoder, alone and re-scored, on each pool's first questions; returns the latter."""
    before = [pool_scores(dual, student, pool, config, settings)[:GLANCE] for pool in pools]
    after = (rescored(model, pool, scores, config, settings) for pool, scores in zip(pools, before, strict=True))
    figure = macro_ndcg(after)
    print(f"dual encoder: dev {macro_ndcg(before):.4f}, re-scored {figure:.4f}", flush=True)
    return figure


@torch.no_grad()
def opinions(model: CrossEncoder, task: ListTask, lists: NDArray[np.int64]) -> NDArray[np.float32]:
    """[lists, group] logits, the dual encoder's part in them."""
    progress, found = Progress("opinions", len(lists)), []
    for start in range(0, len(lists), LISTS_AT_ONCE):
        part = lists[start : start + LISTS_AT_ONCE]
        found.append(list_logits(model, task, part).float().cpu().numpy())
        progress.step(len(part))
    progress.close()
    return np.concatenate(found)
