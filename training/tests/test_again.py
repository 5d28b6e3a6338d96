"""A later round of S1: taught by the exported S2, which then stands on it."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from kenning_training import distil_again, export
from kenning_training.config import Config
from kenning_training.distil_again import read_learning
from kenning_training.distil_static import s1_file
from kenning_training.export import sha256
from kenning_training.exported_student import exported_student
from kenning_training.serving import ServedModel
from kenning_training.student import CODE, QUERY
from kenning_training.template import code_text
from kenning_training.train import dev_figure, encoded_pools, load_student, pool_scores, training_data
from kenning_training.transformer import export as export_transformers
from kenning_training.transformer import taught
from kenning_training.transformer.serving import ServedEncoder
from kenning_training.transformer.taught import load_taught


@pytest.fixture(scope="module")
def again(config: Config, tmp_path_factory: pytest.TempPathFactory) -> Config:
    """What is left when only the exported models of the first run are."""
    cache = tmp_path_factory.mktemp("again")
    shutil.copytree(config.prepare.folder, cache / "prepared")
    for file in ("student.pt", "teacher.pt", "s1.pt", "s2.pt"):
        (cache / "prepared" / file).unlink()
    shutil.copytree(config.model.folder.parent, cache / "models")
    found = replace(
        config,
        prepare=replace(config.prepare, folder=cache / "prepared"),
        train=replace(config.train, again_steps=30, again_checks=2, taught_batch=64),
        model=replace(config.model, folder=cache / "models" / config.model.folder.name),
    )
    taught.run(found)
    distil_again.run(found)
    return found


def test_the_exported_student_is_read_back_as_it_scores(config: Config) -> None:
    student, served = exported_student(config.model.folder), ServedModel(config.model.folder)
    (pool,) = encoded_pools(config, "test")
    texts = [code_text(served.code_template, f.as_dict() | {"doc": ""}) for f in pool.pool.functions]
    exported = served.embed(pool.pool.queries, QUERY) @ served.embed(texts, CODE).T
    assert np.abs(pool_scores(student, pool, config.train) - exported).max() < 0.01


def test_a_student_that_knows_little_learns_from_what_is_taught(again: Config) -> None:
    student, pools = exported_student(again.model.folder), encoded_pools(again, "dev")
    with torch.no_grad():
        noise = torch.randn(student.table.shape, generator=torch.Generator().manual_seed(3)) / 16
        student.table.copy_(0.1 * student.table + noise)
    before, factors = dev_figure(student, pools, again.train), student.log_factors.detach().clone()
    assert before < 0.7
    distil_again.keep_best(student, distil_again.steps_of(student, read_learning(again)), pools, again.train)
    assert dev_figure(student, pools, again.train) > before + 0.1
    assert not torch.equal(student.log_factors, factors)


def test_what_is_kept_lies_between_the_two_rounds(again: Config) -> None:
    before, after = exported_student(again.model.folder), exported_student(again.model.folder)
    with torch.no_grad():
        after.table.copy_(3 * after.table.roll(1, dims=1))
        after.log_factors.add_(1)
    for share, same in ((0.0, before), (1.0, after)):
        kept = distil_again.between(before, after, share)
        pools = encoded_pools(again, "dev")
        assert dev_figure(kept, pools, again.train) == pytest.approx(dev_figure(same, pools, again.train), abs=1e-3)
    half = distil_again.between(before, after, 0.5)
    assert torch.allclose(half.log_factors, before.log_factors + 0.5)
    assert torch.allclose(half.log_weights, before.log_weights + np.log(3) / 2, atol=1e-5)


def test_a_round_that_gains_nothing_leaves_the_student_as_it_was(again: Config) -> None:
    pools = encoded_pools(again, "dev")
    before, after = exported_student(again.model.folder), load_student(again, s1_file(again))
    assert dev_figure(after, pools, again.train) >= dev_figure(before, pools, again.train)


def test_what_is_taught_is_what_s2_says(again: Config) -> None:
    data = training_data(again)
    found = load_taught(again, data)
    assert (found.queries.place >= 0).sum() == len(found.queries.vectors) > len(found.codes.vectors) > 0
    served, refiner = ServedModel(again.model.folder), ServedEncoder(again.model.s2_folder)
    examples = taught.read_split(taught.examples_file(again, "train"))
    rows = [row for row in range(200) if examples[row].query and found.queries.place[row] >= 0][:20]
    queries = [examples[row].query for row in rows]
    said = refiner.embed(queries, served.embed(queries, QUERY))
    kept = found.queries.vectors[found.queries.place[rows]].numpy()
    assert (said * kept).sum(axis=1).min() > 0.999


def test_s2_stands_on_the_new_student_with_its_graph_unchanged(again: Config) -> None:
    graph = sha256(again.model.s2_folder / "model.onnx")
    export.run(again)
    export_transformers.run(again)
    card = json.loads((again.model.s2_folder / "model.json").read_text())
    assert card["files"]["model.onnx"] == graph == sha256(again.model.s2_folder / "model.onnx")
    assert card["refines"]["sha256"] == sha256(again.model.folder / "model.onnx")
    golden = json.loads((Path(again.model.s2_folder) / "golden.json").read_text())
    entry = next(entry for entry in golden if len(entry["ids"]) > 2)
    side = CODE if entry["side"] == "code" else QUERY
    base = ServedModel(again.model.folder).embed([entry["text"]], side)
    vector = ServedEncoder(again.model.s2_folder).embed([entry["text"]], base)[0]
    assert np.abs(vector - np.array(entry["vector"])).max() < 1e-5
