"""
What a field of likely query words gives to word matching, on pools, as the product would index it: stemmed words under
BM25, and for each query word that a function holds only in that field `weight` times its idf (Nogueira et al. 2019,
"Document Expansion by Query Prediction"; the fusion as in Lin et al. 2020).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kenning_training.bm25 import Bm25
from kenning_training.generator.stems import stem
from kenning_training.pools import Pool, baseline_words
from kenning_training.words import split_words


@dataclass(frozen=True)
class FieldPool:
    """
    `lexical` [queries, functions] is BM25 over stems. Entry i of the others: query `query[i]` has a word of idf
    `idf[i]` that stands in the field of function `function[i]` as its `place[i]`-th likeliest, and not in the function.
    """

    pool: Pool
    lexical: NDArray[np.float32]
    query: NDArray[np.int64]
    function: NDArray[np.int64]
    place: NDArray[np.int64]
    idf: NDArray[np.float32]

    def scores(self, terms: int, weight: float) -> NDArray[np.float32]:
        """BM25 and the field of the `terms` likeliest words."""
        result = self.lexical.copy()
        kept = self.place < terms
        np.add.at(result, (self.query[kept], self.function[kept]), np.float32(weight) * self.idf[kept])
        return result


def stems_of(pool: Pool) -> list[list[str]]:
    """What BM25 reads of each function."""
    return [[stem(word) for word in baseline_words(function)] for function in pool.functions]


def field_pool(pool: Pool, documents: list[list[str]], fields: list[list[str]]) -> FieldPool:
    """`documents` as `stems_of` has them; `fields[i]` are stems that function i does not hold, likeliest first."""
    queries = [[stem(word) for word in split_words(query)] for query in pool.queries]
    index = Bm25(documents)
    lexical = np.stack([index.scores(query) for query in queries])
    holders: dict[str, list[tuple[int, int]]] = {}
    for number, terms in enumerate(fields):
        for place, term in enumerate(terms):
            holders.setdefault(term, []).append((number, place))
    inside: dict[str, int] = {}
    for stems in documents:
        for term in set(stems):
            inside[term] = inside.get(term, 0) + 1
    entries = [
        (number, function, place, _idf(len(documents), inside.get(term, 0) + len(holders[term])))
        for number, query in enumerate(queries)
        for term in query
        if term in holders
        for function, place in holders[term]
    ]
    columns = np.array(entries, np.float64).reshape(-1, 4).T
    numbers = columns[:3].astype(np.int64)
    return FieldPool(pool, lexical, numbers[0], numbers[1], numbers[2], columns[3].astype(np.float32))


def _idf(documents: int, holding: int) -> float:
    return float(np.log(1 + (documents - holding + 0.5) / (holding + 0.5)))
