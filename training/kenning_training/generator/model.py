"""
The code→query generator p_T(q|c) (Clement et al. 2021, arXiv 2108.03322): an encoder and a decoder that both start as
some of all-MiniLM-L6-v2's layers, and score words by their vectors.
"""

from collections.abc import Sequence
from typing import cast

import torch
from torch import nn
from torch.nn import functional
from transformers.models.bert.modeling_bert import BertLayer, BertModel

from kenning_training.generator.decoder import DecoderLayer, LayerCache
from kenning_training.transformer.encoder import minilm_layers
from kenning_training.transformer.wordpiece import CLS, PAD


class Generator(nn.Module):
    """Reads `[CLS] code [SEP]`; writes from `[CLS]` until `[SEP]`."""

    def __init__(self, encoder: BertModel, decoder: Sequence[DecoderLayer]) -> None:
        super().__init__()
        self.encoder = encoder
        self.layers = nn.ModuleList(decoder)
        self._decoder = tuple(decoder)
        self.bias = nn.Parameter(torch.zeros(encoder.config.vocab_size))
        # MiniLM's word vectors are no output weights: their products with states are brought to a scale that learns.
        self.log_scale = nn.Parameter(torch.tensor(0.0))

    def read(self, ids: torch.Tensor, mask: torch.Tensor) -> list[LayerCache]:
        """Code [texts, length] as every decoder layer looks at it."""
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return [LayerCache(code=layer.code.keys_values(states)) for layer in self._decoder]

    def write(
        self, ids: torch.Tensor, position: int, caches: list[LayerCache], mask: torch.Tensor, keep: bool
    ) -> torch.Tensor:
        """Logits [texts, length, words] of the word after each of `ids`, of which the first stands at `position`."""
        places = torch.arange(position, position + ids.shape[1], device=ids.device)[None]
        states = self.encoder.embeddings(input_ids=ids, position_ids=places.expand_as(ids))
        code_mask = mask[:, None, None, :].bool()
        for layer, cache in zip(self._decoder, caches, strict=True):
            states = layer(states, cache, code_mask, keep)
        table = functional.normalize(self.encoder.embeddings.word_embeddings.weight, dim=1)
        return states @ table.T * self.log_scale.exp() + self.bias

    def forward(
        self, ids: torch.Tensor, mask: torch.Tensor, targets: torch.Tensor, target_mask: torch.Tensor
    ) -> torch.Tensor:
        """Log-probabilities [texts, length] of `targets` (each ends with [SEP]), 0 where `target_mask` is."""
        before = torch.cat([torch.full_like(targets[:, :1], CLS), targets[:, :-1]], 1)
        logits = self.write(before, 0, self.read(ids, mask), mask, keep=False)
        losses = functional.cross_entropy(logits.float().flatten(0, 1), targets.flatten(), reduction="none")
        return -losses.view(targets.shape) * target_mask


def new_generator(encoder_layers: Sequence[int], decoder_layers: Sequence[int], unigrams: torch.Tensor) -> Generator:
    """`unigrams` [words]: how often a word is in a query; the bias starts from them, so that training need not."""
    heads = minilm_layers([0]).config.num_attention_heads
    start = minilm_layers(decoder_layers)
    decoder = [DecoderLayer(cast(BertLayer, layer), heads) for layer in start.encoder.layer]
    # The weights may have been brought along at half precision.
    generator = Generator(minilm_layers(encoder_layers), decoder).float()
    counts = unigrams.float() + 0.1
    counts[PAD] = counts[CLS] = 1e-6
    with torch.no_grad():
        generator.bias.copy_((counts / counts.sum()).log())
    return generator


def perplexity(log_probs: torch.Tensor, mask: torch.Tensor) -> float:
    return float(torch.exp(-log_probs.sum() / mask.sum()))
