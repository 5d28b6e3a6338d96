"""Training a cross-encoder on lists of one right function and look-alikes, and scoring such lists."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from kenning_training.clock import Budget, train_within
from kenning_training.config import Config, TransformerConfig
from kenning_training.transformer.cross import CrossEncoder, Pairs, pairs_of, score_pairs
from kenning_training.transformer.data import TwinData, TwinPool, without_docs
from kenning_training.transformer.mining import Retriever
from kenning_training.transformer.sequences import Keep, code_sequences, query_sequences
from kenning_training.transformer.teacher import take_step
from kenning_training.transformer.vectors import at_rows


@dataclass(frozen=True)
class ListTask:
    """What the lists are about, and the vectors of the dual encoder whose scores the cross-encoder adds to."""

    data: TwinData
    keep: Keep
    dual: Retriever
    config: Config
    settings: TransformerConfig


def train_on_lists(model: CrossEncoder, task: ListTask, lists: NDArray[np.int64], kept_as: str) -> None:
    """Softmax over each list; `lists` [lists, group] are rows of `task.data`, the right one first."""
    settings = task.settings
    generator = np.random.default_rng(settings.seed)
    optimizer = torch.optim.AdamW(model.parameters(), lr=settings.learning_rate, weight_decay=0.01)
    per_step = max(1, settings.batch // lists.shape[1])

    def step() -> float:
        chosen = lists[generator.integers(0, len(lists), per_step)]
        logits = list_logits(model, task, chosen)
        loss = functional.cross_entropy(logits, torch.zeros(len(chosen), dtype=torch.long, device=logits.device))
        take_step(optimizer, model, loss)
        return loss.item()

    kept = task.config.prepare.folder / f"{kept_as}.partial"
    train_within(Budget(settings.minutes, settings.steps), {"model": model}, optimizer, step, kept)


def list_logits(model: CrossEncoder, task: ListTask, lists: NDArray[np.int64]) -> torch.Tensor:
    """[lists, group]: the dual encoder's score, as it stands in its own contrast, and the cross-encoder's on top."""
    cross = score_pairs(model, list_pairs(task, lists), task.settings.cells).view(*lists.shape)
    return task.dual.list_scores(lists) / task.settings.temperature + cross


def list_pairs(task: ListTask, lists: NDArray[np.int64]) -> Pairs:
    rows = lists.reshape(-1)
    queries = query_sequences(task.data.bert, lists[:, 0], task.settings.max_query_tokens)
    template = task.config.train.code_template
    codes = code_sequences(task.data.bert, rows, template, task.settings.max_tokens, at_rows(task.keep, rows))
    return pairs_of(
        queries, codes, np.repeat(np.arange(len(lists)), lists.shape[1]), np.arange(len(rows)), task.settings.max_tokens
    )


@torch.no_grad()
def rescored(
    model: CrossEncoder, pool: TwinPool, scores: NDArray[np.float32], config: Config, settings: TransformerConfig
) -> NDArray[np.float32]:
    """
    `scores` [first questions, functions] of a dual encoder with those of each one's first `settings.depth` functions
    raised by what the cross-encoder adds, on the dual encoder's scale. The others keep their order below.
    """
    rows = np.arange(len(pool.data))
    queries = query_sequences(pool.data.bert, pool.queries[: len(scores)], settings.max_query_tokens)
    template = config.train.code_template
    codes = code_sequences(pool.data.bert, rows, template, settings.max_tokens, without_docs(rows))
    first = np.argsort(-scores, axis=1)[:, : settings.depth]
    pairs = pairs_of(
        queries, codes, np.repeat(np.arange(len(scores)), first.shape[1]), first.reshape(-1), settings.max_tokens
    )
    added = score_pairs(model, pairs, settings.cells).float().cpu().numpy().reshape(first.shape)
    result = scores - 4.0
    inside = np.take_along_axis(scores, first, axis=1) + settings.temperature * added
    np.put_along_axis(result, first, inside, axis=1)
    return result
