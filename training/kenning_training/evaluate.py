"""The evaluate stage: BM25, the student in float and int8, and their fusion, on the frozen test pools."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kenning_training.bm25 import Bm25
from kenning_training.config import CHECKOUT, SOURCES_LIST, Config
from kenning_training.corpus.sources_list import licence_counts
from kenning_training.cosqa import cosqa_figures
from kenning_training.export import write_card
from kenning_training.metrics import bootstrap_interval, gains, macro, ranks_of, reciprocal_ranks
from kenning_training.model_card import model_card
from kenning_training.pools import Pool, baseline_words
from kenning_training.serving import ServedModel
from kenning_training.student import CODE, QUERY, Student
from kenning_training.template import code_text
from kenning_training.train import EncodedPool, encoded_pools, load_student, pool_scores
from kenning_training.words import split_words

SYSTEMS = ("BM25", "S1 float", "S1 int8", "S1 int8 + BM25")
RESULTS = CHECKOUT / "training" / "RESULTS.md"
Ranks = dict[str, NDArray[np.int64]]


@dataclass(frozen=True)
class Difference:
    """A macro difference of NDCG@10 with its 95 % interval."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:+.4f} [{self.low:+.4f}, {self.high:+.4f}]"


def run(config: Config) -> None:
    served, student = ServedModel(config.model.folder), load_student(config)
    pools = encoded_pools(config, "test")
    ranks = [pool_ranks(pool, student, served, config) for pool in pools]
    cosqa_folder = os.environ.get("KENNING_COSQA")
    cosqa = cosqa_figures(Path(cosqa_folder), served) if cosqa_folder else None
    text = report([pool.pool for pool in pools], ranks, cosqa)
    print(text)
    if config.model.folder.is_relative_to(CHECKOUT):
        RESULTS.write_text(text)
    card = json.loads((config.model.folder / "model.json").read_text())
    card |= {"evaluation": summary([pool.pool for pool in pools], ranks)}
    write_card(config.model.folder, card)
    (config.model.folder / "README.md").write_text(model_card(card, licence_counts(SOURCES_LIST)))


def pool_ranks(pool: EncodedPool, student: Student, served: ServedModel, config: Config) -> Ranks:
    index = Bm25([baseline_words(function) for function in pool.pool.functions])
    lexical = np.stack([index.scores(split_words(query)) for query in pool.pool.queries])
    dense = served_scores(pool.pool, served)
    scores = (lexical, pool_scores(student, pool, config.train), dense, fused(dense, lexical))
    return {system: ranks_of(matrix, pool.queries) for system, matrix in zip(SYSTEMS, scores, strict=True)}


def served_scores(pool: Pool, served: ServedModel) -> NDArray[np.float32]:
    """By the exported model, on the text that the product would embed, without the doc that the query is from."""
    texts = [code_text(served.code_template, function.as_dict() | {"doc": ""}) for function in pool.functions]
    return served.embed(pool.queries, QUERY) @ served.embed(texts, CODE).T


def fused(dense: NDArray[np.float32], lexical: NDArray[np.float32], share: float = 0.5) -> NDArray[np.float32]:
    """Convex combination of scores brought to 0…1 for each query."""
    return share * _unit(dense) + (1 - share) * _unit(lexical)


def _unit(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    low, high = scores.min(axis=1, keepdims=True), scores.max(axis=1, keepdims=True)
    return (scores - low) / np.maximum(high - low, 1e-9)


def difference(pools: list[Pool], ranks: list[Ranks], system: str, baseline: str) -> Difference:
    terms = [gains(rank[system]) - gains(rank[baseline]) for rank in ranks]
    clusters = [np.unique(pool.projects, return_inverse=True)[1] for pool in pools]
    low, high = bootstrap_interval(terms, clusters)
    return Difference(macro(terms), low, high)


def summary(pools: list[Pool], ranks: list[Ranks]) -> dict[str, object]:
    """The figures that the model's card carries."""
    return {
        "pools": {pool.language: [len(pool.queries), len(pool.functions)] for pool in pools},
        "ndcg10": {system: round(macro([gains(rank[system]) for rank in ranks]), 4) for system in SYSTEMS},
        "mrr10": {system: round(macro([reciprocal_ranks(rank[system]) for rank in ranks]), 4) for system in SYSTEMS},
        "s1MinusBm25": str(difference(pools, ranks, "S1 int8", "BM25")),
    }


def report(pools: list[Pool], ranks: list[Ranks], cosqa: dict[str, float] | None) -> str:
    lines = [
        "# Figures",
        "",
        "Written by `python -m kenning_training evaluate`. Pools of one language from projects that training never",
        "saw, docs taken out; a query is a doc's first sentence and has one right answer. BM25 reads path, name and",
        "code with identifiers split. Fusion is half and half of scores brought to 0…1.",
    ]
    for title, terms_of in (("NDCG@10", gains), ("MRR@10", reciprocal_ranks)):
        lines += ["", f"## {title}", "", "| language | projects | queries / pool | " + " | ".join(SYSTEMS) + " |"]
        lines.append("| --- | ---: | ---: |" + " ---: |" * len(SYSTEMS))
        for pool, rank in zip(pools, ranks, strict=True):
            cells = " | ".join(f"{terms_of(rank[system]).mean():.3f}" for system in SYSTEMS)
            size = f"{len(set(pool.projects))} | {len(pool.queries)} / {len(pool.functions)}"
            lines.append(f"| {pool.language} | {size} | {cells} |")
        cells = " | ".join(f"**{macro([terms_of(rank[system]) for rank in ranks]):.4f}**" for system in SYSTEMS)
        lines.append(f"| macro | | | {cells} |")
    lines += ["", "## Differences of macro NDCG@10, with 95 % intervals (paired bootstrap by project)", ""]
    pairs = (("S1 int8", "BM25"), ("S1 int8 + BM25", "BM25"), ("S1 int8 + BM25", "S1 int8"), ("S1 int8", "S1 float"))
    lines += [f"- {system} − {baseline}: {difference(pools, ranks, system, baseline)}" for system, baseline in pairs]
    if cosqa:
        lines += ["", "## CoSQA dev (real queries, Python, 6,267 functions, docstrings taken out; not trained on)", ""]
        lines += [f"- {name}: {value:.3f}" for name, value in cosqa.items()]
    return "\n".join(lines) + "\n"
