"""Product quantisation: rows of a table as one byte for each few of their dimensions, an entry of a codebook each."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

ENTRIES = 256  # what a byte can tell apart
ROUNDS = 10
ROWS_AT_ONCE = 4_096  # so that the distances of a block stay in the processor's cache


@dataclass(frozen=True)
class ProductCodes:
    """Row i is `books[0][codes[i, 0]]`, `books[1][codes[i, 1]]`, … one after the other."""

    books: NDArray[np.float32]
    """[pieces, 256, dimensions of a piece]."""
    codes: NDArray[np.uint8]
    """[rows, pieces]."""


def product_codes(rows: NDArray[np.float32], weights: NDArray[np.float32], pieces: int, seed: int = 7) -> ProductCodes:
    """`weights` [rows]: how much it matters that a row is met well."""
    generator = torch.Generator().manual_seed(seed)
    importance, width = torch.from_numpy(weights), rows.shape[1] // pieces
    books, codes = [], []
    for piece in range(pieces):
        part = torch.from_numpy(np.ascontiguousarray(rows[:, piece * width : (piece + 1) * width]))
        book = _k_means(part, importance, generator)
        books.append(book.numpy())
        codes.append(_nearest(part, book).numpy().astype(np.uint8))
    return ProductCodes(np.stack(books), np.stack(codes, axis=1))


def _k_means(points: torch.Tensor, weights: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """[256, dimensions]."""
    chosen = torch.multinomial(weights, ENTRIES, replacement=len(weights) < ENTRIES, generator=generator)
    book = points[chosen]
    for _ in range(ROUNDS):
        nearest = _nearest(points, book)
        total = torch.zeros(ENTRIES).index_add_(0, nearest, weights)
        summed = torch.zeros_like(book).index_add_(0, nearest, points * weights[:, None])
        book = torch.where(total[:, None] > 0, summed / total.clamp(min=1e-12)[:, None], book)
    return book


def _nearest(points: torch.Tensor, book: torch.Tensor) -> torch.Tensor:
    lengths = book.square().sum(dim=1)
    return torch.cat([(lengths - 2 * part @ book.T).argmin(dim=1) for part in points.split(ROWS_AT_ONCE)])
