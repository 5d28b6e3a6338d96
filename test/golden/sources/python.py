#!/usr/bin/env python3
"""A bounded cache with expiry, and the decorator that puts one in front of a function."""
from __future__ import annotations

import functools
import time
from dataclasses import dataclass, field
from typing import Callable, Generic, Iterator, TypeVar

K = TypeVar("K")
V = TypeVar("V")

DEFAULT_TTL_SECONDS = 300.0


class CacheMiss(KeyError):
    pass


@dataclass(slots=True)
class Entry(Generic[V]):
    """A value and the moment at which it is too old."""

    value: V
    expires_at: float
    hits: int = field(default=0, compare=False)

    def is_stale(self, now: float) -> bool:
        return now >= self.expires_at


class ExpiringCache(Generic[K, V]):
    """Keeps the most recently used entries.

    Entries leave when they are too old, or when the cache is full and
    nobody asked for them the longest.
    """

    class Stats:
        """Counts of what happened."""

        def __init__(self) -> None:
            self.hits = self.misses = 0

        @property
        def ratio(self) -> float:
            """Share of look-ups that found something."""
            total = self.hits + self.misses
            return self.hits / total if total else 0.0

    def __init__(self, capacity: int, *, ttl: float = DEFAULT_TTL_SECONDS) -> None:
        if capacity < 1:
            raise ValueError("capacity must be positive")
        self._capacity = capacity
        self._ttl = ttl
        self._entries: dict[K, Entry[V]] = {}
        self.stats = self.Stats()

    # Moves the entry to the end, where the youngest live.
    def get(self, key: K) -> V:
        entry = self._entries.pop(key, None)
        if entry is None or entry.is_stale(time.monotonic()):
            self.stats.misses += 1
            raise CacheMiss(key)
        self._entries[key] = entry
        self.stats.hits += 1
        return entry.value

    def put(self, key: K, value: V) -> None:
        'Stores a value, and drops the oldest one when there is no room.'
        self._entries.pop(key, None)
        while len(self._entries) >= self._capacity:
            del self._entries[next(iter(self._entries))]
        self._entries[key] = Entry(value, time.monotonic() + self._ttl)

    @staticmethod
    def _shorten(text: str) -> str: return text[:40]

    async def refresh(
        self,
        key: K,
        load: Callable[[K], V],
    ) -> V:
        r"""Loads again; a path such as C:\temp is no escape."""
        value = load(key)
        self.put(key, value)
        return value

    def __iter__(self) -> Iterator[K]:
        yield from self._entries


def cached(
    capacity: int = 128,
) -> Callable[[Callable[..., V]], Callable[..., V]]:
    """Puts a cache in front of a function whose arguments are hashable."""

    def decorate(function: Callable[..., V]) -> Callable[..., V]:
        cache: ExpiringCache[tuple, V] = ExpiringCache(capacity)

        @functools.wraps(function)
        def wrapper(*args):
            try:
                return cache.get(args)
            except CacheMiss:
                cache.put(args, function(*args))
                return cache.get(args)

        return wrapper

    return decorate


square = lambda x: x * x

if __name__ == "__main__":
    cache = ExpiringCache(2)
    cache.put("a", 1)
    print(cache.get("a"), cache.stats.ratio)
