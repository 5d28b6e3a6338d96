"""What S2 and R answer to the golden texts, by the exported files: what the product must reproduce."""

from typing import Any

import numpy as np

from kenning_training.golden import GOLDEN_TEXTS
from kenning_training.serving import ServedModel
from kenning_training.student import SIDE_NAMES
from kenning_training.transformer.sequences import SPECIAL_TOKENS
from kenning_training.transformer.serving import ServedCrossEncoder, ServedEncoder


def golden_vectors(served: ServedEncoder, static: ServedModel) -> list[dict[str, Any]]:
    """Texts of both sides with ids and vectors."""
    sequences = served.sequences(GOLDEN_TEXTS)
    entries = []
    for side, name in SIDE_NAMES.items():
        base = static.embed(GOLDEN_TEXTS, side)
        for i, (text, vector) in enumerate(zip(GOLDEN_TEXTS, served.embed(GOLDEN_TEXTS, base), strict=True)):
            ids = sequences.tokens[sequences.offsets[i] : sequences.offsets[i + 1]].tolist()
            ids = ids if len(ids) > SPECIAL_TOKENS else []
            rounded = [round(float(value), 6) for value in vector]
            entries.append({"text": text, "side": name, "ids": ids, "vector": rounded})
    return entries


def golden_scores(served: ServedCrossEncoder) -> list[dict[str, Any]]:
    """Some texts that have words as questions, each with others that have words."""
    lengths = np.diff(served.sequences(GOLDEN_TEXTS).offsets)
    texts = [text for text, length in zip(GOLDEN_TEXTS, lengths, strict=True) if length > 2]
    pairs = [(query, code) for query in texts[::6] for code in texts[::2]]
    return [
        {
            "query": query,
            "code": code,
            "ids": served.pairs(query, [code]).sequences.tokens.tolist(),
            "score": round(float(served.score(query, [code])[0]), 5),
        }
        for query, code in pairs
    ]
