"""
Cross-encoders: question and function read together. Two have this shape: the teacher of soft labels (D, E), and R, the
small one that the product re-scores its first hits with. Both score by dual pooling (EmbedDistill, arXiv 2301.12005):
the question's tokens and the function's are pooled apart and compared, so that a dual encoder is a good start. A score
is added to what a dual encoder says already: it need only learn what that one gets wrong.
"""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional
from transformers.models.bert.modeling_bert import BertModel

from kenning_training.encoded import Ragged
from kenning_training.precision import halved
from kenning_training.transformer.sequences import Padded, blocks

FIRST_SCALE = 5.0


@dataclass(frozen=True)
class Pairs:
    """`[CLS] question [SEP] function [SEP]`, and how many tokens of each belong to the question's segment."""

    sequences: Ragged
    question_lengths: NDArray[np.int64]


class CrossEncoder(nn.Module):
    def __init__(self, bert: BertModel, dimensions: int) -> None:
        super().__init__()
        self.bert = bert
        self.projection = nn.Linear(bert.config.hidden_size, dimensions)
        self.log_scale = nn.Parameter(torch.tensor(FIRST_SCALE).log())

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        """[pairs]: a logit each. `types` is 0 on the question's tokens, 1 on the function's."""
        states = self.bert(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state.float()
        question = self._pooled(states, mask * (1 - types))
        function = self._pooled(states, mask * types)
        return self.log_scale.exp() * (question * function).sum(dim=1)

    def _pooled(self, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        weights = mask[:, :, None].to(states.dtype)
        mean = (states * weights).sum(1) / weights.sum(1).clamp(min=1.0)
        return functional.normalize(self.projection(mean).float(), dim=1)


def pairs_of(
    queries: Ragged, codes: Ragged, query_rows: NDArray[np.int64], code_rows: NDArray[np.int64], max_tokens: int
) -> Pairs:
    """Pair i is `query_rows[i]` with `code_rows[i]` of framed sequences; a function is cut where both pass the cap."""
    found, lengths = [], queries.lengths(query_rows)
    for query, code, length in zip(query_rows, code_rows, lengths, strict=True):
        question = queries.tokens[queries.offsets[query] : queries.offsets[query + 1]]
        function = codes.tokens[codes.offsets[code] + 1 : codes.offsets[code + 1] - 1][: max_tokens - length - 1]
        found.append(np.concatenate([question, function, question[-1:]]))
    offsets = np.concatenate([[0], np.cumsum([len(pair) for pair in found])])
    return Pairs(Ragged(np.concatenate(found), offsets.astype(np.int64)), lengths)


def score_pairs(model: CrossEncoder, pairs: Pairs, cells: int) -> torch.Tensor:
    """[pairs] in their order; keeps the graph."""
    place = model.projection.weight.device
    found, order = [], []
    for block in blocks(pairs.sequences, cells):
        moved = block.to(place)
        with halved(place):
            found.append(model(moved.ids, moved.mask, segment_types(block, pairs).to(place)))
        order.append(torch.from_numpy(block.rows))
    return torch.cat(found)[torch.argsort(torch.cat(order)).to(place)]


def segment_types(block: Padded, pairs: Pairs) -> torch.Tensor:
    """int64 [pairs, length]: 1 on the function's tokens, 0 elsewhere."""
    lengths = torch.from_numpy(pairs.question_lengths[block.rows])
    position = torch.arange(block.ids.shape[1])
    return (position[None, :] >= lengths[:, None]).long() * block.mask
