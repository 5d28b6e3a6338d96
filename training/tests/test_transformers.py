"""What the transformer stages leave behind, and that each of their losses pulls where it should."""

import json
from dataclasses import replace

import numpy as np
import pytest
import torch

from kenning_training import losses
from kenning_training.config import Config
from kenning_training.distil_static import s1_file
from kenning_training.export import sha256
from kenning_training.pools import build_pools
from kenning_training.prepare.stage import examples_file, read_split
from kenning_training.serving import ServedModel
from kenning_training.student import CODE
from kenning_training.template import code_text
from kenning_training.train import encoded_pools, load_student
from kenning_training.transformer import data, teacher
from kenning_training.transformer.cross import pairs_of
from kenning_training.transformer.data import sampled_data, twin_pools
from kenning_training.transformer.distil import first_encoder, load_s2
from kenning_training.transformer.graph import quantize_weights
from kenning_training.transformer.matched import late_file, matched_data, soft_file
from kenning_training.transformer.mining import Retriever, batches, mine_lists
from kenning_training.transformer.sequences import blocks, code_sequences, framed
from kenning_training.transformer.serving import ServedCrossEncoder, ServedEncoder
from kenning_training.transformer.teacher import first_teacher, load_teacher
from kenning_training.transformer.vectors import load_vectors
from kenning_training.transformer.wordpiece import CLS, SEP


def figures(config: Config) -> dict[str, float]:
    return json.loads((config.model.s2_folder / "model.json").read_text())["evaluation"]["ndcg10"]


def test_every_system_is_measured(config: Config) -> None:
    teachers = {"teacher", "teacher + late interaction", "teacher + cross-encoder"}
    students = {"S1", "S2", "S2, half of the functions S1", "S2 + R"}
    assert {"BM25", "all-MiniLM-L6-v2"} | teachers | students <= set(figures(config))


def test_transformers_learn_what_word_matching_cannot(config: Config) -> None:
    found = figures(config)
    learnt = ("teacher", "teacher + late interaction", "teacher + cross-encoder", "S2", "S2 + R")
    assert min(found[name] for name in learnt) > found["BM25"] + 0.3


def test_s2_is_as_good_in_int8(config: Config) -> None:
    found = figures(config)
    assert found["S2"] > found["S2 float"] - 0.02


def test_the_exported_encoder_gives_the_trained_ones_vectors(config: Config) -> None:
    served, refiner = ServedModel(config.model.folder), ServedEncoder(config.model.s2_folder)
    (pool,) = twin_pools(config, "test", 60)
    student = load_student(config, s1_file(config))
    trained = teacher.pool_scores(load_s2(config), student, pool, config, config.s2)
    texts = [code_text(served.code_template, f.as_dict() | {"doc": ""}) for f in pool.pool.functions]
    queries = refiner.embed(pool.pool.queries, served.embed(pool.pool.queries, 0))
    exported = queries @ refiner.embed(texts, served.embed(texts, CODE)).T
    assert np.abs(trained - exported).max() < 0.06


def test_an_empty_text_has_the_zero_vector(config: Config) -> None:
    served = ServedEncoder(config.model.s2_folder)
    vectors = served.embed(["", "finds the thing"], np.zeros((2, 256), np.float32))
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([0.0, 1.0], abs=1e-5)


def test_a_text_has_the_same_vector_alone_and_among_others(config: Config) -> None:
    served = ServedEncoder(config.model.s2_folder)
    texts = ["retry", "finds the thing", "HTTP " * 60, "x = 1", "def open(path): return path"]
    base = np.zeros((len(texts), 256), np.float32)
    alone = np.concatenate([served.embed([text], base[:1]) for text in texts])
    assert (served.embed(texts, base) * alone).sum(axis=1) == pytest.approx(1.0, abs=1e-5)


def test_no_two_neighbouring_weights_overflow_sixteen_bits_with_an_activation() -> None:
    weight = np.random.default_rng(3).standard_normal((7, 64)).astype(np.float32)
    weight[2] = 0.0
    weight[3, 10:12] = 9.0
    int8, scale = quantize_weights(weight)
    magnitude = np.abs(int8.astype(np.int64))
    assert 255 * (magnitude[:, 0::2] + magnitude[:, 1::2]).max() <= 32_767
    assert np.abs(int8 * scale[:, None] - weight).max() <= scale.max() / 2 + 1e-6


def test_cards_name_files_and_what_is_refined(config: Config) -> None:
    card = json.loads((config.model.s2_folder / "model.json").read_text())
    assert card["refines"] == {"id": config.model.id, "sha256": sha256(config.model.folder / "model.onnx")}
    for folder in (config.model.s2_folder, config.model.r_folder):
        files = json.loads((folder / "model.json").read_text())["files"]
        assert files == {name: sha256(folder / name) for name in ("model.onnx", "tokenizer.json")}


def test_golden_entries_are_what_the_models_answer(config: Config) -> None:
    entries = json.loads((config.model.r_folder / "golden.json").read_text())
    served = ServedCrossEncoder(config.model.r_folder)
    for entry in entries[:5]:
        assert served.score(entry["query"], [entry["code"]])[0] == pytest.approx(entry["score"], abs=1e-3)
    assert len({entry["score"] for entry in entries}) > 5


def test_the_teachers_vectors_are_kept_for_all_rows_once(config: Config) -> None:
    vectors = load_vectors(config)
    assert len(np.unique(vectors.rows)) == len(vectors.rows) == len(vectors.codes)
    assert np.linalg.norm(vectors.codes.astype(np.float32), axis=1) == pytest.approx(1.0, abs=2e-3)


def test_a_training_goes_on_from_an_earlier_one(config: Config) -> None:
    again = replace(config, teacher=replace(config.teacher, start="teacher.pt"), s2=replace(config.s2, start="s2.pt"))
    student, data = load_student(config), sampled_data(config, config.teacher)
    pairs = (
        (first_teacher(student, data, again), load_teacher(config)),
        (first_encoder(again), load_s2(config)),
    )
    for first, kept in pairs:
        states = zip(first.state_dict().values(), kept.state_dict().values(), strict=True)
        assert all(torch.equal(one, other) for one, other in states)
    fresh = first_teacher(student, data, config).state_dict().values()
    assert not all(torch.equal(one, other) for one, other in zip(fresh, pairs[0][1].state_dict().values(), strict=True))


def test_opinions_prefer_the_right_function(config: Config) -> None:
    lists = matched_data(config).lists
    for file in (late_file(config), soft_file(config)):
        with np.load(file) as kept:
            assert np.array_equal(kept["lists"], lists)
            right = (kept["logits"].argmax(axis=1) == 0).mean()
        assert right > 2 / lists.shape[1]


def test_the_drop_one_table_has_a_row_for_each_term(config: Config) -> None:
    rows = json.loads((config.prepare.folder / "ablation.json").read_text())
    assert [name[:9] for name in rows] == [
        "all",
        "without A",
        "without B",
        "without C",
        "without D",
        "without E",
        "before di",
    ]


def test_lists_begin_with_the_right_one_and_hold_no_copy_of_it() -> None:
    generator = np.random.default_rng(3)
    codes = torch.nn.functional.normalize(torch.from_numpy(generator.standard_normal((50, 8), np.float32)), dim=1)
    codes[7] = codes[3]
    lists = mine_lists(Retriever(codes, codes), np.array([3, 11]), 4, generator)
    assert lists[:, 0].tolist() == [3, 11]
    assert 7 not in lists[0] and all(len(set(row)) == 4 for row in lists.tolist())


def test_a_batch_says_where_its_lists_stand(config: Config) -> None:
    lists = np.array([[0, 5, 6, 7], [9, 2, 3, 4]])
    batch = next(batches(lists, 40, config.s2, seed=1))
    assert np.array_equal(batch.rows[batch.lists], lists[batch.list_ids])
    assert len(np.unique(batch.rows)) == len(batch.rows)


def test_blocks_hold_every_text_once_within_the_cells() -> None:
    sequences = framed([[5] * length for length in (1, 30, 2, 31, 7)])
    found = list(blocks(sequences, 70))
    assert sorted(np.concatenate([block.rows for block in found]).tolist()) == [0, 1, 2, 3, 4]
    assert all(block.ids.numel() <= 70 or len(block.rows) == 1 for block in found)


def test_a_pair_is_cut_in_the_function() -> None:
    pairs = pairs_of(framed([[7, 8]]), framed([[20, 21, 22, 23]]), np.array([0]), np.array([0]), 7)
    assert pairs.sequences.tokens.tolist() == [CLS, 7, 8, SEP, 20, 21, SEP]
    assert pairs.question_lengths.tolist() == [4]


def descends(loss: torch.Tensor, start: torch.Tensor) -> torch.Tensor:
    """One step against the gradient of `loss`."""
    (gradient,) = torch.autograd.grad(loss, start)
    return (start - 0.5 * gradient).detach()


def test_each_loss_pulls_towards_its_teacher() -> None:
    torch.manual_seed(5)
    start, wanted = torch.randn(4, 4, requires_grad=True), torch.randn(4, 4)
    for loss_of in (
        lambda x: losses.late_agreement(wanted, x),
        lambda x: losses.soft_labels(wanted, x, 2.0),
        lambda x: losses.embedding_match(x, wanted),
        losses.info_nce,
        lambda x: losses.nested(x, wanted, losses.embedding_match),
    ):
        before = loss_of(start)
        assert loss_of(descends(before, start)).item() < before.item()


def test_an_excluded_pair_is_nobodys_wrong_answer() -> None:
    logits = torch.tensor([[1.0, 9.0], [0.0, 1.0]])
    excluded = torch.tensor([[False, True], [False, False]])
    assert losses.info_nce(logits, excluded).item() < losses.info_nce(logits).item() - 3


def test_soft_labels_are_least_where_the_student_agrees() -> None:
    wanted = torch.tensor([[3.0, 1.0, -2.0]])
    assert losses.soft_labels(wanted, wanted, 2.0) < losses.soft_labels(wanted, wanted.flip(1), 2.0)


def test_the_static_pools_and_the_transformers_pools_are_the_same(config: Config) -> None:
    (static,), (twin,) = encoded_pools(config, "test"), twin_pools(config, "test", 1_000)
    assert static.pool.queries == twin.pool.queries
    assert len(static.encoded) == len(twin.data)


def test_a_pools_functions_are_read_whole(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the exported model reads them: a name is taken out only where it is the question."""
    (pool,) = pools = build_pools(read_split(examples_file(config, "test")), "test", 20)
    pool.functions[5] = replace(pool.functions[5], query="", doc="")
    monkeypatch.setattr(data, "_pools", lambda *_: pools)
    (twin,) = data.twin_pools(config, "test", 20)
    rows = np.arange(20)
    read = code_sequences(twin.data.bert, rows, config.train.code_template, 128, data.without_docs(rows))
    texts = [f"{f.name} {f.qualifiedName} {f.path} {f.code}" for f in pool.functions]
    served = ServedEncoder(config.model.s2_folder).sequences(texts, 128)
    assert read.offsets.tolist() == served.offsets.tolist()
    assert read.tokens.tolist() == served.tokens.tolist()
