"""The model's card for people: what it is, what it was made from, how good it is. Figures come from `model.json`."""

from collections.abc import Sequence
from typing import Any

CARD = """\
# {id}

A static embedding model for finding functions by a description in plain English. A text is split into words
(identifiers apart), the words into subwords; each distinct subword adds its row of an int8 table, weighted by
1 + ln(count) and a learned weight that differs between questions and code. {dimensions} dimensions, unit length.

| file | what |
| --- | --- |
| `model.onnx` | inputs `input_ids`, `weights`, `side` (0 question, 1 code); output `embedding` |
| `tokenizer.json` | WordPiece over split words |
| `model.json` | how texts are made and read, digests, figures |
| `golden.json` | texts with ids and vectors, for whoever runs the model elsewhere (not in the package) |

## Made from

{pairs:,} pairs of a documentation's first sentence and its function, from Debian source packages and npm packages;
functions without documentation as further wrong answers. Every package with its version, licence and digest:
`training/SOURCES.md`. Packages by licence: {licences}. No source text is in the model. The table starts from
all-MiniLM-L6-v2's (Apache-2.0) view of each subword.

Pairs by language: {languages}.

## Figures

Macro average over languages; pools of up to 1,000 functions from projects that training never saw, documentation
taken out, one right answer to a question. By language, and CoSQA: `training/RESULTS.md`.

| system | NDCG@10 | MRR@10 |
| --- | ---: | ---: |
{rows}

The model against BM25, NDCG@10 with 95 % interval: {difference}.

## Limits

It knows words, not their order: "a to b" and "b to a" are the same to it. Questions in other languages than English
meet only the English words in code. It reads the first {tokens} subwords of a function. Languages with few pairs or
none (see above; Zig has none) lean on what the others share; in the product the lexical list makes up for some of it.

Licence: {licence}.
"""


def model_card(card: dict[str, Any], licences: Sequence[tuple[str, int]]) -> str:
    """Markdown. `card`: `model.json` after the evaluate stage; `licences`: how many packages are under each."""
    figures, languages = card["evaluation"], card["trainedOn"]
    ordered = sorted(languages.items(), key=lambda item: -item[1])
    systems = figures["ndcg10"]
    return CARD.format(
        id=card["id"],
        dimensions=card["dimensions"],
        pairs=sum(languages.values()),
        languages=", ".join(f"{name} {count:,}" for name, count in ordered),
        licences=", ".join(f"{name} {count:,}" for name, count in licences),
        rows="\n".join(f"| {name} | {systems[name]:.3f} | {figures['mrr10'][name]:.3f} |" for name in systems),
        difference=figures["s1MinusBm25"],
        tokens=card["maxTokens"],
        licence=card["licence"],
    )
