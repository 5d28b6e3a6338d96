"""
Makes `test/fixtures/models/tiny-named`: a folder laid out as sentence-transformers lays out an embedding model, with a
network that looks up one vector for each token. 20 dimensions, so that no code can count on a power of two.

    python training/tests/make_tiny_named.py
"""

import json
from pathlib import Path

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import TemplateProcessing

TARGET = Path(__file__).parents[2] / "test" / "fixtures" / "models" / "tiny-named"
DIMENSIONS = 20
MAX_TOKENS = 64
PREFIX = "query: "
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
WORDS = (
    "abs attempt b backoff cart date dates days def func go int item items moon of parse phase py query retry return "
    "shop src string strptime sum task text the total turn wait"
).split()
#: What belongs together lies together: "turn a string into a date" is to find `parse_date`.
NEAR = {"string": "text", "turn": "parse", "wait": "retry", "date": "dates"}


def make_tokenizer() -> Tokenizer:
    letters = "abcdefghijklmnopqrstuvwxyz0123456789_:./(){}<>,=+-*"
    names = list(dict.fromkeys([*SPECIAL, *WORDS, *letters, *(f"##{letter}" for letter in letters)]))
    vocabulary = {name: i for i, name in enumerate(names)}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    specials = [(name, vocabulary[name]) for name in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=specials)
    tokenizer.add_special_tokens(SPECIAL)
    return tokenizer


def make_table(tokenizer: Tokenizer) -> np.ndarray:
    """Words weigh much, single letters little, and the token that opens a text points in a direction of its own."""
    generator = np.random.default_rng(5)
    table = generator.normal(size=(tokenizer.get_vocab_size(), DIMENSIONS)).astype(np.float32)
    for name, row in tokenizer.get_vocab().items():
        if name not in WORDS:
            table[row] *= 0.02
    for name, other in NEAR.items():
        table[tokenizer.token_to_id(name)] = table[tokenizer.token_to_id(other)] * 0.95
    table[tokenizer.token_to_id("[CLS]")] = np.eye(DIMENSIONS, dtype=np.float32)[0] * 0.05
    return table


def make_model(table: np.ndarray) -> bytes:
    inputs = ("input_ids", "attention_mask", "token_type_ids")
    graph = helper.make_graph(
        [helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])],
        "tiny-named",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"]) for name in inputs],
        [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["batch", "length", DIMENSIONS])],
        [numpy_helper.from_array(table, "table")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    checker.check_model(model, full_check=True)
    return bytes(model.SerializeToString())


def main() -> None:
    tokenizer = make_tokenizer()
    files: dict[str, object] = {
        "config.json": {"model_type": "bert", "hidden_size": DIMENSIONS, "max_position_embeddings": 512},
        "tokenizer_config.json": {"tokenizer_class": "BertTokenizer", "pad_token": "[PAD]", "model_max_length": 512},
        "sentence_bert_config.json": {"max_seq_length": MAX_TOKENS},
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
        ],
        "1_Pooling/config.json": {"word_embedding_dimension": DIMENSIONS, "pooling_mode_mean_tokens": True},
        "config_sentence_transformers.json": {"prompts": {"query": PREFIX}},
    }
    for name, content in files.items():
        path = TARGET / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, indent=1) + "\n")
    (TARGET / "onnx").mkdir(exist_ok=True)
    (TARGET / "onnx" / "model.onnx").write_bytes(make_model(make_table(tokenizer)))
    tokenizer.save(str(TARGET / "tokenizer.json"))


if __name__ == "__main__":
    main()
