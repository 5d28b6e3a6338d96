"""
The graph that reads a text at a time gives the vectors of the one that it is made of, with fewer operators, and the S2
that ships is what the stage makes of it.
"""

import copy
import json
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from transformers import BertConfig, BertModel

from kenning_training.config import CONFIGS, read_config
from kenning_training.transformer.encoder import Encoder
from kenning_training.transformer.one_text import one_text_a_run
from kenning_training.transformer.onnx_encoder import build_encoder

LAYERS = 2
DIMENSIONS = 16


def embed(model: onnx.ModelProto, ids: list[int], base: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(model.SerializeToString())
    tokens = np.array([ids], np.int64)
    feed = {"input_ids": tokens, "attention_mask": np.ones_like(tokens), "base": base}
    return session.run(["embedding"], feed)[0][0]


def tiny_graph() -> onnx.ModelProto:
    torch.manual_seed(3)
    sizes: dict[str, Any] = {"hidden_size": 64, "num_hidden_layers": LAYERS, "num_attention_heads": 2}
    # Weights so large that attention is uneven.
    shape = BertConfig(vocab_size=200, intermediate_size=128, initializer_range=0.2, **sizes)
    return build_encoder(Encoder(BertModel(shape, add_pooling_layer=False), DIMENSIONS).eval(), 32)


def test_a_text_alone_has_the_same_vector_from_fewer_operators() -> None:
    together = tiny_graph()
    alone = one_text_a_run(copy.deepcopy(together))
    operators = [node.op_type for node in alone.graph.node]
    assert operators.count("DynamicQuantizeMatMul") == 4 * LAYERS
    assert "MatMulIntegerToFloat" not in operators
    assert len(operators) < 0.7 * len(together.graph.node)
    base = np.zeros((1, DIMENSIONS), np.float32)
    for ids in ([101, 7, 102], [101, *range(20, 45), 102]):
        assert embed(alone, ids, base) @ embed(together, ids, base) > 0.999


def test_what_is_rewritten_already_stays_the_same_to_the_byte() -> None:
    alone = one_text_a_run(tiny_graph())
    assert one_text_a_run(copy.deepcopy(alone)).SerializeToString() == alone.SerializeToString()


def test_the_s2_that_ships_is_rewritten_and_reads_what_the_configuration_says() -> None:
    config = read_config(CONFIGS / "cpu.toml")
    path = config.model.s2_folder / "model.onnx"
    assert one_text_a_run(onnx.load(path)).SerializeToString() == path.read_bytes()
    card = json.loads((config.model.s2_folder / "model.json").read_text())
    assert card["maxTokens"] == config.s2.exported_tokens < config.s2.max_tokens
