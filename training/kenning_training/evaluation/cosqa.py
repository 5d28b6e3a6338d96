"""CoSQA's dev queries (real searches for Python functions) as an extra figure. Its docstrings are taken out first."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from kenning_training.bm25 import Bm25
from kenning_training.config import Config
from kenning_training.docstrings import function_fields
from kenning_training.evaluation import published
from kenning_training.evaluation.published import PublishedModel
from kenning_training.evaluation.systems import Scores, fused
from kenning_training.metrics import gains, ranks_of, reciprocal_ranks
from kenning_training.serving import ServedModel
from kenning_training.student import CODE, QUERY
from kenning_training.template import code_text
from kenning_training.transformer.serving import ServedEncoder
from kenning_training.words import split_words


def cosqa_figures(folder: Path, config: Config) -> dict[str, dict[str, float]]:
    """MRR@10 and NDCG@10 of each system over the whole code base."""
    index_of_code = json.loads((folder / "code_idx_map.txt").read_text())
    rows = json.loads((folder / "dev.json").read_text())
    codes = sorted(index_of_code, key=lambda code: index_of_code[code])
    position = {index_of_code[code]: i for i, code in enumerate(codes)}
    right = np.array([position[row["retrieval_idx"]] for row in rows])
    figures = {}
    for system, scores in _scores(codes, [row["doc"] for row in rows], config):
        ranks = ranks_of(scores, right)
        figures[system] = {"mrr10": float(reciprocal_ranks(ranks).mean()), "ndcg10": float(gains(ranks).mean())}
    return figures


def _scores(codes: list[str], queries: list[str], config: Config) -> Iterator[tuple[str, Scores]]:
    functions = [function_fields(code) for code in codes]
    lexical_index = Bm25([split_words(f"{f['name']} {f['code']}") for f in functions])
    lexical = np.stack([lexical_index.scores(split_words(query)) for query in queries])
    yield "BM25", lexical
    if published.NAME not in config.evaluation.without:
        minilm = PublishedModel(config)
        yield published.NAME, minilm.embed(queries) @ minilm.embed([f["code"] for f in functions]).T
    served = ServedModel(config.model.folder)
    texts = [code_text(served.code_template, function) for function in functions]
    base_queries, base_codes = served.embed(queries, QUERY), served.embed(texts, CODE)
    yield "S1", base_queries @ base_codes.T
    yield "S1 + BM25", fused(base_queries @ base_codes.T, lexical)
    if "S2" not in config.evaluation.without and (config.model.s2_folder / "model.onnx").exists():
        refiner = ServedEncoder(config.model.s2_folder)
        refined = refiner.embed(queries, base_queries) @ refiner.embed(texts, base_codes).T
        yield "S2", refined
        yield "S2 + BM25", fused(refined, lexical)
