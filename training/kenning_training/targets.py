"""What the teachers say about training rows, for a student that reads the whole training split."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kenning_training.config import Config
from kenning_training.encoded import Encoded, Ragged
from kenning_training.generator.generate import samples_file
from kenning_training.generator.samples import Samples, load_samples, reread
from kenning_training.tokenizer import WordReader, tokenizer_file
from kenning_training.transformer.data import sampled_rows
from kenning_training.transformer.matched import late_file, matched_data, opinions_of, soft_file
from kenning_training.transformer.vectors import load_vectors


@dataclass(frozen=True)
class Generated:
    """The generator's questions (A), as it wrote them and in the static student's ids."""

    samples: Samples
    queries: Ragged


@dataclass(frozen=True)
class Targets:
    """
    `place[row]` is where a training row stands in the teacher's vectors [matched, dimensions], −1 for nowhere. `lists`
    [lists, group] are training rows, the right one first; `late` and `soft` of the same shape, or None where that
    teacher is not at hand; so is `generated`.
    """

    place: NDArray[np.int64]
    queries: torch.Tensor
    codes: torch.Tensor
    lists: NDArray[np.int64]
    late: torch.Tensor | None
    soft: torch.Tensor | None
    generated: Generated | None


def read_targets(config: Config, data: Encoded) -> Targets:
    vectors, matched = load_vectors(config), matched_data(config)
    rows = sampled_rows(data, config.teacher)[vectors.rows]
    place = np.full(len(data), -1, np.int64)
    place[rows] = np.arange(len(rows))

    def opinions(file: Path, weight: float) -> torch.Tensor | None:
        return opinions_of(file, matched.lists).cpu() if weight > 0 else None

    return Targets(
        place,
        matched.vectors.queries.cpu(),
        matched.vectors.codes.cpu(),
        rows[matched.lists],
        late=opinions(late_file(config), config.train.late_weight),
        soft=opinions(soft_file(config), config.train.soft_weight),
        generated=read_generated(config) if config.train.generated_share > 0 else None,
    )


def read_generated(config: Config) -> Generated:
    samples = load_samples(samples_file(config))
    reader = WordReader(Tokenizer.from_file(str(tokenizer_file(config))))
    return Generated(samples, reread(samples.queries, reader))
