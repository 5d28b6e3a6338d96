"""The export-transformers stage: S2 and R → `models/kenning-s2` and `models/kenning-r` as the product reads them."""

import json
from pathlib import Path
from typing import Any

import onnx

from kenning_training.config import Config
from kenning_training.export import EARLIER_RUN, commit, sha256, trained_on, write_card, write_golden
from kenning_training.serving import ServedModel
from kenning_training.template import QUERY_TEMPLATE
from kenning_training.transformer.distil import load_s2, s2_file
from kenning_training.transformer.golden import golden_scores, golden_vectors
from kenning_training.transformer.one_text import one_text_a_run
from kenning_training.transformer.onnx_encoder import build_cross_encoder, build_encoder
from kenning_training.transformer.reranker import load_r, r_file
from kenning_training.transformer.sequences import SPECIAL_TOKENS
from kenning_training.transformer.serving import ServedCrossEncoder, ServedEncoder
from kenning_training.transformer.teacher import teacher_file
from kenning_training.transformer.wordpiece import CLS, PAD, SEP, bert_tokenizer

FILES = ("model.onnx", "tokenizer.json")


def run(config: Config) -> None:
    """Those that are trained; each on top of the static student that is exported already."""
    if s2_file(config).exists():
        write_s2(config)
    elif (config.model.s2_folder / "model.json").exists():
        refit_s2(config)
    if r_file(config).exists():
        write_r(config)


def write_s2(config: Config) -> None:
    folder = config.model.s2_folder
    _write_graph(folder, one_text_a_run(build_encoder(load_s2(config).cpu(), config.s2.max_tokens)))
    refined = {"id": config.model.id, "sha256": sha256(config.model.folder / "model.onnx")}
    own = {"architecture": "transformer", "refines": refined, "dimensions": config.train.dimensions, "pooling": "mean"}
    card = _card(config, folder, config.s2.exported_tokens) | own
    went_on = config.s2.start != "" or not teacher_file(config).exists()
    write_card(folder, with_earlier_run(card) if went_on else card)
    write_golden(folder, golden_vectors(ServedEncoder(folder), ServedModel(config.model.folder)))


def refit_s2(config: Config) -> None:
    """An exported S2 on top of another static student: its graph stays, its card and golden texts say whose it is."""
    folder, static = config.model.s2_folder, ServedModel(config.model.folder)
    card = json.loads((folder / "model.json").read_text())
    refined = {"id": config.model.id, "sha256": sha256(config.model.folder / "model.onnx")}
    write_card(folder, card | {"codeTemplate": static.code_template, "refines": refined})
    write_golden(folder, golden_vectors(ServedEncoder(folder), static))


def with_earlier_run(card: dict[str, Any]) -> dict[str, Any]:
    return card | {"startedFrom": card["startedFrom"] + EARLIER_RUN}


def write_r(config: Config) -> None:
    folder = config.model.r_folder
    _write_graph(folder, build_cross_encoder(load_r(config).cpu(), config.r.max_tokens))
    own = {"architecture": "cross-encoder", "maxQueryTokens": config.r.max_query_tokens - SPECIAL_TOKENS}
    write_card(folder, _card(config, folder, config.r.max_tokens) | own)
    write_golden(folder, golden_scores(ServedCrossEncoder(folder)))


def _write_graph(folder: Path, model: onnx.ModelProto) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(model.SerializeToString())
    # Not the published file: that one pads every text, and here a text is a word.
    bert_tokenizer().save(str(folder / "tokenizer.json"), pretty=False)


def _card(config: Config, folder: Path, max_tokens: int) -> dict[str, Any]:
    """What both cards say; the evaluate stage adds the figures."""
    return {
        "id": folder.name,
        "files": {name: sha256(folder / name) for name in FILES},
        "maxTokens": max_tokens,
        "specialTokens": {"cls": CLS, "sep": SEP, "pad": PAD},
        "queryTemplate": QUERY_TEMPLATE,
        "codeTemplate": config.train.code_template,
        "wordSplitting": "kenning-1",
        "licence": "Apache-2.0",
        "startedFrom": "The layers started from all-MiniLM-L6-v2's (Apache-2.0), fine-tuned as the teacher.",
        "trainedOn": trained_on(config),
        "trainingCommit": commit(),
        "evaluation": {},
    }
