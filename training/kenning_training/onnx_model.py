"""The student as an ONNX graph: an int8 table with one scale a row, made of operators that every runtime runs fast."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

OPSET = 17
TINY = 1e-12  # keeps the vector of an empty text at zero


def quantize_rows(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Symmetric int8 with one scale a row; `int8 * scale` is the row again."""
    scale = np.maximum(np.abs(table).max(axis=1), TINY) / 127.0
    return np.round(table / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def build(table: NDArray[np.float32], side_weights: NDArray[np.float32]) -> onnx.ModelProto:
    """
    `table` [V, D], `side_weights` [2, V]. Inputs: `input_ids` int64 [batch, length], `weights` float32 of the same
    shape (0 on padding), `side` int64 [1]. Output: `embedding` float32 [batch, D], unit length. A row's scale is folded
    into its two weights, so that the sum over a text is one matrix product.
    """
    rows, scale = quantize_rows(table)
    vocabulary, dimensions = table.shape
    factors = (side_weights * scale[None, :]).astype(np.float32).reshape(-1)
    constants: dict[str, NDArray[Any]] = {
        "table": rows,
        "factors": factors,
        "vocabulary": np.array([vocabulary], np.int64),
        "axis": np.array([1], np.int64),
        "tiny": np.array([TINY], np.float32),
    }
    nodes = [
        helper.make_node("Mul", ["side", "vocabulary"], ["side_start"]),
        helper.make_node("Add", ["input_ids", "side_start"], ["factor_ids"]),
        helper.make_node("Gather", ["factors", "factor_ids"], ["token_factors"]),
        helper.make_node("Mul", ["weights", "token_factors"], ["shares"]),
        helper.make_node("Unsqueeze", ["shares", "axis"], ["shares_row"]),
        helper.make_node("Gather", ["table", "input_ids"], ["int8_rows"]),
        helper.make_node("Cast", ["int8_rows"], ["float_rows"], to=TensorProto.FLOAT),
        helper.make_node("MatMul", ["shares_row", "float_rows"], ["sum_row"]),
        helper.make_node("Squeeze", ["sum_row", "axis"], ["sum"]),
        helper.make_node("ReduceL2", ["sum"], ["length"], axes=[1], keepdims=1),
        helper.make_node("Max", ["length", "tiny"], ["safe_length"]),
        helper.make_node("Div", ["sum", "safe_length"], ["embedding"]),
    ]
    text = ["batch", "length"]
    inputs = [
        helper.make_tensor_value_info("input_ids", TensorProto.INT64, text),
        helper.make_tensor_value_info("weights", TensorProto.FLOAT, text),
        helper.make_tensor_value_info("side", TensorProto.INT64, [1]),
    ]
    output = helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", dimensions])
    initializers = [numpy_helper.from_array(value, name) for name, value in constants.items()]
    graph = helper.make_graph(nodes, "kenning-static-student", inputs, [output], initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
    onnx.checker.check_model(model)
    return model


def save(model: onnx.ModelProto, path: Path) -> None:
    path.write_bytes(model.SerializeToString())
