"""The encoders as ONNX graphs with int8 weights: S2 (a vector for each text) and R (a score for each pair)."""

from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper
from torch import nn
from transformers.models.bert.modeling_bert import BertModel

from kenning_training.transformer.cross import CrossEncoder
from kenning_training.transformer.encoder import Encoder
from kenning_training.transformer.graph import Array, Graph

TEXT = ["batch", "length"]
MASKED = -1e4


def build_encoder(encoder: Encoder, max_tokens: int) -> onnx.ModelProto:
    """
    Inputs: `input_ids`, `attention_mask` int64 [batch, length], `base` float32 [batch, D]. Output: `embedding` float32
    [batch, D], unit length.
    """
    graph = Graph()
    mask = graph.cast("attention_mask")
    states = _bert(graph, encoder.bert, max_tokens, mask, None)
    pooled = graph.unit(_mean(graph, states, mask))
    added = graph.one("Add", "base", graph.linear(pooled, *_linear(encoder.projection)))
    dimensions = encoder.projection.out_features
    inputs = [_integers("input_ids"), _integers("attention_mask"), _floats("base", ["batch", dimensions])]
    return graph.model("kenning-s2", inputs, _floats("embedding", ["batch", dimensions]), graph.unit(added))


def build_cross_encoder(model: CrossEncoder, max_tokens: int) -> onnx.ModelProto:
    """
    Inputs: `input_ids`, `attention_mask`, `token_type_ids` int64 [batch, length]. Output: `score` float32 [batch].
    """
    graph = Graph()
    mask, types = graph.cast("attention_mask"), graph.cast("token_type_ids")
    states = _bert(graph, model.bert, max_tokens, mask, "token_type_ids")
    of_function = graph.one("Mul", mask, types)
    sides = [
        graph.unit(graph.linear(_mean(graph, states, part), *_linear(model.projection)))
        for part in (graph.one("Sub", mask, of_function), of_function)
    ]
    cosine = graph.one("ReduceSum", graph.one("Mul", *sides), graph.integers(1), keepdims=0)
    score = graph.one("Mul", cosine, graph.floats(model.log_scale.exp().item()))
    inputs = [_integers(name) for name in ("input_ids", "attention_mask", "token_type_ids")]
    return graph.model("kenning-r", inputs, _floats("score", ["batch"]), score)


def _bert(graph: Graph, bert: BertModel, max_tokens: int, mask: str, types: str | None) -> str:
    """States [batch, length, hidden] behind the last layer."""
    embeddings = bert.embeddings
    positions = _array(embeddings.position_embeddings.weight)[:max_tokens]
    type_rows = _array(embeddings.token_type_embeddings.weight)
    if types is None:
        positions = positions + type_rows[0]
    words = graph.rows(_array(embeddings.word_embeddings.weight), "input_ids")
    states = graph.one("Add", words, graph.rows(positions, _places(graph)))
    if types is not None:
        states = graph.one("Add", states, graph.one("Gather", graph.constant(type_rows), types))
    states = _norm(graph, states, embeddings.LayerNorm)
    hidden = graph.one("Sub", graph.floats(1.0), mask)
    bias = graph.one("Mul", graph.one("Unsqueeze", hidden, graph.integers(1, 2)), graph.floats(MASKED))
    for layer in bert.encoder.layer:
        states = _layer(graph, layer, states, bias, bert.config.num_attention_heads)
    return states


def _places(graph: Graph) -> str:
    """0, 1, … length − 1."""
    length = graph.one("Gather", graph.one("Shape", "input_ids"), graph.constant(np.array(1, np.int64)))
    zero, one = (graph.constant(np.array(value, np.int64)) for value in (0, 1))
    return graph.one("Range", zero, length, one)


def _layer(graph: Graph, layer: Any, states: str, bias: str, heads: int) -> str:
    joined, left_out = _attention(graph, layer.attention.self, states, bias, heads)
    output = layer.attention.output
    weight, offset = _linear(output.dense)
    mixed = graph.int8_linear(joined, weight, offset + weight @ left_out)
    states = _norm(graph, graph.one("Add", states, mixed), output.LayerNorm)
    inner = _gelu(graph, graph.int8_linear(states, *_linear(layer.intermediate.dense)))
    return _norm(
        graph,
        graph.one("Add", states, graph.int8_linear(inner, *_linear(layer.output.dense))),
        layer.output.LayerNorm,
    )


def _attention(graph: Graph, attention: Any, states: str, bias: str, heads: int) -> tuple[str, Array]:
    """
    [batch, length, hidden], and what is still to be added to each of its rows. Only the questions' offset is added
    here: the keys' is the same for all that a softmax compares, and the values' comes out as it went in.
    """
    parts = [_linear(part) for part in (attention.query, attention.key, attention.value)]
    (query_weight, query_offset), (key_weight, _), (value_weight, value_offset) = parts
    hidden = len(value_offset)
    size = hidden // heads
    scale = np.float32(size**-0.5)
    weight = np.concatenate([query_weight * scale, key_weight, value_weight])
    split = graph.one("Reshape", graph.int8_matmul(states, weight), graph.integers(0, 0, 3, heads, size))
    stacked = graph.add("Split", graph.one("Transpose", split, perm=[2, 0, 3, 1, 4]), outputs=3, axis=0)
    query, key, value = (graph.one("Squeeze", part, graph.integers(0)) for part in stacked)
    query = graph.one("Add", query, graph.constant((query_offset * scale).reshape(heads, 1, size)))
    scores = graph.one("MatMul", query, graph.one("Transpose", key, perm=[0, 1, 3, 2]))
    shares = graph.one("Softmax", graph.one("Add", scores, bias), axis=-1)
    mixed = graph.one("Transpose", graph.one("MatMul", shares, value), perm=[0, 2, 1, 3])
    return graph.one("Reshape", mixed, graph.integers(0, 0, hidden)), value_offset


def _gelu(graph: Graph, value: str) -> str:
    erf = graph.one("Erf", graph.one("Div", value, graph.floats(2.0**0.5)))
    return graph.one("Mul", graph.one("Mul", value, graph.one("Add", erf, graph.floats(1.0))), graph.floats(0.5))


def _norm(graph: Graph, value: str, norm: nn.LayerNorm) -> str:
    scale, bias = graph.constant(_array(norm.weight)), graph.constant(_array(norm.bias))
    return graph.one("LayerNormalization", value, scale, bias, axis=-1, epsilon=float(norm.eps))


def _mean(graph: Graph, states: str, mask: str) -> str:
    """[batch, hidden]: the mean of the states that `mask` [batch, length] marks with 1."""
    summed = graph.one("MatMul", graph.one("Unsqueeze", mask, graph.integers(1)), states)
    count = graph.one("ReduceSum", mask, graph.integers(1), keepdims=1)
    total = graph.one("Squeeze", summed, graph.integers(1))
    return graph.one("Div", total, graph.one("Max", count, graph.floats(1.0)))


def _linear(layer: nn.Linear) -> tuple[Array, Array]:
    return _array(layer.weight), _array(layer.bias)


def _array(values: torch.Tensor) -> Array:
    return values.detach().cpu().float().numpy()


def _integers(name: str) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.INT64, TEXT)


def _floats(name: str, shape: list[str | int]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
