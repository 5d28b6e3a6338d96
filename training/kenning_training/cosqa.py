"""CoSQA's dev queries (real searches for Python functions) as an extra figure. Its docstrings are taken out first."""

import json
from pathlib import Path

import numpy as np

from kenning_training.bm25 import Bm25
from kenning_training.docstrings import function_fields
from kenning_training.metrics import gains, ranks_of, reciprocal_ranks
from kenning_training.serving import ServedModel
from kenning_training.student import CODE, QUERY
from kenning_training.template import code_text
from kenning_training.words import split_words


def cosqa_figures(folder: Path, served: ServedModel) -> dict[str, float]:
    """MRR@10 and NDCG@10 of BM25, the student and their fusion over the whole code base."""
    index_of_code = json.loads((folder / "code_idx_map.txt").read_text())
    rows = json.loads((folder / "dev.json").read_text())
    codes = sorted(index_of_code, key=lambda code: index_of_code[code])
    functions = [function_fields(code) for code in codes]
    queries = [row["doc"] for row in rows]
    position = {index_of_code[code]: i for i, code in enumerate(codes)}
    right = np.array([position[row["retrieval_idx"]] for row in rows])
    lexical_index = Bm25([split_words(f"{f['name']} {f['code']}") for f in functions])
    lexical = np.stack([lexical_index.scores(split_words(query)) for query in queries])
    texts = [code_text(served.code_template, function) for function in functions]
    dense = served.embed(queries, QUERY) @ served.embed(texts, CODE).T
    unit = [
        (s - s.min(axis=1, keepdims=True)) / np.maximum(np.ptp(s, axis=1, keepdims=True), 1e-9)
        for s in (lexical, dense)
    ]
    figures = {}
    for system, scores in (("BM25", lexical), ("S1 int8", dense), ("S1 int8 + BM25", unit[0] + unit[1])):
        ranks = ranks_of(scores, right)
        figures[f"{system}, MRR@10"] = float(reciprocal_ranks(ranks).mean())
        figures[f"{system}, NDCG@10"] = float(gains(ranks).mean())
    return figures
