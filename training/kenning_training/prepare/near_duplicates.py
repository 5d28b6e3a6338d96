"""Near-duplicate code by MinHash: sets of three-word shingles that overlap by `THRESHOLD` or more (estimated)."""

import zlib
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

PERMUTATIONS = 64
BANDS, ROWS = 16, 4
THRESHOLD = 0.8
PRIME = np.uint64((1 << 31) - 1)
MAX_SHINGLES = 600


def signature(words: Sequence[str], permutations: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """`PERMUTATIONS` minima; all zeros for a text too short to have a shingle."""
    hashes = np.fromiter((zlib.crc32(word.encode()) & 0x7FFFFFFF for word in words), np.uint64, len(words))
    if len(hashes) < 3:
        return np.zeros(PERMUTATIONS, np.uint32)
    mixed = (hashes[:-2] * np.uint64(1_000_003) + hashes[1:-1] * np.uint64(8_191) + hashes[2:]) % PRIME
    shingles = np.unique(mixed)[:MAX_SHINGLES] if len(mixed) <= MAX_SHINGLES else np.unique(mixed[:MAX_SHINGLES])
    return ((shingles[:, None] * permutations[0] + permutations[1]) % PRIME).min(axis=0).astype(np.uint32)


def signatures(texts: Iterable[Sequence[str]]) -> NDArray[np.uint32]:
    generator = np.random.default_rng(7)
    permutations = generator.integers(1, int(PRIME), size=(2, PERMUTATIONS), dtype=np.uint64)
    return np.stack([signature(words, permutations) for words in texts])


def keep_first(found: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Marks every text that is no near-duplicate of a kept text before it: order texts by how much you want them."""
    keep = np.ones(len(found), np.bool_)
    buckets: list[dict[bytes, list[int]]] = [{} for _ in range(BANDS)]
    for index, row in enumerate(found):
        bands = [row[band * ROWS : (band + 1) * ROWS].tobytes() for band in range(BANDS)]
        candidates = {other for band, key in enumerate(bands) for other in buckets[band].get(key, ())}
        if any(np.mean(found[other] == row) >= THRESHOLD for other in candidates):
            keep[index] = False
            continue
        for band, key in enumerate(bands):
            buckets[band].setdefault(key, []).append(index)
    return keep
