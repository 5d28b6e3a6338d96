"""
A few words for writing ONNX graphs by hand: constants, nodes, and the int8 linear layer in the operators that ONNX
Runtime runs fastest (DynamicQuantizeLinear and MatMulInteger).
"""

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from kenning_training.onnx_model import quantize_rows

OPSET = 17
Array = NDArray[Any]


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
        int8, scale = quantize_rows(weight)
        quantized, step, zero = self.add("DynamicQuantizeLinear", value, outputs=3)
        summed = self.cast(self.one("MatMulInteger", quantized, self.constant(int8.T), zero))
        scales = self.one("Mul", step, self.constant(scale))
        return self.one("Add", self.one("Mul", summed, scales), self.constant(bias))

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
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
        onnx.checker.check_model(model)
        return model
