"""The export stage: the trained student → `models/<id>/` as the product reads it."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kenning_training import onnx_model
from kenning_training.config import CHECKOUT, Config
from kenning_training.distil_static import s1_file
from kenning_training.encoded import Encoded
from kenning_training.golden import GOLDEN_TEXTS
from kenning_training.serving import ServedModel
from kenning_training.student import CODE, QUERY, SIDE_NAMES, Student
from kenning_training.template import QUERY_TEMPLATE, fields_of
from kenning_training.tokenizer import tokenizer_file
from kenning_training.train import checkpoint_file, load_student, training_data

# `trainedOn` says what the last run read; what the ones before it read is in the training's README.
EARLIER_RUN = " This is the last of several runs, each of which went on from the one before (training/README.md)."


def run(config: Config) -> None:
    folder = config.model.folder
    folder.mkdir(parents=True, exist_ok=True)
    student = load_student(config, s1_file(config))
    table, weights = student.table.detach().numpy(), student.log_weights.detach().exp().numpy()
    model = onnx_model.build(table, weights, token_use(training_data(config), len(table)))
    onnx_model.save(model, folder / "model.onnx")
    shutil.copyfile(tokenizer_file(config), folder / "tokenizer.json")
    write_card(folder, card(config, folder, student))
    (folder / "golden.json").write_text(json.dumps(golden(ServedModel(folder)), ensure_ascii=True) + "\n")
    print({file.name: file.stat().st_size for file in sorted(folder.iterdir())})


def token_use(data: Encoded, vocabulary: int) -> NDArray[np.float32]:
    """[V]: each token's share of what questions say and of what functions say, added up."""
    counts = {name: np.bincount(field.tokens, minlength=vocabulary) for name, field in data.fields.items()}
    questions = counts["query"]
    functions = sum((counts[name] for name in ("name", "qualifiedName", "path", "doc", "code")), np.zeros(vocabulary))
    return (questions / max(1, questions.sum()) + functions / max(1, functions.sum())).astype(np.float32)


def card(config: Config, folder: Path, student: Student) -> dict[str, Any]:
    """`model.json`, but for the figures, which the evaluate stage adds."""
    earlier = "" if checkpoint_file(config).exists() else EARLIER_RUN
    return {
        "id": config.model.id,
        "files": {name: sha256(folder / name) for name in ("model.onnx", "tokenizer.json")},
        "dimensions": config.train.dimensions,
        "maxTokens": config.train.max_tokens,
        "pooling": "weighted-sum",
        "termWeight": "log2(1+sum of place factors)",
        "placeFactors": {
            "query": student.factors(QUERY, 1),
            "code": student.factors(CODE, len(fields_of(config.train.code_template))),
        },
        "queryTemplate": QUERY_TEMPLATE,
        "codeTemplate": config.train.code_template,
        "wordSplitting": "kenning-1",
        "licence": "MIT",
        "trainingCommit": commit(),
        "startedFrom": "The table started from all-MiniLM-L6-v2's (Apache-2.0) view of each subword." + earlier,
        "trainedOn": trained_on(config),
        "evaluation": {},
    }


def trained_on(config: Config) -> dict[str, int]:
    """Pairs of the training split by language."""
    counts = json.loads((config.prepare.folder / "counts.json").read_text())
    return {language: row["pairs"] for language, row in counts["train"].items()}


def write_card(folder: Path, content: dict[str, Any]) -> None:
    (folder / "model.json").write_text(json.dumps(content, indent=2) + "\n")


def write_golden(folder: Path, entries: list[dict[str, Any]]) -> None:
    (folder / "golden.json").write_text(json.dumps(entries, ensure_ascii=True) + "\n")


def golden(model: ServedModel) -> list[dict[str, Any]]:
    """Texts of both sides with their ids and vectors: what the product's own tokenizer and runtime must reproduce."""
    entries = []
    for side, name in SIDE_NAMES.items():
        vectors = model.embed(GOLDEN_TEXTS, side)
        for text, vector in zip(GOLDEN_TEXTS, vectors, strict=True):
            rounded = [round(float(value), 6) for value in vector]
            entries.append({"text": text, "side": name, "ids": model.token_ids(text), "vector": rounded})
    return entries


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def commit() -> str:
    command = ["git", "rev-parse", "HEAD"]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=CHECKOUT).stdout.strip()
