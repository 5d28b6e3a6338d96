"""The evaluate stage: every system that is at hand on the frozen test pools → `RESULTS.md` and the models' cards."""

import json
import os
from pathlib import Path

from kenning_training.config import CHECKOUT, SOURCES_LIST, Config
from kenning_training.corpus.sources_list import licence_counts
from kenning_training.evaluation.cosqa import cosqa_figures
from kenning_training.evaluation.figures import Figures, measure, summary
from kenning_training.evaluation.report import report
from kenning_training.evaluation.speed import speeds
from kenning_training.evaluation.systems import Asked, systems
from kenning_training.export import write_card
from kenning_training.model_card import model_card
from kenning_training.train import encoded_pools
from kenning_training.transformer.data import twin_pools

RESULTS = CHECKOUT / "training" / "RESULTS.md"


def run(config: Config) -> None:
    compared = systems(config)
    statics, twins = encoded_pools(config, "test"), twin_pools(config, "test", config.prepare.pool_size)
    asked = [Asked(static.pool, static, twin) for static, twin in zip(statics, twins, strict=True)]
    figures = measure(asked, compared)
    cosqa_folder = os.environ.get("KENNING_COSQA")
    cosqa = cosqa_figures(Path(cosqa_folder), config) if cosqa_folder else {}
    text = report(figures, cosqa, speeds(config, asked[0]), _ablation(config), config.evaluation.note)
    print(text)
    if config.model.folder.is_relative_to(CHECKOUT):
        RESULTS.write_text(text)
    for folder in (config.model.folder, config.model.s2_folder, config.model.r_folder):
        if (folder / "model.json").exists():
            write_figures(folder, figures)


def write_figures(folder: Path, figures: Figures) -> None:
    """Into the model's card, for programs and for people."""
    card = json.loads((folder / "model.json").read_text()) | {"evaluation": summary(figures)}
    write_card(folder, card)
    (folder / "README.md").write_text(model_card(card, licence_counts(SOURCES_LIST)))


def _ablation(config: Config) -> dict[str, dict[str, float]]:
    """What the ablate stage found, or nothing where it was not run."""
    file = config.prepare.folder / "ablation.json"
    return json.loads(file.read_text()) if file.exists() else {}
