"""
The student as an ONNX graph, made of operators that every runtime runs fast. The file holds most of the table as
product codes, a byte for every few dimensions. What unpacks them depends on no input: ONNX Runtime does it once, while
loading, and then works on an int8 table. The product takes the constants by their names
(`src/engine/embed/student-table.ts`) and adds the rows up itself.
"""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper

from kenning_training.product_codes import ENTRIES, product_codes

OPSET = 17
TINY = 1e-12  # keeps the vector of an empty text at zero
# Which share of the tokens, those that are met most often, is kept as int8, and how many dimensions of another one byte
# stands for.
WHOLE_SHARE, WIDTH = 0.09, 4

Array = NDArray[Any]


def quantize_rows(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Symmetric int8 with one scale a row; `int8 * scale` is the row again."""
    scale = np.maximum(np.abs(table).max(axis=1), TINY) / 127.0
    return np.round(table / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def build(table: NDArray[np.float32], side_weights: NDArray[np.float32], use: NDArray[np.float32]) -> onnx.ModelProto:
    """
    `table` [V, D], `side_weights` [2, V], `use` [V]: how often a token is met. Inputs: `input_ids` int64
    [batch, length], `weights` float32 of the same shape (0 on padding), `side` int64 [1]. Output: `embedding` float32
    [batch, D], unit length. A row's length is folded into its two weights, so that the sum over a text is one matrix
    product.
    """
    vocabulary, dimensions = table.shape
    lengths = np.maximum(np.linalg.norm(table, axis=1), TINY)
    constants, nodes, step = _packed_table(table / lengths[:, None], use)
    constants |= {
        "half_factors": (side_weights * lengths * step).astype(np.float16).reshape(-1),
        "vocabulary": np.array([vocabulary], np.int64),
        "axis": np.array([1], np.int64),
        "tiny": np.array([TINY], np.float32),
    }
    nodes += [
        helper.make_node("Cast", ["half_factors"], ["factors"], to=TensorProto.FLOAT),
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


def _packed_table(rows: Array, use: Array) -> tuple[dict[str, Array], list[NodeProto], float]:
    """Constants and nodes that make `table`, int8 [V, D], out of unit rows; the step of its numbers."""
    order = np.argsort(-use, kind="stable")
    whole, coded = np.split(order, [round(WHOLE_SHARE * len(order))])
    # The square root: a token that is met a hundred times as often matters, but others are met as well.
    weights = np.sqrt(use[coded] / use.sum() + 1e-7).astype(np.float32)
    pieces = rows.shape[1] // WIDTH
    found = product_codes(rows[coded], weights, pieces)
    step = max(float(np.abs(rows[whole]).max()), float(np.abs(found.books).max())) / 127.0
    constants: dict[str, Array] = {
        "whole_rows": np.round(rows[whole] / step).astype(np.int8),
        "codes": found.codes,
        "book_starts": (np.arange(pieces) * ENTRIES).astype(np.int32),
        "books": np.round(found.books / step).astype(np.int8).reshape(pieces * ENTRIES, WIDTH),
        "flat": np.array([0, -1], np.int64),
        "place": np.argsort(order).astype(np.uint16),
    }
    nodes = [
        helper.make_node("Cast", ["codes"], ["wide_codes"], to=TensorProto.INT32),
        helper.make_node("Add", ["wide_codes", "book_starts"], ["entries"]),
        helper.make_node("Gather", ["books", "entries"], ["parts"]),
        helper.make_node("Reshape", ["parts", "flat"], ["coded_rows"]),
        helper.make_node("Concat", ["whole_rows", "coded_rows"], ["by_use"], axis=0),
        helper.make_node("Cast", ["place"], ["wide_place"], to=TensorProto.INT32),
        helper.make_node("Gather", ["by_use", "wide_place"], ["table"]),
    ]
    return constants, nodes, step


def save(model: onnx.ModelProto, path: Path) -> None:
    path.write_bytes(model.SerializeToString())
