"""`python -m kenning_training STAGE [--config FILE] [--cache DIR]`: one stage of making a student, or `all` of them."""

import argparse
import importlib
from pathlib import Path

from kenning_training.config import CONFIGS, read_config

# Each stage's module has `run(config)` and keeps what it made under the cache, so that a stage can be run again alone.
STAGES = {
    "corpus": "kenning_training.corpus.stage",
    "prepare": "kenning_training.prepare.stage",
    "tokenizer": "kenning_training.tokenizer",
    "train": "kenning_training.train",
    "teacher": "kenning_training.transformer.teacher",
    "embed": "kenning_training.transformer.vectors",
    "late": "kenning_training.transformer.late",
    "cross": "kenning_training.transformer.soft",
    "generator": "kenning_training.generator.stage",
    "generate": "kenning_training.generator.generate",
    "s1": "kenning_training.distil_static",
    "s2": "kenning_training.transformer.distil",
    "r": "kenning_training.transformer.reranker",
    "expand": "kenning_training.generator.expand",
    "export": "kenning_training.export",
    "export-transformers": "kenning_training.transformer.export",
    "ablate": "kenning_training.ablate",
    "evaluate": "kenning_training.evaluation.stage",
}
# Not among `all`: what ships as teacher and student of a later run, queries without a card, a later round for either
# student alone, two for a machine with a GPU and no network, what the product's ranking is chosen by, and a faster
# graph for an S2 that was exported before it had one.
APART = {
    "adopt": "kenning_training.adopt",
    "translate": "kenning_training.generator.translate",
    "teach": "kenning_training.transformer.taught",
    "s1-again": "kenning_training.distil_again",
    "s2-again": "kenning_training.transformer.distil_again",
    "pack": "kenning_training.pack",
    "unpack": "kenning_training.unpack",
    "questions": "kenning_training.questions",
    "one-text": "kenning_training.transformer.one_text",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="kenning_training", description=__doc__)
    parser.add_argument("stage", choices=[*STAGES, *APART, "all"])
    parser.add_argument("--config", type=Path, default=CONFIGS / "cpu.toml")
    parser.add_argument("--cache", type=Path, default=None, help="where downloads and intermediate files go")
    arguments = parser.parse_args()
    config = read_config(arguments.config, arguments.cache)
    for stage in STAGES if arguments.stage == "all" else [arguments.stage]:
        importlib.import_module((STAGES | APART)[stage]).run(config)


if __name__ == "__main__":
    main()
