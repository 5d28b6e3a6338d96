"""The exported models as teacher and student of what comes next."""

import shutil
from dataclasses import replace

import numpy as np
import pytest

from kenning_training import adopt
from kenning_training.config import Config
from kenning_training.export import sha256
from kenning_training.prepare.stage import examples_file, read_split
from kenning_training.serving import ServedModel
from kenning_training.student import CODE, QUERY
from kenning_training.template import code_text
from kenning_training.tokenizer import tokenizer_file
from kenning_training.train import encoded_pools, load_student, pool_scores, training_data
from kenning_training.transformer import vectors
from kenning_training.transformer.data import sampled_rows
from kenning_training.transformer.serving import ServedEncoder
from kenning_training.transformer.vectors import load_vectors

MADE = ("*.pt", "tokenizer.json", "teacher-vectors")


@pytest.fixture(scope="module")
def adopted(config: Config, tmp_path_factory: pytest.TempPathFactory) -> Config:
    """What is left when only the examples and the exported models of the first run are."""
    cache = tmp_path_factory.mktemp("adopted")
    shutil.copytree(config.prepare.folder, cache / "prepared", ignore=shutil.ignore_patterns(*MADE))
    found = replace(
        config,
        prepare=replace(config.prepare, folder=cache / "prepared"),
        teacher=replace(config.teacher, layers=config.s2.layers, max_tokens=config.s2.exported_tokens),
    )
    adopt.run(found)
    return found


def test_the_student_is_the_exported_one(adopted: Config) -> None:
    assert sha256(tokenizer_file(adopted)) == sha256(adopted.model.folder / "tokenizer.json")
    (pool,) = encoded_pools(adopted, "test")
    served = ServedModel(adopted.model.folder)
    texts = [code_text(served.code_template, f.as_dict() | {"doc": ""}) for f in pool.pool.functions]
    exported = served.embed(pool.pool.queries, QUERY) @ served.embed(texts, CODE).T
    assert np.abs(pool_scores(load_student(adopted), pool, adopted.train) - exported).max() < 0.01


def test_the_teacher_says_what_the_exported_s2_says(adopted: Config) -> None:
    vectors.run(adopted)
    found, examples = load_vectors(adopted), read_split(examples_file(adopted, "train"))
    rows = sampled_rows(training_data(adopted), adopted.teacher)[found.rows]
    documented = [place for place, row in enumerate(rows) if examples[row].query][:20]
    queries = [examples[rows[place]].query for place in documented]
    served, refiner = ServedModel(adopted.model.folder), ServedEncoder(adopted.model.s2_folder)
    said = refiner.embed(queries, served.embed(queries, QUERY))
    assert (said * found.queries[documented]).sum(axis=1).min() > 0.97
