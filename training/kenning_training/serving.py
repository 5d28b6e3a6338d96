"""The exported model as the product runs it: tokenizer, bags, ONNX Runtime. For golden texts, parity and evaluation."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kenning_training.bag import token_bag
from kenning_training.student import CODE, SIDE_NAMES
from kenning_training.template import QUERY_TEMPLATE, text_fields
from kenning_training.tokenizer import WordReader

MAX_BATCH = 64


class ServedModel:
    """A folder `models/<id>/`; `embed` is what the product's `embedQuery` and `embedCode` answer."""

    def __init__(self, folder: Path) -> None:
        card = json.loads((folder / "model.json").read_text())
        self.max_tokens: int = card["maxTokens"]
        self.code_template: str = card["codeTemplate"]
        self._dimensions: int = card["dimensions"]
        self._factors: dict[str, list[list[float]]] = card["placeFactors"]
        self._reader = WordReader(Tokenizer.from_file(str(folder / "tokenizer.json")))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(folder / "model.onnx", options)

    def token_ids(self, text: str) -> list[int]:
        return self._reader.ids(text, self.max_tokens)

    def embed(self, texts: Sequence[str], side: int) -> NDArray[np.float32]:
        """Unit vectors [texts, dimensions] in the order of the texts."""
        bags = [self._bag(text, side) for text in texts]
        order = sorted(range(len(bags)), key=lambda i: len(bags[i][0]))
        vectors = np.zeros((len(bags), self._dimensions), np.float32)
        for start in range(0, len(order), MAX_BATCH):
            batch = order[start : start + MAX_BATCH]
            vectors[batch] = self._run([bags[i] for i in batch], side)
        return vectors

    def _bag(self, text: str, side: int) -> tuple[list[int], list[float]]:
        template = self.code_template if side == CODE else QUERY_TEMPLATE
        fields = [self.token_ids(field) for field in text_fields(template, text)]
        return token_bag(fields, self.max_tokens, self._factors[SIDE_NAMES[side]])

    def _run(self, bags: list[tuple[list[int], list[float]]], side: int) -> NDArray[np.float32]:
        length = max(1, *(len(ids) for ids, _ in bags))
        ids = np.zeros((len(bags), length), np.int64)
        weights = np.zeros((len(bags), length), np.float32)
        for row, (tokens, shares) in enumerate(bags):
            ids[row, : len(tokens)] = tokens
            weights[row, : len(shares)] = shares
        inputs = {"input_ids": ids, "weights": weights, "side": np.array([side], np.int64)}
        return self._session.run(["embedding"], inputs)[0]
