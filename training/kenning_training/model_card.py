"""The models' cards for people: what each is, what it was made from, how good it is. Figures come from `model.json`."""

from collections.abc import Sequence
from typing import Any

MADE_FROM = """\
## Made from

{pairs:,} pairs of a documentation's first sentence and its function, from Debian source packages and npm packages;
functions without documentation as further wrong answers. Every package with its version, licence and digest:
`training/SOURCES.md`. Packages by licence: {licences}. No source text is in the model. {start}

Pairs by language: {languages}.
"""

FIGURES = """\
## Figures

Macro average over languages; pools of up to 1,000 functions from projects that training never saw, documentation
taken out, one right answer to a question. By language, CoSQA, speed and the drop-one table: `training/RESULTS.md`.

| system | NDCG@10 | MRR@10 |
| --- | ---: | ---: |
{rows}

Differences of NDCG@10 with 95 % intervals: {differences}.
"""

STATIC = """\
# {id}

A static embedding model for finding functions by a description in plain English. A text is split into words
(identifiers apart), the words into subwords; each distinct subword adds its row of a table, weighted by a learned
weight that differs between questions and code, and by log2(1 + the sum of its places' factors): a name and the first
lines of a body count more than what follows (`placeFactors` in `model.json`). {dimensions} dimensions, unit length.
The file holds the commonest subwords' rows as int8 and the others as product codes, a byte for four dimensions; the
runtime unpacks them into int8 while it loads.

| file | what |
| --- | --- |
| `model.onnx` | inputs `input_ids`, `weights`, `side` (0 question, 1 code); output `embedding` |
| `tokenizer.json` | WordPiece over split words |
| `model.json` | how texts are made and read, digests, figures |
| `golden.json` | texts with ids and vectors, for whoever runs the model elsewhere (not in the package) |

{made_from}
{figures}
## Limits

It knows words, and of their order only how early they stand: "a to b" and "b to a" are nearly the same to it.
Questions in other languages than English meet only the English words in code. It reads the first {tokens} subwords of
a function. Languages with few pairs or none (see above; Zig has none) lean on what the others share; in the product
the lexical list makes up for some of it.

Licence: {licence}.
"""

ENCODER = """\
# {id}

A small transformer that refines the static model's vectors: `embedding = normalize(base + f(text))`, where `base` is
{refines}'s vector of the same text. The vectors of both can be compared with each other. {dimensions} dimensions.

| file | what |
| --- | --- |
| `model.onnx` | inputs `input_ids`, `attention_mask`, `base`; output `embedding`; int8 weights |
| `tokenizer.json` | WordPiece of all-MiniLM-L6-v2, used on split words |
| `model.json` | how texts are made and read, digests, figures |
| `golden.json` | texts with ids and vectors, for whoever runs the model elsewhere (not in the package) |

{made_from}
{figures}
## Limits

It reads the first {tokens} subwords of a text. English questions only, as the static model.

Licence: {licence}.
"""

CROSS_ENCODER = """\
# {id}

A small cross-encoder that reads a question together with a function and says how much better or worse than its vectors
the function answers it: a logit that is added to what the vectors say.

| file | what |
| --- | --- |
| `model.onnx` | inputs `input_ids`, `attention_mask`, `token_type_ids`; output `score`; int8 weights |
| `tokenizer.json` | WordPiece of all-MiniLM-L6-v2, used on split words |
| `model.json` | how texts are made and read, digests, figures |
| `golden.json` | pairs with their scores, for whoever runs the model elsewhere (not in the package) |

{made_from}
{figures}
## Limits

It reads {tokens} subwords of both together. It was trained on lists of eight; it cannot find what the vectors did not.

Licence: {licence}.
"""

TEXTS = {"static": STATIC, "transformer": ENCODER, "cross-encoder": CROSS_ENCODER}


def model_card(card: dict[str, Any], licences: Sequence[tuple[str, int]]) -> str:
    """Markdown. `card`: `model.json` after the evaluate stage; `licences`: how many packages are under each."""
    return TEXTS[card.get("architecture", "static")].format(
        id=card["id"],
        dimensions=card.get("dimensions"),
        refines=card.get("refines", {}).get("id"),
        made_from=_made_from(card, licences),
        figures=_figures(card["evaluation"]),
        tokens=card["maxTokens"],
        licence=card["licence"],
    )


def _made_from(card: dict[str, Any], licences: Sequence[tuple[str, int]]) -> str:
    languages = sorted(card["trainedOn"].items(), key=lambda item: -item[1])
    return MADE_FROM.format(
        pairs=sum(count for _, count in languages),
        licences=", ".join(f"{name} {count:,}" for name, count in licences),
        start=card["startedFrom"],
        languages=", ".join(f"{name} {count:,}" for name, count in languages),
    )


def _figures(figures: dict[str, Any]) -> str:
    systems = figures["ndcg10"]
    return FIGURES.format(
        rows="\n".join(f"| {name} | {systems[name]:.3f} | {figures['mrr10'][name]:.3f} |" for name in systems),
        differences="; ".join(f"{pair} {found}" for pair, found in figures["differences"].items()),
    )
