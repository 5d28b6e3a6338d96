"""
S2 read back from an exported graph, for a training that goes on from what ships. Not the float model that it was
exported from: weights are those of int8, and offsets stand where the export has put them.
"""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from kenning_training.transformer.encoder import Encoder, minilm_layers
from kenning_training.transformer.graph import Array

PRODUCTS_IN_A_LAYER = 4

Product = tuple[Array, Array]
"""A weight [out, in] and what is added behind it, zeros where nothing is."""
Norm = tuple[Array, Array]


def exported_encoder(folder: Path) -> Encoder:
    """As `one_text_a_run` leaves a graph. Where its contrast stood (`log_scale`) is not exported: it begins at 0."""
    graph = _Reading(onnx.load(str(folder / "model.onnx")))
    products, norms, offsets = graph.products(), graph.norms(), graph.question_offsets()
    projection = graph.last_weight()
    encoder = Encoder(minilm_layers(range(len(offsets))), projection.shape[1])
    with torch.no_grad():
        _fill_embeddings(encoder.bert.embeddings, graph.tables(), norms[0])
        for i, layer in enumerate(encoder.bert.encoder.layer):
            own = products[PRODUCTS_IN_A_LAYER * i : PRODUCTS_IN_A_LAYER * (i + 1)]
            _fill_layer(layer, own, norms[2 * i + 1 : 2 * i + 3], offsets[i])
        _fill(encoder.projection.weight, projection.T)
        _fill(encoder.projection.bias, graph.last_offset())
    return encoder


class _Reading:
    """Constants of the graph, in the order in which its nodes use them."""

    def __init__(self, model: onnx.ModelProto) -> None:
        self._nodes = model.graph.node
        self._constants = {value.name: numpy_helper.to_array(value) for value in model.graph.initializer}

    def products(self) -> list[Product]:
        return [self._product(node) for node in self._nodes if node.op_type == "DynamicQuantizeMatMul"]

    def norms(self) -> list[Norm]:
        nodes = [node for node in self._nodes if node.op_type == "LayerNormalization"]
        return [(self._constants[node.input[1]], self._constants[node.input[2]]) for node in nodes]

    def tables(self) -> list[Array]:
        """Words and places: int8 rows and, gathered next, a factor for each."""
        gathered = [self._constants[node.input[0]] for node in self._nodes if self._gathers(node)]
        return [rows.astype(np.float32) * factors for rows, factors in zip(gathered[::2], gathered[1::2], strict=True)]

    def question_offsets(self) -> list[Array]:
        """[heads, 1, size] of each layer, divided by the root of the size already."""
        added = [self._constants[node.input[1]] for node in self._nodes if self._adds_constant(node)]
        return [offset for offset in added if offset.ndim == 3]

    def last_weight(self) -> Array:
        return self._last("MatMul")

    def last_offset(self) -> Array:
        return self._last("Add")

    def _last(self, operator: str) -> Array:
        nodes = [node for node in self._nodes if node.op_type == operator and node.input[1] in self._constants]
        return self._constants[nodes[-1].input[1]]

    def _product(self, node: onnx.NodeProto) -> Product:
        weight, scale = (self._constants[name] for name in node.input[1:3])
        offset = self._constants[node.input[4]] if len(node.input) > 4 else np.zeros_like(scale)
        return weight.T.astype(np.float32) * scale[:, None], offset

    def _gathers(self, node: onnx.NodeProto) -> bool:
        return node.op_type == "Gather" and node.input[0] in self._constants

    def _adds_constant(self, node: onnx.NodeProto) -> bool:
        return node.op_type == "Add" and node.input[1] in self._constants


def _fill_embeddings(embeddings: Any, tables: list[Array], norm: Norm) -> None:
    words, places = tables
    _fill(embeddings.word_embeddings.weight, words)
    _fill(embeddings.position_embeddings.weight[: len(places)], places)
    # The places' rows have the first kind's in them.
    kinds = embeddings.token_type_embeddings.weight
    kinds.sub_(kinds[0].clone())
    _fill_norm(embeddings.LayerNorm, norm)


def _fill_layer(layer: Any, products: list[Product], norms: list[Norm], question_offset: Array) -> None:
    (joined, _), mixed, inner, outer = products
    attention = layer.attention.self
    root = attention.attention_head_size**0.5
    parts = joined.reshape(3, -1, joined.shape[1])
    for linear, weight, factor in zip(
        (attention.query, attention.key, attention.value), parts, (root, 1, 1), strict=True
    ):
        _fill(linear.weight, weight * factor)
        linear.bias.zero_()
    _fill(attention.query.bias, question_offset.reshape(-1) * root)
    outputs = (layer.attention.output.dense, layer.intermediate.dense, layer.output.dense)
    for linear, (weight, offset) in zip(outputs, (mixed, inner, outer), strict=True):
        _fill(linear.weight, weight)
        _fill(linear.bias, offset)
    _fill_norm(layer.attention.output.LayerNorm, norms[0])
    _fill_norm(layer.output.LayerNorm, norms[1])


def _fill_norm(norm: nn.LayerNorm, values: Norm) -> None:
    _fill(norm.weight, values[0])
    _fill(norm.bias, values[1])


def _fill(parameter: torch.Tensor, values: Array) -> None:
    parameter.copy_(torch.from_numpy(values.copy()))
