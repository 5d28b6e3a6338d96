"""What the term table gives on the dev pools, by size and weight, and beside it the generator's own words for them."""

import json
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from kenning_training.config import Config, ExpandConfig
from kenning_training.evaluation.systems import fused
from kenning_training.generator.field import FieldPool, field_pool, stems_of
from kenning_training.generator.generate import sample_split
from kenning_training.generator.samples import texts_of
from kenning_training.generator.shards import folder
from kenning_training.generator.stems import stem
from kenning_training.generator.terms import TermTable
from kenning_training.generator.whole_words import is_word
from kenning_training.metrics import bootstrap_interval, gains, macro, ranks_of
from kenning_training.train import encoded_pools, load_student, pool_scores
from kenning_training.words import split_words


@dataclass(frozen=True)
class Figure:
    """NDCG@10, macro, of words alone and fused with the static student; terms 0 is without the field."""

    terms: int
    weight: float
    words: float
    fused: float


def measure(table: TermTable, config: Config) -> bool:
    """On the dev pools, every size and weight; whether what would ship is better than nothing for certain."""
    student, settings = load_student(config), config.expand
    encoded = encoded_pools(config, "dev")
    dense = [pool_scores(student, pool, config.train) for pool in encoded]
    read = [(pool.pool, stems_of(pool.pool)) for pool in encoded]
    most = max(settings.sizes)
    pools = [field_pool(pool, d, [[term for term, _ in table.expand(words, most)] for words in d]) for pool, d in read]
    tried = [(terms, weight) for terms in settings.sizes for weight in settings.weights]
    figures = [figure(pools, dense, *pair, settings) for pair in [(0, 0.0), *tried]]
    interval = gained(pools, settings.sizes[0], settings.weights[0])
    helps = interval[0] > 0 and figures[1].fused >= figures[0].fused
    content: dict[str, object] = {"dev": [asdict(f) for f in figures], "wordsInterval": interval, "helps": helps}
    sampled = sampled_fields(config, [d for _, d in read])
    if sampled:
        full = [field_pool(pool, d, fields) for (pool, d), fields in zip(read, sampled, strict=True)]
        content["generator"] = [asdict(figure(full, dense, *pair, settings)) for pair in tried]
    (folder(config) / "expand.json").write_text(json.dumps(content, indent=2) + "\n")
    for f in figures:
        print(f"{f.terms} terms, weight {f.weight}: words {f.words:.4f}, fused {f.fused:.4f}")
    print(
        f"{settings.sizes[0]} terms, weight {settings.weights[0]}: words gain {interval[0]:+.4f} to {interval[1]:+.4f}"
    )
    return helps


def sampled_fields(config: Config, documents: list[list[list[str]]]) -> list[list[list[str]]]:
    """By pool and function the stems that the generator itself wrote, oftenest first; nothing where it wrote none."""
    samples = sample_split(config, "dev")
    if samples is None:
        return []
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for row, text in zip(samples.rows.tolist(), texts_of(samples.queries), strict=True):
        counts[row].update(stem(word) for word in split_words(text) if is_word(word))
    rows = count()
    return [[[t for t, _ in counts[next(rows)].most_common() if t not in set(d)] for d in pool] for pool in documents]


def figure(
    pools: list[FieldPool], dense: list[NDArray[np.float32]], terms: int, weight: float, settings: ExpandConfig
) -> Figure:
    lexical = [pool.scores(terms, weight) for pool in pools]
    both = [fused(d, words, settings.dense_share) for d, words in zip(dense, lexical, strict=True)]
    return Figure(terms, weight, round(_ndcg(lexical), 4), round(_ndcg(both), 4))


def gained(pools: list[FieldPool], terms: int, weight: float) -> tuple[float, float]:
    """95 % interval of what the field adds to words alone, macro NDCG@10."""
    differences = [_gains(pool.scores(terms, weight)) - _gains(pool.lexical) for pool in pools]
    clusters = [np.unique(pool.pool.projects, return_inverse=True)[1] for pool in pools]
    low, high = bootstrap_interval(differences, clusters)
    return round(low, 4), round(high, 4)


def _gains(scores: NDArray[np.float32]) -> NDArray[np.float64]:
    return gains(ranks_of(scores, np.arange(len(scores))))


def _ndcg(matrices: list[NDArray[np.float32]]) -> float:
    return macro([_gains(scores) for scores in matrices])
