"""
A graph that reads texts together → one that reads a text at a time, a fifth faster: no text is padded, so nothing is
masked, and a matrix of activations has one scale for the whole text, which ONNX Runtime finds, applies and multiplies
with in one operator. Weights stay as they are, to the bit.

The stage `one-text` does it to an S2 that was exported before, and has it read as much of a text as the configuration
says (`read_tokens`). What an earlier version of it has rewritten becomes the same file.
"""

import json

import numpy as np
import onnx
from onnx import helper, numpy_helper

from kenning_training.config import Config
from kenning_training.export import sha256, write_card, write_golden
from kenning_training.serving import ServedModel
from kenning_training.transformer.golden import golden_vectors
from kenning_training.transformer.graph import ONNX_RUNTIME
from kenning_training.transformer.serving import ServedEncoder

LARGEST = np.float32(127.0)


def run(config: Config) -> None:
    """In place: the graph, what the card says of it, and its golden vectors."""
    folder = config.model.s2_folder
    path = folder / "model.onnx"
    path.write_bytes(one_text_a_run(onnx.load(path)).SerializeToString())
    card = json.loads((folder / "model.json").read_text()) | {"maxTokens": config.s2.exported_tokens}
    card["files"]["model.onnx"] = sha256(path)
    write_card(folder, card)
    write_golden(folder, golden_vectors(ServedEncoder(folder), ServedModel(config.model.folder)))


def one_text_a_run(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same inputs and outputs; `input_ids` of one row without padding."""
    rewriting = _Rewriting(model)
    for product in [node for node in model.graph.node if node.op_type == "MatMulIntegerToFloat"]:
        rewriting.replace_product(product)
    for softmax in [node for node in model.graph.node if node.op_type == "Softmax"]:
        rewriting.leave_out_mask(softmax)
    return rewriting.finished()


class _Rewriting:
    def __init__(self, model: onnx.ModelProto) -> None:
        self._model = model
        self._makers = {name: node for node in model.graph.node for name in node.output}
        self._constants = {value.name: value for value in model.graph.initializer}
        self._replaced: dict[str, onnx.NodeProto] = {}
        self._added: list[onnx.TensorProto] = []

    def replace_product(self, product: onnx.NodeProto) -> None:
        """`product` with what comes before it, the scaling after it and, where there is one, the bias."""
        (scaling,) = self._users(product.output[0])
        result = scaling.output[0]
        bias = ""
        users = self._users(result)
        if len(users) == 1 and users[0].op_type == "Add" and users[0].input[1] in self._constants:
            (add,) = users
            bias, result = add.input[1], add.output[0]
        _, weight, _, scale, _ = product.input
        name = f"{scale}_of_text"
        values = numpy_helper.to_array(self._constants[scale]) * LARGEST
        self._added.append(numpy_helper.from_array(values, name))
        inputs = [self._activations(product), weight, name, *(["", bias] if bias else [])]
        self._replaced[result] = helper.make_node("DynamicQuantizeMatMul", inputs, [result], domain=ONNX_RUNTIME)

    def leave_out_mask(self, softmax: onnx.NodeProto) -> None:
        masked = self._makers[softmax.input[0]]
        if masked.op_type == "Add":
            softmax.input[0] = masked.input[0]

    def finished(self) -> onnx.ModelProto:
        graph = self._model.graph
        nodes = [self._replaced.get(node.output[0], node) for node in graph.node]
        needed = {value.name for value in graph.output}
        kept = []
        for node in reversed(nodes):
            if needed.isdisjoint(node.output):
                continue
            needed.update(node.input)
            kept.append(node)
        constants = [value for value in [*graph.initializer, *self._added] if value.name in needed]
        # The same file, whether all of it is rewritten at once or what an earlier rewriting has left.
        constants.sort(key=lambda value: value.name)
        graph.ClearField("node")
        graph.node.extend(reversed(kept))
        graph.ClearField("initializer")
        graph.initializer.extend(constants)
        onnx.checker.check_model(self._model)
        return self._model

    def _activations(self, product: onnx.NodeProto) -> str:
        quantize = self._makers[product.input[0]]
        return self._makers[quantize.input[0]].input[0]

    def _users(self, name: str) -> list[onnx.NodeProto]:
        return [node for node in self._model.graph.node if name in node.input]
