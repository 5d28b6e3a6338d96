"""
The term table that the product reads: for a code word the query words that it makes likely, likeliest first. A gzip of
one JSON object:

    {"format": "kenning-terms-1", "wordSplitting": "kenning-1", "stemmer": "porter", "source": "...",
     "queryWords": ["valu", ...], "codeWords": ["cfg", ...],
     "terms": [[17, 125, 3, 97], ...]}

`terms[i]` belongs to `codeWords[i]`: pairs of a place in `queryWords` and a probability in thousandths, falling. Words
are Porter stems of lower-case words, as the lexical index has them; a word is never its own term. A function's terms:
for each distinct stem of its path, name and code add up the probabilities of its terms, leave out what stands in the
function already, keep the largest `k`, by falling sum and then by letter.
"""

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FORMAT = "kenning-terms-1"
Terms = dict[str, list[tuple[str, float]]]


@dataclass(frozen=True)
class TermTable:
    terms: Terms
    """Code word → query words with their probabilities, falling."""
    source: str

    def expand(self, words: Iterable[str], count: int) -> list[tuple[str, float]]:
        """The likeliest query words of a function of these stems that does not hold them, with their sums."""
        own = set(words)
        sums: dict[str, float] = {}
        for word in sorted(own):
            for term, probability in self.terms.get(word, ()):
                if term not in own:
                    sums[term] = sums.get(term, 0.0) + probability
        return sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))[:count]


def make_terms(
    table: NDArray[np.float32], code_words: list[str], query_words: list[str], count: int, least: float
) -> Terms:
    """
    Of t [code words, query words] the `count` likeliest other words of each code word, none less likely than `least`.
    """
    found: Terms = {}
    for number, word in enumerate(code_words):
        row = table[number]
        best = np.argsort(-row, kind="stable")[: count + 1] if len(row) <= 64 else _best(row, count + 1)
        terms = [(query_words[i], float(row[i])) for i in best if i and row[i] >= least and query_words[i] != word]
        if word and terms:
            found[word] = terms[:count]
    return found


def _best(row: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    some = np.argpartition(-row, count)[:count]
    return some[np.lexsort((some, -row[some]))]


def save_terms(table: TermTable, path: Path) -> None:
    """The same table gives the same bytes."""
    query_words = sorted({term for terms in table.terms.values() for term, _ in terms})
    place = {word: i for i, word in enumerate(query_words)}
    code_words = sorted(table.terms)
    rows = [[n for term, p in table.terms[w] for n in (place[term], max(1, round(1000 * p)))] for w in code_words]
    content = {"format": FORMAT, "wordSplitting": "kenning-1", "stemmer": "porter", "source": table.source}
    text = json.dumps(
        content | {"queryWords": query_words, "codeWords": code_words, "terms": rows}, separators=(",", ":")
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def load_terms(path: Path) -> TermTable:
    """Raises ValueError for a file of another format."""
    content = json.loads(gzip.decompress(path.read_bytes()))
    if content.get("format") != FORMAT:
        raise ValueError(f"{path.name} is no {FORMAT}")
    words = content["queryWords"]
    rows = ([(words[row[i]], row[i + 1] / 1000) for i in range(0, len(row), 2)] for row in content["terms"])
    return TermTable(dict(zip(content["codeWords"], rows, strict=True)), content["source"])
