"""Ranks of every system on every pool, and what is said of them: macro averages and differences with intervals."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kenning_training.evaluation.systems import Asked, System
from kenning_training.metrics import bootstrap_interval, gains, macro, ranks_of, reciprocal_ranks
from kenning_training.pools import Pool
from kenning_training.progress import Progress

# Which differences are worth an interval, where both systems were measured.
COMPARED = (
    ("S1", "BM25"),
    ("S1", "S1 float"),
    ("S1", "all-MiniLM-L6-v2"),
    ("S1 + BM25", "S1"),
    ("teacher", "S1"),
    ("teacher", "all-MiniLM-L6-v2"),
    ("teacher + late interaction", "S1"),
    ("teacher + late interaction", "teacher"),
    ("teacher + cross-encoder", "S1"),
    ("teacher + cross-encoder", "teacher"),
    ("S2", "BM25"),
    ("S2", "all-MiniLM-L6-v2"),
    ("S2", "S1"),
    ("S2", "S2 float"),
    ("S2", "teacher"),
    ("S2, half of the functions S1", "S1"),
    ("S2, half of the functions S1", "S2"),
    ("S2 + BM25", "S2"),
    ("S2 + R", "S2"),
)


@dataclass(frozen=True)
class Difference:
    """A macro difference of NDCG@10 with its 95 % interval."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:+.4f} [{self.low:+.4f}, {self.high:+.4f}]"


@dataclass(frozen=True)
class Figures:
    """`ranks[i][system]` of pool i, in the order of its questions; a slow system answers only the first of them."""

    pools: list[Pool]
    ranks: list[dict[str, NDArray[np.int64]]]

    @property
    def systems(self) -> list[str]:
        return list(self.ranks[0])

    def macro_gain(self, system: str, questions: int | None = None) -> float:
        return macro([gains(ranks[system][:questions]) for ranks in self.ranks])

    def macro_mrr(self, system: str) -> float:
        return macro([reciprocal_ranks(ranks[system]) for ranks in self.ranks])

    def difference(self, system: str, baseline: str) -> Difference:
        """On the questions that both have answered."""
        terms, clusters = [], []
        for pool, ranks in zip(self.pools, self.ranks, strict=True):
            count = min(len(ranks[system]), len(ranks[baseline]))
            terms.append(gains(ranks[system][:count]) - gains(ranks[baseline][:count]))
            clusters.append(np.unique(pool.projects[:count], return_inverse=True)[1])
        return Difference(macro(terms), *bootstrap_interval(terms, clusters))

    def differences(self) -> dict[tuple[str, str], Difference]:
        known = set(self.systems)
        return {pair: self.difference(*pair) for pair in COMPARED if known.issuperset(pair)}


def measure(asked: list[Asked], systems: Mapping[str, System]) -> Figures:
    progress, ranks = Progress("evaluate", len(asked) * len(systems)), []
    for one in asked:
        row = {}
        for name, scores_of in systems.items():
            scores = scores_of(one)
            row[name] = ranks_of(scores, np.arange(len(scores)))
            progress.step(note=f"{one.pool.language} {name}")
        ranks.append(row)
    progress.close()
    return Figures([one.pool for one in asked], ranks)


def summary(figures: Figures) -> dict[str, object]:
    """What a model's card carries."""
    return {
        "pools": {pool.language: [len(pool.queries), len(pool.functions)] for pool in figures.pools},
        "ndcg10": {system: round(figures.macro_gain(system), 4) for system in figures.systems},
        "mrr10": {system: round(figures.macro_mrr(system), 4) for system in figures.systems},
        "differences": {f"{a} − {b}": str(found) for (a, b), found in figures.differences().items()},
    }
