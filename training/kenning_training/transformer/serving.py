"""The exported transformers as the product runs them: for golden texts, parity and evaluation."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kenning_training.encoded import Ragged
from kenning_training.tokenizer import WordReader
from kenning_training.transformer.cross import Pairs, pairs_of, segment_types
from kenning_training.transformer.sequences import SPECIAL_TOKENS, blocks, framed

CELLS = 1_024
ONE_TEXT = 1  # its graph takes no others beside it


class ServedTransformer:
    """A folder with a card, a tokenizer and a graph; what S2 and R have in common."""

    def __init__(self, folder: Path) -> None:
        self.card = json.loads((folder / "model.json").read_text())
        self.max_tokens: int = self.card["maxTokens"]
        self._reader = WordReader(Tokenizer.from_file(str(folder / "tokenizer.json")))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(folder / "model.onnx", options)

    def sequences(self, texts: Sequence[str], max_tokens: int | None = None) -> Ragged:
        """`[CLS] … [SEP]`, cut to the model's length or a shorter one."""
        cap = (max_tokens or self.max_tokens) - SPECIAL_TOKENS
        return framed([self._reader.ids(text, cap) for text in texts])


class ServedEncoder(ServedTransformer):
    """S2; `embed` is what the product's refiner answers."""

    def embed(self, texts: Sequence[str], base: NDArray[np.float32]) -> NDArray[np.float32]:
        """Unit vectors [texts, dimensions]; `base` are the static student's of the same texts. Zeros without words."""
        sequences = self.sequences(texts)
        result = np.zeros_like(base)
        for block in blocks(sequences, ONE_TEXT):
            feed = {"input_ids": block.ids.numpy(), "attention_mask": block.mask.numpy(), "base": base[block.rows]}
            result[block.rows] = self.session.run(["embedding"], feed)[0]
        result[np.diff(sequences.offsets) == SPECIAL_TOKENS] = 0.0
        return result


class ServedCrossEncoder(ServedTransformer):
    """R; `score` is what the product adds to a hit."""

    def pairs(self, query: str, codes: Sequence[str]) -> Pairs:
        """The question with each of the codes, as the model reads them."""
        questions = self.sequences([query], self.card["maxQueryTokens"] + SPECIAL_TOKENS)
        rows = np.arange(len(codes))
        return pairs_of(questions, self.sequences(codes), np.zeros_like(rows), rows, self.max_tokens)

    def score(self, query: str, codes: Sequence[str]) -> NDArray[np.float32]:
        """[codes] logits."""
        pairs = self.pairs(query, codes)
        result = np.zeros(len(codes), np.float32)
        for block in blocks(pairs.sequences, CELLS):
            types: torch.Tensor = segment_types(block, pairs)
            feed = {
                "input_ids": block.ids.numpy(),
                "attention_mask": block.mask.numpy(),
                "token_type_ids": types.numpy(),
            }
            result[block.rows] = self.session.run(["score"], feed)[0]
        return result
