"""
Makes `test/fixtures/models/tiny-r`: a cross-encoder with the shipped one's inputs and outputs that any reader can check
by hand. Its score says which share of the question's tokens stands in the code as well: 4 * share - 2.

    python training/tests/make_tiny_ranker.py
"""

import hashlib
import json
from pathlib import Path

import numpy as np
import onnxruntime
from onnx import TensorProto, checker, helper, numpy_helper
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.pre_tokenizers import WhitespaceSplit

from kenning_training.words import split_words

TARGET = Path(__file__).parents[2] / "test" / "fixtures" / "models" / "tiny-r"
SPECIAL = {"pad": 0, "cls": 2, "sep": 3}
UNKNOWN = 1
WORDS = (
    "account add alpha amount attempt back backoff beta build cart closes code count date days delta each file find "
    "gamma item items key list load move name number of open opens parse path price prices read retry save search "
    "string sum text the time total user value wait word words write"
).split()
MAX_TOKENS = 48
MAX_QUERY_TOKENS = 12
CARD = {
    "id": "tiny-r",
    "architecture": "cross-encoder",
    "maxTokens": MAX_TOKENS,
    "maxQueryTokens": MAX_QUERY_TOKENS,
    "specialTokens": SPECIAL,
    "codeTemplate": "{name} {doc} {code}",
    "wordSplitting": "kenning-1",
    "licence": "MIT",
}
PAIRS = (
    ("the total price of a cart", "func Total(items []Item) int { return sum(prices) }"),
    ("parse a date", "def parse_date(text):\n    return datetime.strptime(text)"),
    ("parse a date", "parse the date"),
    ("retry with backoff", "async function retryWithBackoff(task) { await wait(2 ** task.attempt) }"),
    ("unknown zebra", "another quagga"),
    ("one word in the question that is cut because it goes on and on and on and never ends", "value " * 60),
    ("read the file", ""),
)


def make_tokenizer() -> Tokenizer:
    names = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS, "##s", "##ed"]
    vocabulary = {name: i for i, name in enumerate(names)}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=64))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    return tokenizer


def make_model() -> bytes:
    """A question's token counts when it is no special one; it is found when any token of the code equals it."""

    def constant(name: str, values: list[int], kind: type[np.generic]) -> TensorProto:
        return numpy_helper.from_array(np.array(values, dtype=kind), name)

    nodes = [
        helper.make_node("Greater", ["input_ids", "lastSpecial"], ["isWord"]),
        helper.make_node("Cast", ["token_type_ids"], ["isCode"], to=TensorProto.BOOL),
        helper.make_node("Not", ["isCode"], ["isQuery"]),
        helper.make_node("And", ["isWord", "isCode"], ["codeWord"]),
        helper.make_node("And", ["isWord", "isQuery"], ["queryWord"]),
        helper.make_node("Unsqueeze", ["input_ids", "last"], ["down"]),
        helper.make_node("Unsqueeze", ["input_ids", "middle"], ["across"]),
        helper.make_node("Equal", ["down", "across"], ["same"]),
        helper.make_node("Unsqueeze", ["codeWord", "middle"], ["codeAcross"]),
        helper.make_node("And", ["same", "codeAcross"], ["match"]),
        helper.make_node("Cast", ["match"], ["matchNumber"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMax", ["matchNumber", "last"], ["inCode"], keepdims=0),
        helper.make_node("Cast", ["queryWord"], ["queryNumber"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["inCode", "queryNumber"], ["found"]),
        helper.make_node("ReduceSum", ["found", "tokens"], ["foundCount"], keepdims=0),
        helper.make_node("ReduceSum", ["queryNumber", "tokens"], ["wordCount"], keepdims=0),
        helper.make_node("Max", ["wordCount", "one"], ["wordCountOrOne"]),
        helper.make_node("Div", ["foundCount", "wordCountOrOne"], ["share"]),
        helper.make_node("Mul", ["share", "four"], ["stretched"]),
        helper.make_node("Sub", ["stretched", "two"], ["score"]),
    ]
    inputs = ("input_ids", "attention_mask", "token_type_ids")
    graph = helper.make_graph(
        nodes,
        "tiny-r",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"]) for name in inputs],
        [helper.make_tensor_value_info("score", TensorProto.FLOAT, ["batch"])],
        [
            constant("lastSpecial", [max(UNKNOWN, *SPECIAL.values())], np.int64),
            constant("middle", [1], np.int64),
            constant("last", [2], np.int64),
            constant("tokens", [1], np.int64),
            constant("one", [1], np.float32),
            constant("two", [2], np.float32),
            constant("four", [4], np.float32),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    checker.check_model(model, full_check=True)
    return bytes(model.SerializeToString())


def pair_of(tokenizer: Tokenizer, query: str, code: str) -> tuple[list[int], int]:
    """Ids of `[cls] query [sep] code [sep]`, and where the code begins."""

    def ids(text: str, limit: int) -> list[int]:
        found = [i for word in split_words(text) for i in tokenizer.encode(word, add_special_tokens=False).ids]
        return found[:limit]

    head = [SPECIAL["cls"], *ids(query, MAX_QUERY_TOKENS), SPECIAL["sep"]]
    return [*head, *ids(code, MAX_TOKENS - len(head) - 1), SPECIAL["sep"]], len(head)


def golden(model: bytes, tokenizer: Tokenizer) -> list[dict[str, object]]:
    session = onnxruntime.InferenceSession(model)
    entries: list[dict[str, object]] = []
    for query, code in PAIRS:
        ids, code_at = pair_of(tokenizer, query, code)
        feeds = {
            "input_ids": np.array([ids], dtype=np.int64),
            "attention_mask": np.ones((1, len(ids)), dtype=np.int64),
            "token_type_ids": np.array([[int(i >= code_at) for i in range(len(ids))]], dtype=np.int64),
        }
        (score,) = session.run(["score"], feeds)
        entries.append({"query": query, "code": code, "ids": ids, "score": round(float(score[0]), 4)})
    return entries


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    model, tokenizer = make_model(), make_tokenizer()
    (TARGET / "model.onnx").write_bytes(model)
    tokenizer.save(str(TARGET / "tokenizer.json"))
    files = {
        name: hashlib.sha256((TARGET / name).read_bytes()).hexdigest() for name in ("model.onnx", "tokenizer.json")
    }
    (TARGET / "model.json").write_text(json.dumps({**CARD, "files": files}, indent=1) + "\n")
    (TARGET / "golden.json").write_text(json.dumps(golden(model, tokenizer), indent=1) + "\n")


if __name__ == "__main__":
    main()
