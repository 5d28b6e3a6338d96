"""The canary: where plain word matching answers nearly everything, a doc was left in the code."""

import numpy as np

from kenning_training.bm25 import Bm25
from kenning_training.errors import raise_for
from kenning_training.metrics import ranks_of, reciprocal_ranks
from kenning_training.pools import Pool
from kenning_training.words import split_words


def check_pools(pools: list[Pool], limit: float) -> dict[str, float]:
    """BM25's MRR@10 by language, over the code alone; raises CorpusError where it passes `limit`."""
    figures = {pool.language: _mrr(pool) for pool in pools}
    leaks = [f"{language} {figure:.3f}" for language, figure in figures.items() if figure > limit]
    raise_for("canary", f"BM25 finds too much (MRR above {limit})", leaks)
    return figures


def _mrr(pool: Pool) -> float:
    index = Bm25([split_words(function.code) for function in pool.functions])
    scores = np.stack([index.scores(split_words(query)) for query in pool.queries])
    return float(reciprocal_ranks(ranks_of(scores, np.arange(len(pool.queries)))).mean())
