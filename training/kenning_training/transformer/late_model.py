"""
The late-interaction teacher (C; TCT-ColBERT, arXiv 2010.11386): a vector for each token, s = Σ_i max_j ⟨q_i, d_j⟩, here
the mean over the question's tokens. Starts from the dual-encoder teacher.
"""

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from transformers.models.bert.modeling_bert import BertModel

from kenning_training.encoded import Ragged
from kenning_training.precision import halved
from kenning_training.transformer.sequences import blocks

TOKEN_DIMENSIONS = 128


class LateInteraction(nn.Module):
    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.bert = bert
        self.projection = nn.Linear(bert.config.hidden_size, TOKEN_DIMENSIONS, bias=False)
        self.log_scale = nn.Parameter(torch.tensor(0.0))

    def token_vectors(self, sequences: Ragged, cells: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Unit vectors [texts, longest, 128] and their mask, in the order of `sequences`."""
        place = self.projection.weight.device
        longest = int(np.diff(sequences.offsets).max())
        found, masks, order = [], [], []
        for block in blocks(sequences, cells):
            moved = block.to(place)
            with halved(place):
                states = self.bert(input_ids=moved.ids, attention_mask=moved.mask).last_hidden_state
                vectors = functional.normalize(self.projection(states).float(), dim=2)
            padding = (0, longest - vectors.shape[1])
            found.append(functional.pad(vectors, (0, 0, *padding)))
            masks.append(functional.pad(moved.mask, padding))
            order.append(torch.from_numpy(block.rows))
        back = torch.argsort(torch.cat(order)).to(place)
        return torch.cat(found)[back], torch.cat(masks)[back]

    def forward(self, queries: Ragged, codes: Ragged, cells: int) -> torch.Tensor:
        """[queries, codes], each in −1 … 1."""
        query, query_mask = self.token_vectors(queries, cells)
        code, code_mask = self.token_vectors(codes, cells)
        rows = [_scores_of(q[: int(m.sum())], code, code_mask) for q, m in zip(query, query_mask, strict=True)]
        return torch.stack(rows)


def _scores_of(query: torch.Tensor, codes: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """[codes]: of one question's token vectors [tokens, 128]."""
    similarity = torch.einsum("qd,ctd->cqt", query, codes)
    return similarity.masked_fill(mask[:, None, :] == 0, -1.0).amax(dim=2).mean(dim=1)
