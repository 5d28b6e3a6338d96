"""One line of progress with the time left: rewritten in place on a terminal, every few seconds elsewhere."""

import sys
import time


class Progress:
    """Counts towards `total`; call `step` for each piece of work done and `close` at the end."""

    def __init__(self, label: str, total: int) -> None:
        self._label = label
        self._total = max(1, total)
        self._done = 0
        self._started = time.monotonic()
        self._shown = 0.0
        self._terminal = sys.stderr.isatty()

    def step(self, count: int = 1, note: str = "") -> None:
        self._done += count
        now = time.monotonic()
        if now - self._shown >= (0.2 if self._terminal else 10.0):
            self._shown = now
            self._show(note)

    def close(self, note: str = "") -> None:
        self._show(note)
        if self._terminal:
            sys.stderr.write("\n")

    def _show(self, note: str) -> None:
        seconds = time.monotonic() - self._started
        left = seconds / max(1, self._done) * max(0, self._total - self._done)
        text = f"{self._label}: {self._done}/{self._total}, {seconds:.0f} s, about {left:.0f} s left {note}".rstrip()
        sys.stderr.write(f"\r{text}\x1b[K" if self._terminal else f"{text}\n")
        sys.stderr.flush()
