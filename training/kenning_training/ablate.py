"""
The ablate stage: the static student distilled again and again with one method left out, same seed and budget, each on
the test pools. Only what is at hand can be left out: a teacher whose weight is 0 in the configuration has no row. But
questions that are there and do not teach have one, with them: that they pass their gate does not show what they do.
"""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from kenning_training.config import Config, TrainConfig
from kenning_training.distil_static import Learning, distil
from kenning_training.generator.generate import samples_file
from kenning_training.metrics import bootstrap_interval, gains, macro, ranks_of
from kenning_training.student import Student
from kenning_training.targets import read_targets
from kenning_training.train import EncodedPool, encoded_pools, load_student, pool_scores, training_data
from kenning_training.transformer.gates import gated

# What is left out when its weight is 0.
TERMS = {
    "A, generated questions": "generated_share",
    "B, the teacher's vectors": "match_weight",
    "C, late interaction": "late_weight",
    "D, soft labels": "soft_weight",
    "E, lists mined by rank": "list_weight",
}


def run(config: Config) -> None:
    config = gated(config)
    pools, dev = encoded_pools(config, "test"), encoded_pools(config, "dev")
    found = {name: _terms_of(config, settings, pools, dev) for name, settings in variants(config).items()}
    start = _gains(load_student(config), pools, config.train)
    rows = {name: _row(terms, found["all"], pools) for name, terms in (found | {"before distillation": start}).items()}
    ablation_file(config).write_text(json.dumps(rows, indent=2) + "\n")
    print(json.dumps(rows, indent=2))


def variants(config: Config) -> dict[str, TrainConfig]:
    """By the names of their rows."""
    full = replace(config.train, distil_epochs=config.train.ablation_epochs)
    found = {"all": full} | {
        f"without {name}": replace(full, **{term: 0.0})  # type: ignore[arg-type]
        for name, term in TERMS.items()
        if getattr(full, term) > 0
    }
    if full.generated_share == 0 and samples_file(config).exists():
        found["with A, generated questions"] = replace(full, generated_share=TrainConfig.generated_share)
    return found


def ablation_file(config: Config) -> Path:
    return config.prepare.folder / "ablation.json"


def _terms_of(
    config: Config, settings: TrainConfig, pools: list[EncodedPool], dev: list[EncodedPool]
) -> list[np.ndarray]:
    """NDCG@10's terms on each pool."""
    torch.manual_seed(settings.seed)
    data = training_data(config)
    changed = replace(config, train=settings)
    learning = Learning(data, read_targets(changed, data), settings, np.random.default_rng(settings.seed + 1))
    student = distil(load_student(config), learning, dev)
    return _gains(student, pools, settings)


def _gains(student: Student, pools: list[EncodedPool], settings: TrainConfig) -> list[np.ndarray]:
    return [gains(ranks_of(pool_scores(student, pool, settings), pool.queries)) for pool in pools]


def _row(terms: list[np.ndarray], full: list[np.ndarray], pools: list[EncodedPool]) -> dict[str, object]:
    clusters = [np.unique(pool.pool.projects, return_inverse=True)[1] for pool in pools]
    low, high = bootstrap_interval([f - t for f, t in zip(full, terms, strict=True)], clusters)
    return {"ndcg10": round(macro(terms), 4), "lost": round(macro(full) - macro(terms), 4), "low": low, "high": high}
