"""
The generate stage: queries for the functions of the dev pools, which decide whether the generator may teach, and for
those of the training split, part by part, round-trip filtered. Where the static student is not at hand (a bare machine
with a card) the parts are all that is made; run again where it is, the stage judges and filters what it finds.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from kenning_training.config import Config
from kenning_training.generator.judge import pool_ranks, split_ranks
from kenning_training.generator.model import Generator
from kenning_training.generator.samples import Samples, joined, load_samples, samples_of, save_samples
from kenning_training.generator.sampling import draw, unwritable
from kenning_training.generator.shards import Shard, folder, shard
from kenning_training.generator.stage import generator_file, load_generator, write_figures
from kenning_training.progress import Progress
from kenning_training.train import checkpoint_file
from kenning_training.transformer.sequences import padded_rows
from kenning_training.transformer.teacher import device


def run(config: Config) -> None:
    dev = sample_split(config, "dev")
    if dev is None:
        print("no generator here, and no samples of one: nothing to judge or to filter", flush=True)
        return
    judged = checkpoint_file(config).exists()
    if judged and not passes(config, dev):
        return
    samples = sample_split(config, "train")
    if not judged or samples is None:
        print("the static student or the samples are not here: nothing is filtered", flush=True)
        return
    found = split_ranks(config, samples)
    kept = samples.take(np.flatnonzero(found <= config.generator.top))
    save_samples(kept, samples_file(config))
    functions = len(np.unique(kept.rows))
    write_figures(config, {"sampled": len(samples), "kept": len(kept), "keptFunctions": functions})


def samples_file(config: Config) -> Path:
    """The queries that may teach; not there when the generator failed its gate."""
    return folder(config) / "samples.npz"


def passes(config: Config, dev: Samples) -> bool:
    """The share of the dev pools' samples that find their own function again, against the bar."""
    rate = float((pool_ranks(config, dev) <= config.generator.top).mean()) if len(dev) else 0.0
    passed = rate >= config.generator.bar
    write_figures(config, {"roundTrip": round(rate, 4), "passed": passed})
    if not passed:
        samples_file(config).unlink(missing_ok=True)
        print(f"round trip {rate:.3f} is under the bar of {config.generator.bar}: the generator teaches nothing")
    return passed


def sample_split(config: Config, split: str) -> Samples | None:
    """All functions of the split's shard; a part that is there is not drawn again, and is all where no generator is."""
    if not generator_file(config).exists():
        found = sorted(folder(config).glob(f"{split}-samples-*.npz"))
        return joined([load_samples(path) for path in found]) if found else None
    data, generator = shard(config, split), None
    progress = Progress(f"sample {split}", len(data))
    parts = []
    for number, rows in enumerate(_parts(len(data), config.generator.part)):
        kept = folder(config) / f"{split}-samples-{number:03}.npz"
        if not kept.exists():
            generator = generator or load_generator(config)
            torch.manual_seed(config.generator.seed + number)
            save_samples(sample(generator, data.take(rows), config, progress), kept)
        parts.append(load_samples(kept))
    progress.close()
    return joined(parts)


def sample(generator: Generator, data: Shard, config: Config, progress: Progress) -> Samples:
    """Queries for all functions of `data`, texts of like length together."""
    settings, banned = config.generator, unwritable().to(device())
    order = np.argsort(np.diff(data.sources.offsets), kind="stable")
    rows: list[int] = []
    queries: list[list[int]] = []
    log_probs: list[float] = []
    for start in range(0, len(order), settings.sample_batch):
        chosen = order[start : start + settings.sample_batch]
        block = padded_rows(data.sources, chosen).to(device())
        found = draw(generator, block.ids, block.mask, settings, banned)
        rows += data.rows[chosen[found.texts]].tolist()
        queries += found.queries
        log_probs += found.log_probs
        progress.step(len(chosen))
    return samples_of(rows, queries, log_probs)


def _parts(count: int, size: int) -> Iterator[NDArray[np.int64]]:
    for start in range(0, count, size):
        yield np.arange(start, min(start + size, count))
