"""
The transformer encoders: some of all-MiniLM-L6-v2's layers and a projection whose output is *added* to the static
student's vector of the same text. An encoder thus begins near the static student, learns what that one gets wrong, and
its vectors can be compared with the static ones.
"""

from collections.abc import Sequence

import torch
from torch import nn
from torch.nn import functional
from transformers import AutoModel
from transformers.models.bert.modeling_bert import BertModel

from kenning_training.encoded import Ragged
from kenning_training.minilm import model_folder
from kenning_training.precision import halved
from kenning_training.transformer.sequences import Padded, blocks


def minilm_layers(layers: Sequence[int]) -> BertModel:
    """
    Some layers of the published model, in the order given, without its pooler and without dropout. Attention is written
    out on a processor: the fused kind's gradient takes a third of a step there, and a step 1.8 times as long.
    """
    model = AutoModel.from_pretrained(
        model_folder(),
        add_pooling_layer=False,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        attn_implementation="sdpa" if torch.cuda.is_available() else "eager",
    )
    model.encoder.layer = nn.ModuleList([model.encoder.layer[i] for i in layers])
    model.config.num_hidden_layers = len(layers)
    return model


class Encoder(nn.Module):
    """Token ids and base vectors → unit vectors [texts, dimensions]."""

    def __init__(self, bert: BertModel, dimensions: int) -> None:
        super().__init__()
        self.bert = bert
        self.projection = nn.Linear(bert.config.hidden_size, dimensions)
        self.log_scale = nn.Parameter(torch.tensor(0.0))

    def states(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """[texts, length, hidden]."""
        return self.bert(input_ids=ids, attention_mask=mask).last_hidden_state

    def pooled(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """The mean of the token states, of unit length: [texts, hidden]."""
        weights = mask[:, :, None].to(torch.float32)
        mean = (self.states(ids, mask).to(torch.float32) * weights).sum(1) / weights.sum(1)
        return functional.normalize(mean, dim=1)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, base: torch.Tensor) -> torch.Tensor:
        return functional.normalize(base + self.projection(self.pooled(ids, mask)), dim=1)


def encode_all(
    encoder: Encoder, sequences: Ragged, base: torch.Tensor, cells: int, bfloat16: bool | None = None
) -> torch.Tensor:
    """
    [texts, dimensions] in the order of `sequences`, block by block; keeps the graph for training. bfloat16 inside where
    nothing else is said and the machine has it.
    """
    found, order = [], []
    device = base.device
    for block in blocks(sequences, cells):
        with halved(device, bfloat16):
            vectors = _forward(encoder, block.to(device), base)
        found.append(vectors)
        order.append(torch.from_numpy(block.rows))
    back = torch.argsort(torch.cat(order))
    return torch.cat(found)[back.to(device)]


def _forward(encoder: Encoder, block: Padded, base: torch.Tensor) -> torch.Tensor:
    return encoder(block.ids, block.mask, base[torch.from_numpy(block.rows).to(base.device)])
