"""Queries drawn from the word model, where docs and code share no word: it has to know which stands for which."""

import shutil
from dataclasses import replace

import numpy as np
import pytest

from kenning_training.config import Config
from kenning_training.generator import generate, translate
from kenning_training.generator.samples import Samples, load_samples, texts_of
from kenning_training.generator.shards import folder
from kenning_training.generator.translate import drawn, new_drawing, query_chances
from kenning_training.prepare.stage import examples_file, read_split
from kenning_training.train import training_data


@pytest.fixture(scope="module")
def bare(config: Config, tmp_path_factory: pytest.TempPathFactory) -> Config:
    """No generator, and nothing of it."""
    cache = tmp_path_factory.mktemp("translate")
    shutil.copytree(config.prepare.folder, cache / "prepared", ignore=shutil.ignore_patterns("generator"))
    return replace(
        config,
        prepare=replace(config.prepare, folder=cache / "prepared"),
        generator=replace(config.generator, nucleus=0.5, bar=0.4),
    )


@pytest.fixture(scope="module")
def samples(bare: Config) -> Samples:
    translate.run(bare)
    return load_samples(folder(bare) / "train-samples-000.npz")


def test_a_function_is_asked_for_by_the_words_that_its_own_stand_for(bare: Config, samples: Samples) -> None:
    examples = read_split(examples_file(bare, "train"))
    right = words = 0
    for row, text in list(zip(samples.rows, texts_of(samples.queries), strict=True))[:300]:
        found = [word for word in text.split() if word.startswith("q")]
        right += sum("c" + word[1:] in examples[row].code for word in found)
        words += len(found)
    assert words > 300
    assert right / words > 0.7


def test_a_function_has_up_to_three_queries_that_differ(bare: Config, samples: Samples) -> None:
    counts = np.bincount(samples.rows)
    assert counts.max() <= bare.generator.queries
    assert (counts > 1).mean() > 0.5
    asked = list(zip(samples.rows.tolist(), texts_of(samples.queries), strict=True))
    assert len(set(asked)) == len(asked)


def test_a_likelier_query_has_a_higher_log_probability(bare: Config) -> None:
    data = training_data(bare)
    drawing = new_drawing(bare, data)
    (chances,) = query_chances(drawing.model, data, np.array([3]), bare)
    assert chances.sum() == pytest.approx(1.0, abs=0.2)
    for log_prob, words in drawn(chances, drawing, bare.generator):
        assert log_prob == pytest.approx(np.log(chances[words]).sum(), abs=1e-4)


def test_what_finds_its_function_again_teaches(bare: Config, samples: Samples) -> None:
    generate.run(bare)
    kept = load_samples(generate.samples_file(bare))
    assert 0.4 * len(samples) < len(kept) <= len(samples)


def test_beside_the_generator_nothing_is_drawn(config: Config, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(folder(config).iterdir())
    translate.run(config)
    assert sorted(folder(config).iterdir()) == before
    assert "nothing is drawn" in capsys.readouterr().out
