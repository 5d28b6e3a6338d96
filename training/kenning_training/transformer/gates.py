"""
Which teachers may teach: one that does not rank the dev pools better than the static student, by `train.teacher_bar`,
makes its students worse. Each teacher is judged when it has been trained; the students' stages read the verdicts.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from kenning_training.config import Config
from kenning_training.metrics import macro_ndcg
from kenning_training.train import EncodedPool, load_student, pool_scores
from kenning_training.transformer.data import TwinPool

# What a teacher's opinion weighs in a student's loss, in the sections `train` and `s2`.
WEIGHTS = {"teacher": "match_weight", "late": "late_weight", "cross": "soft_weight"}


def judge(config: Config, teacher: str, figure: float, pools: Sequence[TwinPool], questions: int | None = None) -> bool:
    """
    Whether it may teach. `figure`: its macro NDCG@10 on the first `questions` of each pool. Keeps the verdict and
    prints it.
    """
    student = static_figure(config, pools, questions)
    passes = figure >= student + config.train.teacher_bar
    verdict = {"teacher": round(figure, 4), "student": round(student, 4), "passes": passes}
    known = _verdicts(config)
    gates_file(config).write_text(json.dumps(known | {teacher: verdict}, indent=2) + "\n")
    end = "may teach" if passes else f"teaches nothing: less than {config.train.teacher_bar} better"
    print(f"{teacher}: dev {figure:.4f}, the static student {student:.4f}: {end}", flush=True)
    return passes


def gated(config: Config) -> Config:
    """With the weight 0 for every teacher that was judged and did not pass."""
    failed: dict[str, Any] = {
        WEIGHTS[name]: 0.0 for name, verdict in _verdicts(config).items() if not verdict["passes"]
    }
    if failed:
        print(f"without what did not pass: {', '.join(failed)}", flush=True)
    return replace(config, train=replace(config.train, **failed), s2=replace(config.s2, **failed))


def gates_file(config: Config) -> Path:
    return config.prepare.folder / "gates.json"


def static_figure(config: Config, pools: Sequence[TwinPool], questions: int | None = None) -> float:
    student = load_student(config)
    read = (EncodedPool(pool.pool, pool.data.static) for pool in pools)
    return macro_ndcg(pool_scores(student, pool, config.train)[:questions] for pool in read)


def _verdicts(config: Config) -> dict[str, dict[str, float | bool]]:
    file = gates_file(config)
    return json.loads(file.read_text()) if file.exists() else {}
