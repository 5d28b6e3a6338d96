"""Training by the clock: so many minutes, the learning rate by the time that is left, a checkpoint on the way."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from kenning_training.progress import Progress

CHECKPOINT_SECONDS = 240.0
WARM_UP = 0.05


def train_by_clock(
    parts: dict[str, Any], optimizer: torch.optim.Optimizer, minutes: float, step: Callable[[], float], kept: Path
) -> None:
    """
    Calls `step` until `minutes` of training are over, those before an interruption counted in: `parts` (modules) and
    the optimizer go on from `kept` where that is there. `kept` is removed at the end.
    """
    state = {**parts, "optimizer": optimizer}
    before = _resume(state, kept)
    peaks = (
        [group["lr"] for group in optimizer.param_groups] if not before else [g["peak"] for g in optimizer.param_groups]
    )
    for group, peak in zip(optimizer.param_groups, peaks, strict=True):
        group["peak"] = peak
    progress = Progress("train", round(minutes * 60))
    progress.step(round(before))
    started, saved, shown = time.monotonic(), time.monotonic(), before
    steps, mean = 0, 0.0
    while (seconds := before + time.monotonic() - started) < minutes * 60:
        _set_rates(optimizer, peaks, seconds / (minutes * 60))
        loss = step()
        steps += 1
        mean = loss if steps == 1 else 0.95 * mean + 0.05 * loss
        progress.step(round(seconds - shown), f"step {steps}, loss {mean:.3f}")
        shown += round(seconds - shown)
        if time.monotonic() - saved > CHECKPOINT_SECONDS:
            torch.save({name: part.state_dict() for name, part in state.items()} | {"seconds": seconds}, kept)
            saved = time.monotonic()
    progress.close(f"{steps} steps, loss {mean:.3f}")
    kept.unlink(missing_ok=True)


def _resume(state: dict[str, Any], kept: Path) -> float:
    if not kept.exists():
        return 0.0
    saved = torch.load(kept, weights_only=True)
    for name, part in state.items():
        part.load_state_dict(saved[name])
    return float(saved["seconds"])


def _set_rates(optimizer: torch.optim.Optimizer, peaks: list[float], done: float) -> None:
    """A short warm-up, then down to a twentieth in a straight line."""
    factor = min(1.0, done / WARM_UP + 0.05) * (1.0 - 0.95 * done)
    for group, peak in zip(optimizer.param_groups, peaks, strict=True):
        group["lr"] = peak * factor
