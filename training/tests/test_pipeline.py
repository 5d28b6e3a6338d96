"""What the stages leave behind, from prepared examples to the static student's exported model."""

import json

import numpy as np
import onnxruntime
import pytest
from tokenizers import Tokenizer

from kenning_training import distil_static, export, onnx_model, train
from kenning_training.config import Config
from kenning_training.distil_static import s1_file
from kenning_training.golden import GOLDEN_TEXTS
from kenning_training.product_codes import product_codes
from kenning_training.serving import ServedModel
from kenning_training.student import CODE, QUERY
from kenning_training.template import code_text
from kenning_training.train import encoded_pools, pool_scores
from tests.conftest import FUNCTIONS


def test_prepare_keeps_projects_apart_and_counts_them(config: Config) -> None:
    counts = json.loads((config.prepare.folder / "counts.json").read_text())
    for split, wanted in FUNCTIONS.items():
        assert counts[split]["python"]["projects"] == 1
        assert 0.9 * wanted <= counts[split]["python"]["pairs"] <= wanted


def test_the_student_learns_what_word_matching_cannot(config: Config) -> None:
    figures = json.loads((config.model.folder / "model.json").read_text())["evaluation"]["ndcg10"]
    assert figures["BM25"] < 0.2
    assert figures["S1 float"] > figures["BM25"] + 0.3
    assert figures["S1"] > figures["S1 float"] - 0.02


def test_the_exported_model_scores_as_the_trained_one(config: Config) -> None:
    served, student = ServedModel(config.model.folder), train.load_student(config, s1_file(config))
    (pool,) = encoded_pools(config, "test")
    trained = pool_scores(student, pool, config.train)
    texts = [code_text(served.code_template, f.as_dict() | {"doc": ""}) for f in pool.pool.functions]
    exported = served.embed(pool.pool.queries, QUERY) @ served.embed(texts, CODE).T
    assert np.abs(trained - exported).max() < 0.06  # product codes: a rare token's row is met to some 5 % of its square
    assert np.abs(trained - exported).mean() < 0.015


def test_an_empty_text_has_the_zero_vector_and_others_unit_length(config: Config) -> None:
    vectors = ServedModel(config.model.folder).embed(["", "finds the thing"], QUERY)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([0.0, 1.0], abs=1e-5)


def test_golden_texts_hold_both_sides_and_their_own_vectors(config: Config) -> None:
    entries = json.loads((config.model.folder / "golden.json").read_text())
    assert len(entries) == 2 * len(GOLDEN_TEXTS)
    served = ServedModel(config.model.folder)
    tokenizer = Tokenizer.from_file(str(config.model.folder / "tokenizer.json"))
    for entry in entries:
        assert all(0 < token < tokenizer.get_vocab_size() for token in entry["ids"])
        (vector,) = served.embed([entry["text"]], CODE if entry["side"] == "code" else QUERY)
        assert np.abs(vector - np.array(entry["vector"])).max() < 1e-5


def test_padding_changes_no_vector(config: Config) -> None:
    session = onnxruntime.InferenceSession(config.model.folder / "model.onnx")

    def run(ids: list[int], weights: list[float]) -> np.ndarray:
        feed = {"input_ids": np.array([ids]), "weights": np.array([weights], np.float32), "side": np.array([CODE])}
        return session.run(["embedding"], feed)[0]

    assert np.allclose(run([5, 9], [1.0, 2.0]), run([5, 9, 0, 0], [1.0, 2.0, 0.0, 0.0]), atol=1e-6)


def test_the_card_names_the_files_by_their_content(config: Config) -> None:
    card = json.loads((config.model.folder / "model.json").read_text())
    assert card["files"] == {
        name: export.sha256(config.model.folder / name) for name in ("model.onnx", "tokenizer.json")
    }


def test_a_second_training_gives_the_same_student(config: Config) -> None:
    first = (config.model.folder / "model.onnx").read_bytes()
    train.run(config)
    distil_static.run(config)
    export.run(config)
    assert (config.model.folder / "model.onnx").read_bytes() == first


def test_product_codes_meet_rows_the_nearer_the_more_they_matter() -> None:
    generator = np.random.default_rng(5)
    rows = generator.standard_normal((3_000, 8)).astype(np.float32)
    weights = np.where(np.arange(3_000) < 300, 100.0, 0.1).astype(np.float32)
    found = product_codes(rows, weights, pieces=2)
    met = np.concatenate([found.books[piece][found.codes[:, piece]] for piece in range(2)], axis=1)
    errors = np.square(met - rows).sum(axis=1) / np.square(rows).sum(axis=1)
    assert errors.mean() < 0.15
    assert errors[:300].mean() < errors[300:].mean() / 2


def test_a_graph_gives_the_tables_rows_back() -> None:
    """Each token alone: the commonest as good as exact, the others nearly; weights are those of the side."""
    generator = np.random.default_rng(6)
    table = generator.standard_normal((2_000, 64)).astype(np.float32)
    side_weights = np.stack([np.ones(2_000, np.float32), np.full(2_000, 2.0, np.float32)])
    use = generator.permutation(2_000).astype(np.float32)
    model = onnx_model.build(table, side_weights, use)
    session = onnxruntime.InferenceSession(model.SerializeToString())
    feed = {
        "input_ids": np.arange(2_000)[:, None],
        "weights": np.ones((2_000, 1), np.float32),
        "side": np.array([QUERY]),
    }
    cosines = (session.run(["embedding"], feed)[0] * table).sum(axis=1) / np.linalg.norm(table, axis=1)
    common = np.argsort(-use)[: round(onnx_model.WHOLE_SHARE * 2_000)]
    assert cosines[common].min() > 0.999
    assert cosines.mean() > 0.9
