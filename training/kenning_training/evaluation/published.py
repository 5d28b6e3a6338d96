"""
all-MiniLM-L6-v2 as tools use it today: its own tokenizer on the text as it stands, the mean of the states. It never
changes and is slow on a processor, so its vectors are kept and a broken-off evaluation goes on where it was.
"""

import hashlib
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from kenning_training.config import Config
from kenning_training.precision import halved
from kenning_training.template import SEPARATOR
from kenning_training.transformer.encoder import Encoder, minilm_layers
from kenning_training.transformer.sequences import blocks, framed
from kenning_training.transformer.wordpiece import bert_tokenizer

NAME = "all-MiniLM-L6-v2"
TOKENS = 256
CELLS = 4_096


class PublishedModel:
    def __init__(self, config: Config) -> None:
        self.code_template = config.train.code_template.replace(SEPARATOR, " ")
        self._dimensions = config.train.dimensions
        self._kept = config.prepare.folder / "minilm-vectors"

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        """Unit vectors [texts, 384], read from a file where the same texts were embedded before."""
        file = self._kept / f"{_digest(texts)}.npy"
        if not file.exists():
            self._kept.mkdir(parents=True, exist_ok=True)
            _write(file, self._embed(texts))
        return np.load(file)

    @cached_property
    def _encoder(self) -> Encoder:
        return Encoder(minilm_layers(range(6)), self._dimensions)

    @torch.no_grad()
    def _embed(self, texts: list[str]) -> NDArray[np.float32]:
        encoded = bert_tokenizer().encode_batch(texts, add_special_tokens=False)
        sequences = framed([text.ids[: TOKENS - 2] for text in encoded])
        result = np.zeros((len(texts), self._encoder.bert.config.hidden_size), np.float32)
        for block in blocks(sequences, CELLS):
            with halved(torch.device("cpu")):
                result[block.rows] = self._encoder.pooled(block.ids, block.mask).float().numpy()
        return result


def _digest(texts: list[str]) -> str:
    return hashlib.sha256("\0".join(texts).encode(errors="replace")).hexdigest()[:32]


def _write(file: Path, vectors: NDArray[np.float32]) -> None:
    """Whole or not at all."""
    part = file.with_suffix(".part")
    with part.open("wb") as stream:
        np.save(stream, vectors)
    part.rename(file)
