"""A later round of S2, from the exported models alone."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from kenning_training.config import Config
from kenning_training.export import EARLIER_RUN, sha256
from kenning_training.serving import ServedModel
from kenning_training.student import CODE
from kenning_training.template import code_text
from kenning_training.transformer import distil_again, taught
from kenning_training.transformer import export as export_transformers
from kenning_training.transformer.data import twin_pools
from kenning_training.transformer.distil import load_s2
from kenning_training.transformer.distil_again import Learning, joint_loss, learn, read_learning
from kenning_training.transformer.encoder import Encoder
from kenning_training.transformer.exported_encoder import exported_encoder
from kenning_training.transformer.mining import Batch
from kenning_training.transformer.serving import ServedEncoder
from kenning_training.transformer.teacher import dev_figure, pool_scores

READ_TOKENS = 40


@pytest.fixture(scope="module")
def exported(config: Config, tmp_path_factory: pytest.TempPathFactory) -> Config:
    """What is left when only the exported models of the first run are, and what S2 says of the training split."""
    cache = tmp_path_factory.mktemp("s2-again")
    shutil.copytree(config.prepare.folder, cache / "prepared")
    for file in (cache / "prepared").glob("*.pt"):
        file.unlink()
    shutil.copytree(config.model.folder.parent, cache / "models")
    found = replace(
        config,
        prepare=replace(config.prepare, folder=cache / "prepared"),
        s2=replace(config.s2, read_tokens=READ_TOKENS, steps=40),
        model=replace(config.model, folder=cache / "models" / config.model.folder.name),
    )
    taught.run(found)
    return found


@pytest.fixture(scope="module")
def learning(exported: Config) -> Learning:
    return read_learning(replace(exported, s2=exported.s2.as_exported))


def dev(encoder: Encoder, learning: Learning) -> float:
    config = learning.config
    return dev_figure(encoder, learning.student, twin_pools(config, "dev", 100), config, config.s2)


def test_the_exported_s2_is_read_back_as_it_scores(exported: Config, learning: Learning) -> None:
    (pool,) = twin_pools(exported, "test", 60)
    settings = replace(exported.s2, max_tokens=json.loads(card_of(exported))["maxTokens"])
    found = pool_scores(exported_encoder(exported.model.s2_folder), learning.student, pool, exported, settings)
    served, refiner = ServedModel(exported.model.folder), ServedEncoder(exported.model.s2_folder)
    texts = [code_text(served.code_template, f.as_dict() | {"doc": ""}) for f in pool.pool.functions]
    queries = refiner.embed(pool.pool.queries, served.embed(pool.pool.queries, 0))
    assert np.abs(found - queries @ refiner.embed(texts, served.embed(texts, CODE)).T).max() < 0.06


def test_an_s2_that_knows_little_learns_again(exported: Config, learning: Learning) -> None:
    encoder = exported_encoder(exported.model.s2_folder)
    with torch.no_grad():
        weight = encoder.projection.weight
        # So much that what the static student knows by itself does not count.
        weight.copy_(3 * torch.randn(weight.shape, generator=torch.Generator().manual_seed(3)))
    before = dev(encoder, learning)
    assert before < 0.8
    learn(encoder, learning)
    assert dev(encoder, learning) > before + 0.1


def test_what_was_taught_weighs_in_the_loss(exported: Config, learning: Learning) -> None:
    encoder, rows = exported_encoder(exported.model.s2_folder), np.arange(32)
    batch = Batch(rows, rows[:0, None], rows[:0])
    with_match, without = (
        joint_loss(encoder, replace(learning, config=config, generator=np.random.default_rng(1)), batch)
        for config in (learning.config, replace(learning.config, s2=replace(learning.config.s2, match_weight=0.0)))
    )
    assert with_match > without


def test_s2_is_exported_anew_and_says_that_it_went_on(exported: Config) -> None:
    before = sha256(exported.model.s2_folder / "model.onnx")
    distil_again.run(exported)
    export_transformers.run(exported)
    card = json.loads(card_of(exported))
    assert card["files"]["model.onnx"] == sha256(exported.model.s2_folder / "model.onnx") != before
    assert card["maxTokens"] == READ_TOKENS
    assert card["startedFrom"].endswith(EARLIER_RUN)
    kept, back = load_s2(exported), exported_encoder(exported.model.s2_folder)
    assert torch.allclose(kept.projection.weight, back.projection.weight)


def card_of(config: Config) -> str:
    return (Path(config.model.s2_folder) / "model.json").read_text()
