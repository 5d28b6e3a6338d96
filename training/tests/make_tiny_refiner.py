"""
Makes `test/fixtures/models/kenning-s2`, a refiner small enough to commit, for the product's tests: a mean over a few
hundred word pieces, one matrix, added to the first student's vector. Run it in `training/`:

    python -m tests.make_tiny_refiner

Its card names no version of the first student, which is trained anew from time to time: the tests fill that in. Its
golden file holds, for each text, the ids and what is added to the vector before it gets unit length again.
"""

import hashlib
import json
import string
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, pre_tokenizers

from kenning_training.words import split_words

FOLDER = Path(__file__).parents[2] / "test" / "fixtures" / "models" / "kenning-s2"
DIMENSIONS, WIDTH, MAX_TOKENS, OPSET, SEED = 256, 32, 128, 17, 3
SPECIAL = {"[PAD]": 0, "[UNK]": 100, "[CLS]": 101, "[SEP]": 102}
# Words that mean one thing to this model and nothing to each other in the first one.
SYNONYMS = [("yeast", "glockenspiel"), ("lantern", "quorum")]
STRONG = 60.0
WORDS = """
a add all and array back by call class close code count data date def delete error file find first for from func
function get go http id if in index int into is item key last line list load make map max min name new next none not
number object of open or parse path price read remove request return retry root save self set size sort split start
state stop store str string sum task test text the time to token total true type update user value wait word write
""".split()
GOLDEN = [
    ("query", ""),
    ("query", "parse a date"),
    ("query", "glockenspiel"),
    ("query", "Что делает корзина"),
    ("code", "..."),
    ("code", "retryWithBackoff src/retry.ts Waits longer after each failure. await sleep(2 ** task.attempt);"),
    ("code", "yeast_rise bread.py def yeast_rise(flour): return flour * 2"),
    ("code", "def HTTPServer2_open(path): return größe[path] " * 30),
]


def vocabulary() -> dict[str, int]:
    pieces = [*string.ascii_lowercase, *(f"##{letter}" for letter in string.ascii_lowercase)]
    pieces += [*string.digits, *(f"##{digit}" for digit in string.digits), *WORDS, *(w for s in SYNONYMS for w in s)]
    ids = dict(SPECIAL)
    free = (number for number in range(len(pieces) + len(SPECIAL) + 1) if number not in SPECIAL.values())
    return ids | dict(zip(pieces, free, strict=False))


def table(ids: dict[str, int]) -> NDArray[np.float32]:
    random = np.random.default_rng(SEED)
    rows = random.normal(0, 0.05, (max(ids.values()) + 1, WIDTH)).astype(np.float32)
    for number, synonyms in enumerate(SYNONYMS):
        shared = random.normal(0, 1, WIDTH)
        for word in synonyms:
            rows[ids[word]] = (STRONG + number) * shared / np.linalg.norm(shared)
    return rows


def graph(rows: NDArray[np.float32], matrix: NDArray[np.float32]) -> onnx.ModelProto:
    """embedding = unit(base + mean of the tokens' rows @ matrix)"""
    constants: dict[str, NDArray[Any]] = {"rows": rows, "matrix": matrix, "axis": np.array([2], np.int64)}
    nodes = [
        helper.make_node("Gather", ["rows", "input_ids"], ["tokens"]),
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["mask", "axis"], ["mask_column"]),
        helper.make_node("Mul", ["tokens", "mask_column"], ["kept"]),
        helper.make_node("ReduceMean", ["kept"], ["padded_mean"], axes=[1], keepdims=0),
        helper.make_node("ReduceMean", ["mask"], ["share"], axes=[1], keepdims=1),
        helper.make_node("Div", ["padded_mean", "share"], ["mean"]),
        helper.make_node("MatMul", ["mean", "matrix"], ["shift"]),
        helper.make_node("Add", ["base", "shift"], ["sum"]),
        helper.make_node("ReduceL2", ["sum"], ["length"], axes=[1], keepdims=1),
        helper.make_node("Div", ["sum", "length"], ["embedding"]),
    ]
    text = ["batch", "length"]
    inputs = [
        helper.make_tensor_value_info("input_ids", TensorProto.INT64, text),
        helper.make_tensor_value_info("attention_mask", TensorProto.INT64, text),
        helper.make_tensor_value_info("base", TensorProto.FLOAT, ["batch", DIMENSIONS]),
    ]
    output = helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", DIMENSIONS])
    initializers = [numpy_helper.from_array(value, name) for name, value in constants.items()]
    body = helper.make_graph(nodes, "tiny-refiner", inputs, [output], initializers)
    model = helper.make_model(body, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
    onnx.checker.check_model(model)
    return model


def card() -> dict[str, Any]:
    files = {
        name: hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() for name in ("model.onnx", "tokenizer.json")
    }
    return {
        "id": "kenning-s2",
        "architecture": "transformer",
        "refines": {"id": "kenning-s1", "sha256": ""},
        "files": files,
        "dimensions": DIMENSIONS,
        "maxTokens": MAX_TOKENS,
        "pooling": "mean",
        "specialTokens": {"cls": SPECIAL["[CLS]"], "sep": SPECIAL["[SEP]"], "pad": SPECIAL["[PAD]"]},
        "queryTemplate": "",
        "codeTemplate": "",
        "wordSplitting": "kenning-1",
        "licence": "MIT",
    }


def golden(tokenizer: Tokenizer, rows: NDArray[np.float32], matrix: NDArray[np.float32]) -> list[dict[str, Any]]:
    entries = []
    for side, text in GOLDEN:
        words = [number for word in split_words(text) for number in tokenizer.encode(word).ids][: MAX_TOKENS - 2]
        ids = [SPECIAL["[CLS]"], *words, SPECIAL["[SEP]"]] if words else []
        shift = rows[ids].mean(axis=0) @ matrix if ids else np.zeros(0)
        entries.append({"text": text, "side": side, "ids": ids, "shift": [round(float(x), 5) for x in shift]})
    return entries


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    ids = vocabulary()
    tokenizer = Tokenizer(models.WordPiece(ids, unk_token="[UNK]", max_input_chars_per_word=64))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.save(str(FOLDER / "tokenizer.json"))
    rows = table(ids)
    random = np.random.default_rng(SEED + 1)
    matrix = (random.normal(0, 1, (WIDTH, DIMENSIONS)) / np.sqrt(DIMENSIONS)).astype(np.float32)
    onnx.save(graph(rows, matrix), str(FOLDER / "model.onnx"))
    (FOLDER / "model.json").write_text(json.dumps(card(), indent=2) + "\n")
    (FOLDER / "golden.json").write_text(json.dumps(golden(tokenizer, rows, matrix), ensure_ascii=False) + "\n")
    size = sum(file.stat().st_size for file in FOLDER.iterdir())
    print(f"{len(ids)} word pieces, {size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
