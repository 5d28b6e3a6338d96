"""Training batches: which examples stand together, and what each side gets to read of them this time."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kenning_training.bag import STRETCHES
from kenning_training.config import TrainConfig
from kenning_training.encoded import Encoded, Gathered, gather
from kenning_training.student import Bags, make_bags
from kenning_training.template import fields_of


class FieldDropout(Protocol):
    """How often a field is left out of a training text."""

    @property
    def path_dropout(self) -> float: ...
    @property
    def doc_dropout(self) -> float: ...
    @property
    def name_dropout(self) -> float: ...


RUN_LENGTH = 32  # neighbours of one project: the hard negatives of each other


def epoch_batches(encoded: Encoded, config: TrainConfig, generator: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    """Rows of each batch of an epoch: part of them in runs of one project and language, the rest at random."""
    rows = _sampled_rows(encoded, config, generator)
    in_runs = generator.random(len(rows)) < config.same_project_share
    group = encoded.project[rows].astype(np.int64) * 1000 + encoded.language[rows]
    together = rows[in_runs][np.lexsort((generator.random(in_runs.sum()), group[in_runs]))]
    runs = [together[i : i + RUN_LENGTH] for i in range(0, len(together), RUN_LENGTH)]
    alone = rows[~in_runs]
    runs += [alone[i : i + RUN_LENGTH] for i in range(0, len(alone), RUN_LENGTH)]
    order = generator.permutation(len(runs))
    mixed = np.concatenate([runs[i] for i in order])
    yield from (mixed[i : i + config.batch] for i in range(0, len(mixed) - config.batch // 2, config.batch))


def _sampled_rows(encoded: Encoded, config: TrainConfig, generator: np.random.Generator) -> NDArray[np.int64]:
    """All documented examples, and undocumented ones for a share of them."""
    documented = np.flatnonzero(encoded.documented)
    others = np.flatnonzero(~encoded.documented)
    count = min(len(others), int(config.undocumented_share * len(documented)))
    return generator.permutation(np.concatenate([documented, generator.permutation(others)[:count]]))


def query_bags(encoded: Encoded, rows: NDArray[np.int64], vocabulary: int, config: TrainConfig) -> Bags:
    """The doc's first sentence, or for a function without a doc the words of its name."""
    documented = encoded.documented[rows]
    pieces = [(encoded.fields["query"], rows, documented), (encoded.fields["name"], rows, ~documented)]
    found = gather(pieces, config.max_tokens)
    # One field in both cases: a question has no other.
    return make_bags(replace(found, places=found.places % STRETCHES), vocabulary, len(rows))


def training_code_bags(
    encoded: Encoded,
    rows: NDArray[np.int64],
    vocabulary: int,
    config: TrainConfig,
    generator: np.random.Generator,
    keep: Mapping[str, NDArray[np.bool_]] | None = None,
) -> Bags:
    """The function with some of its tokens left out by chance, and some of its fields, or all but those in `keep`."""
    keep = keep or field_dropout(encoded, rows, config, generator)
    tokens = training_tokens(encoded, rows, config.code_template, config.max_tokens, keep)
    kept = generator.random(len(tokens.tokens)) >= config.token_dropout
    return make_bags(tokens, vocabulary, len(rows), kept)


def field_dropout(
    encoded: Encoded, rows: NDArray[np.int64], config: FieldDropout, generator: np.random.Generator
) -> dict[str, NDArray[np.bool_]]:
    """For each field that may be left out, which rows keep it. Where the name is the question it is never read."""
    dropout = {"path": config.path_dropout, "doc": config.doc_dropout, "name": config.name_dropout}
    keep = {field: generator.random(len(rows)) >= share for field, share in dropout.items()}
    keep["name"] &= encoded.documented[rows]
    keep["qualifiedName"] = keep["name"]
    keep["signature"] = encoded.documented[rows]
    return keep


def training_tokens(
    encoded: Encoded,
    rows: NDArray[np.int64],
    template: str,
    max_tokens: int,
    keep: Mapping[str, NDArray[np.bool_]],
) -> Gathered:
    """The template's fields; an asked name's tokens are taken out of the body too."""
    found = gather([(encoded.fields[field], rows, keep.get(field)) for field in fields_of(template)], max_tokens)
    names = gather([(encoded.fields["name"], rows, ~encoded.documented[rows])], 1 << 20)
    return found.where(~np.isin((found.texts << 16) + found.tokens, (names.texts << 16) + names.tokens))


def serving_code_bags(
    encoded: Encoded, rows: NDArray[np.int64], vocabulary: int, config: TrainConfig, with_doc: bool = False
) -> Bags:
    """The function as the product reads it; without its doc, since in a test the doc's first sentence is the query."""
    keep = {} if with_doc else {"doc": np.zeros(len(rows), np.bool_)}
    pieces = [(encoded.fields[field], rows, keep.get(field)) for field in fields_of(config.code_template)]
    return make_bags(gather(pieces, config.max_tokens), vocabulary, len(rows))
