"""
The decoder's layers: BERT's, with a causal mask and a look at the code between the two halves, and a cache of keys and
values so that a step of sampling reads one token (Vaswani et al. 2017). Each starts as a layer of the encoder does; its
look at the code starts as its look at the words before (Rothe et al. 2020, "Leveraging Pre-trained Checkpoints").
"""

from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional
from transformers.models.bert.modeling_bert import BertLayer


@dataclass
class LayerCache:
    """Keys and values [texts, heads, length, size]: of the words written so far (grows), and of the code (fixed)."""

    own: tuple[torch.Tensor, torch.Tensor] | None = None
    code: tuple[torch.Tensor, torch.Tensor] | None = None

    def repeated(self, times: int) -> "LayerCache":
        """Each text `times` times, before the first word is written."""
        assert self.own is None and self.code is not None
        return LayerCache(None, tuple(part.repeat_interleave(times, 0) for part in self.code))  # type: ignore[arg-type]

    def kept(self, rows: torch.Tensor) -> None:
        """Drops the texts that are done."""
        for name in ("own", "code"):
            pair = getattr(self, name)
            setattr(self, name, None if pair is None else (pair[0][rows], pair[1][rows]))


class Attention(nn.Module):
    """Multi-head attention with BERT's residual and norm."""

    def __init__(self, layer: BertLayer, heads: int) -> None:
        super().__init__()
        own, out = layer.attention.self, layer.attention.output
        self.heads = heads
        self.query, self.key, self.value, self.output = (
            _copy(part) for part in (own.query, own.key, own.value, out.dense)
        )
        self.norm = nn.LayerNorm(out.LayerNorm.normalized_shape, out.LayerNorm.eps)
        self.norm.load_state_dict(out.LayerNorm.state_dict())

    def keys_values(self, states: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return self._split(self.key(states)), self._split(self.value(states))

    def forward(
        self, states: torch.Tensor, pair: tuple[torch.Tensor, torch.Tensor], mask: torch.Tensor | None, causal: bool
    ) -> torch.Tensor:
        """`states` [texts, length, hidden]; `mask` [texts, 1, 1, keys], true where a key may be looked at."""
        query = self._split(self.query(states))
        found = functional.scaled_dot_product_attention(query, *pair, attn_mask=mask, is_causal=causal)
        joined = found.transpose(1, 2).reshape(states.shape)
        return self.norm(states + self.output(joined))

    def _split(self, states: torch.Tensor) -> torch.Tensor:
        return states.unflatten(2, (self.heads, -1)).transpose(1, 2)


class DecoderLayer(nn.Module):
    def __init__(self, layer: BertLayer, heads: int) -> None:
        super().__init__()
        self.words, self.code = Attention(layer, heads), Attention(layer, heads)
        self.wide, self.narrow = _copy(layer.intermediate.dense), _copy(layer.output.dense)
        self.norm = nn.LayerNorm(layer.output.LayerNorm.normalized_shape, layer.output.LayerNorm.eps)
        self.norm.load_state_dict(layer.output.LayerNorm.state_dict())

    def forward(self, states: torch.Tensor, cache: LayerCache, code_mask: torch.Tensor, keep: bool) -> torch.Tensor:
        """All words of a text at once, or with `keep` the next one, remembered in the cache."""
        pair = self.words.keys_values(states)
        if keep:
            if cache.own is not None:
                pair = (torch.cat([cache.own[0], pair[0]], 2), torch.cat([cache.own[1], pair[1]], 2))
            cache.own = pair
        assert cache.code is not None
        states = self.words(states, pair, None, causal=not keep)
        states = self.code(states, cache.code, code_mask, causal=False)
        return self.norm(states + self.narrow(functional.gelu(self.wide(states))))


def _copy(linear: nn.Linear) -> nn.Linear:
    made = nn.Linear(linear.in_features, linear.out_features)
    made.load_state_dict(linear.state_dict())
    return made
