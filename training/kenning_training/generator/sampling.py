"""
Queries drawn from the generator: nucleus sampling (Holtzman et al. 2020), many texts at once, word by word with a
cache. A query's log-probability is the model's own, without temperature and nucleus: log p_T(q|c), as
`Generator.forward` has it.
"""

from dataclasses import dataclass

import torch

from kenning_training.config import GeneratorConfig
from kenning_training.generator.model import Generator
from kenning_training.transformer.wordpiece import CLS, SEP, bert_tokenizer


@dataclass(frozen=True)
class Drawn:
    """`queries[i]` are token ids, without [SEP], for text `texts[i]` of the batch."""

    texts: list[int]
    queries: list[list[int]]
    log_probs: list[float]


def unwritable() -> torch.Tensor:
    """[words], true for the special tokens that no query holds."""
    vocabulary = bert_tokenizer().get_vocab()
    marks = torch.zeros(max(vocabulary.values()) + 1, dtype=torch.bool)
    for token, number in vocabulary.items():
        marks[number] = token.startswith("[") and token.endswith("]") and len(token) > 2 and number != SEP
    return marks


@torch.no_grad()
def draw(
    generator: Generator, ids: torch.Tensor, mask: torch.Tensor, settings: GeneratorConfig, banned: torch.Tensor
) -> Drawn:
    """Up to `settings.queries` different queries for each code [texts, length], out of `settings.draws`, best first."""
    with torch.autocast(ids.device.type, torch.bfloat16, enabled=ids.device.type == "cuda"):
        tokens, log_probs, ended = _draw_all(generator, ids, mask, settings, banned)
    return _distinct(tokens.tolist(), log_probs.tolist(), ended.tolist(), settings)


def _draw_all(
    generator: Generator, ids: torch.Tensor, mask: torch.Tensor, settings: GeneratorConfig, banned: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """[texts * draws, length] tokens filled up with [SEP], log-probabilities, and which queries came to an end."""
    caches = [cache.repeated(settings.draws) for cache in generator.read(ids, mask)]
    mask = mask.repeat_interleave(settings.draws, 0)
    rows = torch.arange(len(mask), device=ids.device)
    tokens = torch.full((len(mask), settings.max_query_tokens), SEP, device=ids.device)
    log_probs = torch.zeros(len(mask), device=ids.device)
    ended = torch.zeros(len(mask), dtype=torch.bool, device=ids.device)
    last = torch.full((len(mask), 1), CLS, device=ids.device)
    for position in range(settings.max_query_tokens):
        logits = generator.write(last, position, caches, mask, keep=True)[:, 0].float()
        last = next_tokens(logits, last, settings, banned)
        log_probs[rows] += torch.log_softmax(logits, 1).gather(1, last)[:, 0]
        tokens[rows, position] = last[:, 0]
        open_ = last[:, 0] != SEP
        ended[rows[~open_]] = True
        if not bool(open_.any()):
            break
        rows, last, mask = rows[open_], last[open_], mask[open_]
        for cache in caches:
            cache.kept(open_)
    return tokens, log_probs, ended


def next_tokens(
    logits: torch.Tensor, last: torch.Tensor, settings: GeneratorConfig, banned: torch.Tensor
) -> torch.Tensor:
    """One token [texts, 1] out of each text's nucleus; never the last one again, none that is banned."""
    shaped = logits.masked_fill(banned, -torch.inf).scatter(1, last, -torch.inf) / settings.temperature
    best = torch.topk(shaped, min(settings.candidates, shaped.shape[1]), dim=1)
    chances = torch.softmax(best.values, 1)
    outside = chances.cumsum(1) - chances >= settings.nucleus
    chosen = torch.multinomial(chances.masked_fill(outside, 0.0), 1)
    return best.indices.gather(1, chosen)


def _distinct(tokens: list[list[int]], log_probs: list[float], ended: list[bool], settings: GeneratorConfig) -> Drawn:
    """Of each text's draws the different ones that came to an end and say something, likeliest first."""
    drawn = Drawn([], [], [])
    for start in range(0, len(tokens), settings.draws):
        seen: dict[tuple[int, ...], float] = {}
        for row in range(start, start + settings.draws):
            query = tuple(tokens[row][: tokens[row].index(SEP)]) if ended[row] else ()
            if query:
                seen[query] = log_probs[row]
        best = sorted(seen, key=lambda query: -seen[query])[: settings.queries]
        drawn.texts.extend([start // settings.draws] * len(best))
        drawn.queries.extend([list(query) for query in best])
        drawn.log_probs.extend([seen[query] for query in best])
    return drawn
