"""
Every stage but the download, end to end, on a made-up corpus in which docs and code share no word: a student that finds
anything has learnt which word of one stands for which of the other.
"""

import json
import tarfile
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from tokenizers import Tokenizer

from kenning_training import evaluate, export, train
from kenning_training import tokenizer as tokenizer_stage
from kenning_training.config import CONFIGS, Config, read_config
from kenning_training.corpus.package import Package
from kenning_training.corpus.projects import project_of
from kenning_training.corpus.stage import unpack_package
from kenning_training.corpus.unpack import UnpackLimits
from kenning_training.golden import GOLDEN_TEXTS
from kenning_training.prepare import stage as prepare_stage
from kenning_training.prepare.splits import split_of
from kenning_training.serving import ServedModel
from kenning_training.student import CODE, QUERY
from kenning_training.train import encoded_pools, pool_scores

CONCEPTS = 80
FUNCTIONS = {"train": 1600, "dev": 120, "test": 160}
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu")


def made_word(prefix: str, number: int) -> str:
    return prefix + SYLLABLES[number // 10] + SYLLABLES[number % 10]


def made_function(concepts: list[int], index: int) -> str:
    first, second, third = (made_word("q", concept) for concept in concepts)
    one, two, three = (made_word("c", concept) for concept in concepts)
    doc = f"Finds the {first} of a {second} with its {third}."
    body = "\n".join(f"    {one} = {two}.{three}({two}, {k})" for k in range(3))
    return f'def fn{index}({two}):\n    """{doc}"""\n{body}\n    return {one}\n\n'


def project_for(split: str) -> str:
    names = (made_word("made", i) for i in range(100))
    return next(name for name in names if split_of(project_of(name)) == split)


def make_package(split: str, folder: Path, generator: np.random.Generator) -> Package:
    """A tarball of one project of the split, unpacked as a downloaded one would be."""
    name = project_for(split)
    source = folder / f"{name}-1.0"
    source.mkdir(parents=True)
    count = FUNCTIONS[split]
    for start in range(0, count, 40):
        chosen = [generator.choice(CONCEPTS, 3, replace=False).tolist() for _ in range(min(40, count - start))]
        text = "".join(made_function(concepts, start + i) for i, concepts in enumerate(chosen))
        (source / f"part{start}.py").write_text(text)
    archive = folder / f"{name}.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        tar.add(source, arcname=source.name)
    package = Package("debian", name)
    unpack_package(package, archive, folder / "corpus" / "sources", UnpackLimits(1 << 22, frozenset()))
    return package


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """The tiny profile, run from archives to a model in a folder of its own."""
    cache = tmp_path_factory.mktemp("cache")
    (cache / "corpus" / "sources").mkdir(parents=True)
    text = (CONFIGS / "tiny.toml").read_text().replace("tiny-corpus", "corpus")
    (cache / "tiny.toml").write_text(text.replace('"build/kenning-tiny"', json.dumps(str(cache / "model"))))
    generator = np.random.default_rng(11)
    for split in FUNCTIONS:
        make_package(split, cache, generator)
    config = read_config(cache / "tiny.toml", cache)
    for stage in (prepare_stage, tokenizer_stage, train, export, evaluate):
        stage.run(config)
    return config


def test_prepare_keeps_projects_apart_and_counts_them(config: Config) -> None:
    counts = json.loads((config.prepare.folder / "counts.json").read_text())
    for split, wanted in FUNCTIONS.items():
        assert counts[split]["python"]["projects"] == 1
        assert 0.9 * wanted <= counts[split]["python"]["pairs"] <= wanted


def test_the_student_learns_what_word_matching_cannot(config: Config) -> None:
    figures = json.loads((config.model.folder / "model.json").read_text())["evaluation"]["ndcg10"]
    assert figures["BM25"] < 0.2
    assert figures["S1 float"] > figures["BM25"] + 0.3
    assert figures["S1 int8"] > figures["S1 float"] - 0.02


def test_the_exported_model_scores_as_the_trained_one(config: Config) -> None:
    served, student = ServedModel(config.model.folder), train.load_student(config)
    (pool,) = encoded_pools(config, "test")
    trained = pool_scores(student, pool, config.train)
    exported = evaluate.served_scores(pool.pool, served)
    assert np.abs(trained - exported).max() < 0.03


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
    export.run(config)
    assert (config.model.folder / "model.onnx").read_bytes() == first
