"""
Training by the clock, or for so many steps: the learning rate falls with what is left, a checkpoint is kept on the way.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from kenning_training.progress import Progress

CHECKPOINT_SECONDS = 240.0
WARM_UP = 0.05


@dataclass(frozen=True)
class Budget:
    """`steps` where it is not 0, else `minutes`: a machine's speed then decides how far training gets."""

    minutes: float
    steps: int = 0

    def spent(self, seconds: float, steps: int) -> float:
        """0 at the beginning, 1 when it is over."""
        return steps / self.steps if self.steps else seconds / max(1e-9, self.minutes * 60)


def train_within(
    budget: Budget, parts: dict[str, Any], optimizer: torch.optim.Optimizer, step: Callable[[], float], kept: Path
) -> None:
    """
    Calls `step` until the budget is spent, what was spent before an interruption counted in: `parts` (modules) and the
    optimizer go on from `kept` where that is there. `kept` is removed at the end.
    """
    state = {**parts, "optimizer": optimizer}
    peaks = [group["lr"] for group in optimizer.param_groups]
    before, steps = _resume(state, kept)
    progress, started, saved, shown, mean = Progress("train", 1_000), time.monotonic(), time.monotonic(), 0, 0.0
    while (spent := budget.spent(seconds := before + time.monotonic() - started, steps)) < 1.0:
        _set_rates(optimizer, peaks, spent)
        loss = step()
        steps += 1
        mean = loss if mean == 0.0 else 0.95 * mean + 0.05 * loss
        progress.step(round(1_000 * spent) - shown, f"step {steps}, loss {mean:.3f}")
        shown = round(1_000 * spent)
        if time.monotonic() - saved > CHECKPOINT_SECONDS:
            torch.save(_saved(state) | {"seconds": seconds, "steps": steps}, kept)
            saved = time.monotonic()
    progress.close(f"{steps} steps, loss {mean:.3f}")
    kept.unlink(missing_ok=True)


def _saved(state: dict[str, Any]) -> dict[str, Any]:
    return {name: part.state_dict() for name, part in state.items()}


def _resume(state: dict[str, Any], kept: Path) -> tuple[float, int]:
    """Seconds and steps that were spent already."""
    if not kept.exists():
        return 0.0, 0
    saved = torch.load(kept, weights_only=True)
    for name, part in state.items():
        part.load_state_dict(saved[name])
    return float(saved["seconds"]), int(saved["steps"])


def _set_rates(optimizer: torch.optim.Optimizer, peaks: list[float], spent: float) -> None:
    """A short warm-up, then down to a twentieth in a straight line."""
    factor = min(1.0, spent / WARM_UP + 0.05) * (1.0 - 0.95 * spent)
    for group, peak in zip(optimizer.param_groups, peaks, strict=True):
        group["lr"] = peak * factor
