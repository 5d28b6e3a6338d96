"""
A few words for writing ONNX graphs by hand: constants, nodes, and the int8 linear layer in the operators that ONNX
Runtime runs fastest. Each row of activations (a token) has a scale of its own, so that a text's vector does not depend
on what else is in its run.
"""

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from kenning_training.onnx_model import TINY, quantize_rows

OPSET = 17
ONNX_RUNTIME = "com.microsoft"  # the domain of its own operators, in every one of its builds
ZERO_POINT = 128
Array = NDArray[Any]


def quantize_weights(weight: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """
    int8 with one scale for each row of `weight` [out, in], such that no two neighbours add up to more than 128:
    processors without VNNI add neighbours' products with activations of up to 255 in 16 bits, and would cut them off.
    """
    magnitude = np.abs(weight)
    scale = np.maximum((magnitude[:, 0::2] + magnitude[:, 1::2]).max(axis=1), TINY) / 127.0
    return np.round(weight / scale[:, None]).astype(np.int8), scale.astype(np.float32)


class Graph:
    """Names are made up on the way: every method returns the name of what it adds."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def constant(self, value: Array) -> str:
        name = f"constant{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def floats(self, *values: float) -> str:
        return self.constant(np.array(values, np.float32))

    def integers(self, *values: int) -> str:
        return self.constant(np.array(values, np.int64))

    def add(self, operator: str, *inputs: str, outputs: int = 1, **attributes: Any) -> list[str]:
        names = [f"{operator}{len(self._nodes)}_{i}" for i in range(outputs)]
        self._nodes.append(helper.make_node(operator, list(inputs), names, **attributes))
        return names

    def one(self, operator: str, *inputs: str, **attributes: Any) -> str:
        return self.add(operator, *inputs, **attributes)[0]

    def cast(self, value: str) -> str:
        return self.one("Cast", value, to=TensorProto.FLOAT)

    def rows(self, table: Array, ids: str) -> str:
        """Rows of a float table [V, D] that is kept as int8 with one scale a row."""
        int8, scale = quantize_rows(table)
        values = self.cast(self.one("Gather", self.constant(int8), ids))
        return self.one("Mul", values, self.one("Gather", self.constant(scale[:, None]), ids))

    def int8_linear(self, value: str, weight: Array, bias: Array) -> str:
        """`value` @ `weight`.T + `bias`; `weight` [out, in] is kept as int8 with one scale for each output."""
        return self.one("Add", self.int8_matmul(value, weight), self.constant(bias))

    def int8_matmul(self, value: str, weight: Array) -> str:
        """The same without a bias. A row of `value` goes in as 8 bits around 128, scaled by its largest magnitude."""
        int8, scale = quantize_weights(weight)
        one, zero = self.constant(np.array(1.0, np.float32)), self.constant(np.array(ZERO_POINT, np.uint8))
        largest = self.one("ReduceMax", self.one("Abs", value), axes=[-1], keepdims=1)
        largest = self.one("Max", largest, self.floats(TINY))
        scaled = self.one("Mul", value, self.one("Div", self.floats(127.0), largest))
        rounded = self.one("QuantizeLinear", scaled, one, zero)
        factors = [rounded, self.constant(int8.T), one, self.constant(scale / np.float32(127.0)), zero]
        return self.one("Mul", self.one("MatMulIntegerToFloat", *factors, domain=ONNX_RUNTIME), largest)

    def linear(self, value: str, weight: Array, bias: Array) -> str:
        """The same in float, for small layers."""
        return self.one("Add", self.one("MatMul", value, self.constant(weight.T)), self.constant(bias))

    def unit(self, value: str) -> str:
        """Rows of [batch, D] brought to unit length."""
        length = self.one("ReduceL2", value, axes=[1], keepdims=1)
        return self.one("Div", value, self.one("Max", length, self.floats(1e-12)))

    def model(
        self, name: str, inputs: list[onnx.ValueInfoProto], output: onnx.ValueInfoProto, result: str
    ) -> onnx.ModelProto:
        """Ends the graph: `result` becomes `output`."""
        self._nodes.append(helper.make_node("Identity", [result], [output.name]))
        graph = helper.make_graph(self._nodes, name, inputs, [output], self._constants)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(ONNX_RUNTIME, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=8)
        onnx.checker.check_model(model)
        return model
