"""
Every stage but the download, run once, end to end, on a made-up corpus in which docs and code share no word: a model
that finds anything has learnt which word of one stands for which of the other.
"""

import json
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from kenning_training import ablate, distil_static, export, train
from kenning_training import tokenizer as tokenizer_stage
from kenning_training.config import CONFIGS, Config, read_config
from kenning_training.corpus.package import Package
from kenning_training.corpus.projects import project_of
from kenning_training.corpus.stage import unpack_package
from kenning_training.corpus.unpack import UnpackLimits
from kenning_training.evaluation import stage as evaluate
from kenning_training.generator import generate
from kenning_training.generator import stage as generator_stage
from kenning_training.prepare import stage as prepare_stage
from kenning_training.prepare.splits import split_of
from kenning_training.transformer import distil, late, reranker, soft, teacher, vectors
from kenning_training.transformer import export as export_transformers
from tests.tiny_bert import make_tiny_bert

STAGES = (
    prepare_stage,
    tokenizer_stage,
    train,
    teacher,
    vectors,
    late,
    soft,
    generator_stage,
    generate,
    distil_static,
    distil,
    reranker,
    export,
    export_transformers,
    ablate,
    evaluate,
)

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


@pytest.fixture(scope="session")
def config(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Config]:
    """The tiny profile, run from archives to a model in a folder of its own."""
    cache = tmp_path_factory.mktemp("cache")
    (cache / "corpus" / "sources").mkdir(parents=True)
    text = (CONFIGS / "tiny.toml").read_text().replace("tiny-corpus", "corpus")
    (cache / "tiny.toml").write_text(
        text.replace('"build/kenning-tiny"', json.dumps(str(cache / "models" / "kenning-tiny")))
    )
    generator = np.random.default_rng(11)
    for split in FUNCTIONS:
        make_package(split, cache, generator)
    config = read_config(cache / "tiny.toml", cache)
    made = (made_word(prefix, number) for prefix in "cq" for number in range(CONCEPTS))
    bert = make_tiny_bert(cache / "bert", [*made, "finds", "the", "of", "with", "its", "def", "return"])
    before = os.environ.get("KENNING_MINILM")
    os.environ["KENNING_MINILM"] = str(bert)
    for stage in STAGES:
        stage.run(config)
    yield config
    if before is None:
        del os.environ["KENNING_MINILM"]
    else:
        os.environ["KENNING_MINILM"] = before
