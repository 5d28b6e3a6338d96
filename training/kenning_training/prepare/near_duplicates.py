"""
Near-duplicate code by MinHash: sets of three-word shingles that overlap by `THRESHOLD` or more (estimated). All texts
at once in arrays: a million and a half functions take minutes and less than a gigabyte.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

PERMUTATIONS = 64
BANDS, ROWS = 16, 4
THRESHOLD = 0.8
MAX_WORDS = 602
TEXTS_AT_ONCE = 4_096
PAIRS_AT_ONCE = 200_000

Signatures = NDArray[np.uint32]
Indices = NDArray[np.int64]


def signatures(texts: Iterable[Sequence[str]]) -> Signatures:
    """[N, PERMUTATIONS] minima; all zeros for a text too short to have a shingle."""
    generator = np.random.default_rng(7)
    # Odd factors: x → x·a + b is then one-to-one on 32 bits.
    factors, addends = generator.integers(0, 1 << 32, size=(2, PERMUTATIONS), dtype=np.uint32)
    hashes: dict[str, int] = {}
    found = [_minima(batch, factors | np.uint32(1), addends, hashes) for batch in _batches(texts)]
    return np.concatenate(found) if found else np.zeros((0, PERMUTATIONS), np.uint32)


def _batches(texts: Iterable[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    rest = iter(texts)
    while batch := list(islice(rest, TEXTS_AT_ONCE)):
        yield batch


def _minima(
    texts: Sequence[Sequence[str]], factors: Signatures, addends: Signatures, hashes: dict[str, int]
) -> Signatures:
    """The batch's shingles lie one after the other, so that each permutation is one pass over all of them."""
    numbers = [_word_hashes(words[:MAX_WORDS], hashes) for words in texts]
    long = np.array([len(row) >= 3 for row in numbers])
    result = np.zeros((len(texts), PERMUTATIONS), np.uint32)
    if not long.any():
        return result
    shingles = [_shingles(row) for row in numbers if len(row) >= 3]
    starts = np.cumsum([0, *(len(row) for row in shingles[:-1])])
    flat = np.concatenate(shingles)
    for column in range(PERMUTATIONS):
        result[long, column] = np.minimum.reduceat(flat * factors[column] + addends[column], starts)
    return result


def _word_hashes(words: Sequence[str], hashes: dict[str, int]) -> Signatures:
    for word in words:
        if word not in hashes:
            hashes[word] = zlib.crc32(word.encode())
    return np.fromiter((hashes[word] for word in words), np.uint32, len(words))


def _shingles(hashes: Signatures) -> Signatures:
    mixed = hashes[:-2] * np.uint32(2_654_435_761) + hashes[1:-1] * np.uint32(40_503) + hashes[2:]
    mixed ^= mixed >> np.uint32(15)
    return mixed * np.uint32(2_246_822_519)


def keep_first(found: Signatures) -> NDArray[np.bool_]:
    """
    Marks what stays when every near-duplicate of a text before it goes: order texts by how much you want them.
    Of the texts that stay no two share a band and are alike.
    """
    keep = np.ones(len(found), np.bool_)
    for band in range(BANDS):
        members, keys = _by_band(found, np.flatnonzero(keep), band)
        while len(members):
            # The first of each group stays; those like it go, the others are a smaller group of their own.
            first = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
            leader = np.repeat(first, np.diff(np.r_[first, len(keys)]))
            rest = np.flatnonzero(leader != np.arange(len(keys)))
            alike = _are_alike(found, members[leader[rest]], members[rest])
            keep[members[rest[alike]]] = False
            members, keys = members[rest[~alike]], keys[rest[~alike]]
    return keep


def alike_across(found: Signatures, groups: NDArray[np.int64]) -> Indices:
    """[P, 2]: pairs of near-duplicates whose groups differ, the lower group's text first."""
    pairs = [pair for band in range(BANDS) for pair in _alike_in_band(found, groups, band)]
    return np.unique(np.concatenate(pairs), axis=0) if pairs else np.zeros((0, 2), np.int64)


def _alike_in_band(found: Signatures, groups: NDArray[np.int64], band: int) -> Iterator[Indices]:
    """Neighbours at distance 1, 2, … of texts sorted by band, as far as any two of one band stand apart."""
    members, keys = _by_band(found, np.lexsort((np.arange(len(found)), groups)), band)
    here, distance = np.arange(len(keys)), 1
    while True:
        here = here[here + distance < len(keys)]
        here = here[keys[here] == keys[here + distance]]
        if not len(here):
            return
        mixed = here[groups[members[here]] != groups[members[here + distance]]]
        one, other = members[mixed], members[mixed + distance]
        alike = _are_alike(found, one, other)
        yield np.stack([one[alike], other[alike]], axis=1)
        distance += 1


def _by_band(found: Signatures, members: Indices, band: int) -> tuple[Indices, NDArray[np.uint64]]:
    """Those of `members` that share their band with another one, sorted by band, else in the order given."""
    columns = found[members, band * ROWS : (band + 1) * ROWS].astype(np.uint64)
    keys = (columns[:, 0] << np.uint64(32) | columns[:, 1]) ^ (columns[:, 2] * np.uint64(0x9E3779B97F4A7C15))
    keys ^= columns[:, 3] * np.uint64(0xC2B2AE3D27D4EB4F)
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    same = keys[1:] == keys[:-1]
    shared = np.r_[same, False] | np.r_[False, same]
    return members[order[shared]], keys[shared]


def _are_alike(found: Signatures, one: Indices, other: Indices) -> NDArray[np.bool_]:
    result = np.zeros(len(one), np.bool_)
    for start in range(0, len(one), PAIRS_AT_ONCE):
        part = slice(start, start + PAIRS_AT_ONCE)
        result[part] = (found[one[part]] == found[other[part]]).mean(axis=1) >= THRESHOLD
    return result
