"""What is compared: each system answers a pool with a score for every question and function. Only those at hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from kenning_training.bm25 import Bm25
from kenning_training.config import Config, TransformerConfig
from kenning_training.distil_static import s1_file
from kenning_training.evaluation import published
from kenning_training.evaluation.published import PublishedModel
from kenning_training.pools import Pool, baseline_words
from kenning_training.serving import ServedModel
from kenning_training.student import CODE, QUERY, Student
from kenning_training.template import code_text
from kenning_training.train import EncodedPool, load_student, pool_scores
from kenning_training.transformer import late, soft
from kenning_training.transformer import teacher as dual
from kenning_training.transformer.data import TwinPool
from kenning_training.transformer.distil import load_s2, s2_file
from kenning_training.transformer.encoder import Encoder
from kenning_training.transformer.lists import rescored
from kenning_training.transformer.serving import ServedCrossEncoder, ServedEncoder
from kenning_training.words import split_words

Scores = NDArray[np.float32]
# R, or the cross-encoder, reads each question with each of its first hits: too slow for all questions of a pool.
QUESTIONS_FOR_R = 40


@dataclass(frozen=True, eq=False)
class Asked:
    """A pool as plain text, as the static student's ids and as WordPiece ids."""

    pool: Pool
    static: EncodedPool
    twin: TwinPool

    def texts(self, template: str) -> list[str]:
        """What a model embeds of each function, without the doc that the question is from."""
        return [code_text(template, function.as_dict() | {"doc": ""}) for function in self.pool.functions]


@dataclass(frozen=True)
class Refined:
    """Unit vectors [texts, dimensions]: of questions and functions by S2, of functions by S1."""

    queries: Scores
    codes: Scores
    static: Scores

    def scores(self, share: float) -> Scores:
        """With a share below 1 the other functions still have S1's vectors, as while a folder is being refined."""
        chosen = np.random.default_rng(7).random(len(self.codes)) < share
        return self.queries @ np.where(chosen[:, None], self.codes, self.static).T


System = Callable[[Asked], Scores]


def systems(config: Config) -> Mapping[str, System]:
    """By name, in the order of the tables."""
    served = ServedModel(config.model.folder)
    found: dict[str, System] = {
        "BM25": lambda asked: bm25_scores(asked.pool),
    }
    if published.NAME not in config.evaluation.without:
        found[published.NAME] = partial(published_scores, PublishedModel(config))
    found |= teachers(config)
    s1 = load_student(config, s1_file(config)) if s1_file(config).exists() else None
    if s1 is not None:
        found["S1 float"] = lambda asked: pool_scores(s1, asked.static, config.train)
    found["S1"] = lambda asked: static_scores(asked, served)
    found["S1 + BM25"] = lambda asked: fused(static_scores(asked, served), bm25_scores(asked.pool))
    if s1 is not None and s2_file(config).exists():
        found["S2 float"] = float_encoder(load_s2(config), s1, config, config.s2.as_exported)
    if (config.model.s2_folder / "model.onnx").exists():
        refined = lru_cache(maxsize=1)(partial(refined_vectors, served, ServedEncoder(config.model.s2_folder)))
        found["S2"] = lambda asked: refined(asked).scores(1.0)
        found["S2, half of the functions S1"] = lambda asked: refined(asked).scores(0.5)
        found["S2 + BM25"] = lambda asked: fused(refined(asked).scores(1.0), bm25_scores(asked.pool))
        if (config.model.r_folder / "model.onnx").exists():
            cross = ServedCrossEncoder(config.model.r_folder)
            found["S2 + R"] = lambda asked: reranked_scores(asked, refined(asked).scores(1.0), cross, config)
    return {name: system for name, system in found.items() if name not in config.evaluation.without}


def teachers(config: Config) -> dict[str, System]:
    """The dual encoder, late interaction (C), and the cross-encoder (D) over the dual encoder's first hits."""
    if not dual.teacher_file(config).exists():
        return {}
    teacher = float_encoder(dual.load_teacher(config), load_student(config), config, config.teacher)
    found: dict[str, System] = {"teacher": teacher}
    if late.checkpoint_file(config).exists():
        tokens = late.load_late(config)
        found["teacher + late interaction"] = lambda asked: late.beside_dual(
            late.pool_scores(tokens, asked.twin, config), teacher(asked)
        )
    if soft.cross_file(config).exists():
        cross = soft.load_cross(config)
        found["teacher + cross-encoder"] = lambda asked: rescored(
            cross, asked.twin, teacher(asked)[:QUESTIONS_FOR_R], config, config.cross
        )
    return found


def bm25_scores(pool: Pool) -> Scores:
    index = Bm25([baseline_words(function) for function in pool.functions])
    return np.stack([index.scores(split_words(query)) for query in pool.queries])


def static_scores(asked: Asked, served: ServedModel) -> Scores:
    """By the exported S1, on the text that the product would embed."""
    queries = served.embed(asked.pool.queries, QUERY)
    return queries @ served.embed(asked.texts(served.code_template), CODE).T


def refined_vectors(served: ServedModel, refiner: ServedEncoder, asked: Asked) -> Refined:
    """By the exported S2 on top of the exported S1."""
    texts = asked.texts(served.code_template)
    static = served.embed(texts, CODE)
    queries = refiner.embed(asked.pool.queries, served.embed(asked.pool.queries, QUERY))
    return Refined(queries, refiner.embed(texts, static), static)


def reranked_scores(asked: Asked, scores: Scores, cross: ServedCrossEncoder, config: Config) -> Scores:
    """The first questions only: the first `r.depth` hits of `scores` in R's order, its logit on their scale added."""
    scores = scores[:QUESTIONS_FOR_R]
    texts = asked.texts(config.train.code_template)
    result = scores - 4.0
    for row, query in enumerate(asked.pool.queries[:QUESTIONS_FOR_R]):
        first = np.argsort(-scores[row])[: config.r.depth]
        added = cross.score(query, [texts[i] for i in first])
        result[row, first] = scores[row, first] + config.r.temperature * added
    return result


def float_encoder(encoder: Encoder, student: Student, config: Config, settings: TransformerConfig) -> System:
    return lambda asked: dual.pool_scores(encoder, student, asked.twin, config, settings)


def published_scores(model: PublishedModel, asked: Asked) -> Scores:
    return model.embed(asked.pool.queries) @ model.embed(asked.texts(model.code_template)).T


def fused(dense: Scores, lexical: Scores, share: float = 0.5) -> Scores:
    """Convex combination of scores brought to 0…1 for each query."""
    return share * _unit(dense) + (1 - share) * _unit(lexical)


def _unit(scores: Scores) -> Scores:
    low, high = scores.min(axis=1, keepdims=True), scores.max(axis=1, keepdims=True)
    return (scores - low) / np.maximum(high - low, 1e-9)
