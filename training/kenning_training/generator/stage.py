"""The generator stage: a code→query model by cross-entropy on the training pairs; its perplexity on the dev pools."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from kenning_training.clock import Budget, train_within
from kenning_training.config import Config, GeneratorConfig
from kenning_training.generator.model import Generator, new_generator
from kenning_training.generator.shards import Shard, folder, shard, training_batches
from kenning_training.precision import halved
from kenning_training.transformer.sequences import Padded, padded_rows
from kenning_training.transformer.teacher import device
from kenning_training.transformer.wordpiece import bert_tokenizer


def run(config: Config) -> None:
    """Without a card it packs the shards, which is all that a machine with one needs, unless the settings say more."""
    torch.manual_seed(config.generator.seed)
    data, dev = shard(config, "train"), shard(config, "dev")
    if device().type == "cpu" and not config.generator.on_cpu:
        print(f"no card here: the generator waits; its shards are in {folder(config)}", flush=True)
        return
    generator = fresh(config.generator, data).to(device())
    before = dev_perplexity(generator, dev, config.generator)
    train_generator(generator, data, dev, config.generator, generator_file(config).with_suffix(".partial"))
    torch.save({key: value.half() for key, value in generator.state_dict().items()}, generator_file(config))
    after = dev_perplexity(generator, dev, config.generator)
    write_figures(config, {"perplexityBefore": round(before, 2), "perplexity": round(after, 2)})


def generator_file(config: Config) -> Path:
    return folder(config) / "generator.pt"


def fresh(settings: GeneratorConfig, data: Shard) -> Generator:
    made = new_generator(settings.encoder_layers, settings.decoder_layers, _unigrams(data))
    return made.train()


def load_generator(config: Config) -> Generator:
    state = torch.load(generator_file(config), weights_only=True)
    settings = config.generator
    made = new_generator(settings.encoder_layers, settings.decoder_layers, torch.zeros_like(state["bias"]))
    made.load_state_dict({key: value.float() if value.is_floating_point() else value for key, value in state.items()})
    return made.eval().to(device())


def _unigrams(data: Shard) -> torch.Tensor:
    return torch.from_numpy(np.bincount(data.targets.tokens, minlength=bert_tokenizer().get_vocab_size()))


def train_generator(generator: Generator, data: Shard, dev: Shard, settings: GeneratorConfig, kept: Path) -> None:
    """Leaves the state of the best check in `generator`: a small corpus is soon learnt by heart."""
    rows_of = training_batches(data, settings.batch, settings.seed)
    optimizer = torch.optim.AdamW(generator.parameters(), lr=settings.learning_rate, weight_decay=0.01)
    best, best_state, steps = float("inf"), generator.state_dict(), 0

    def check() -> None:
        nonlocal best, best_state
        figure = dev_perplexity(generator, dev, settings)
        if figure < best:
            best, best_state = figure, {key: value.clone() for key, value in generator.state_dict().items()}

    def step() -> float:
        nonlocal steps
        loss = pair_loss(generator, data, next(rows_of), settings)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(generator.parameters(), 1.0)
        optimizer.step()
        steps += 1
        if steps % settings.check_steps == 0:
            check()
        return loss.item()

    train_within(Budget(settings.minutes, settings.steps), {"generator": generator}, optimizer, step, kept)
    check()
    generator.load_state_dict(best_state)


def pair_loss(generator: Generator, data: Shard, rows: NDArray[np.int64], settings: GeneratorConfig) -> torch.Tensor:
    """Mean cross-entropy of a query's tokens; some of the code's tokens are hidden."""
    source, target = _pair(data, rows)
    hidden = torch.rand(source.mask.shape, device=source.mask.device) < settings.token_dropout
    hidden[:, 0] = False
    with halved(device()):
        log_probs = generator(source.ids, source.mask * ~hidden, target.ids, target.mask)
    return -log_probs.sum() / target.mask.sum()


def _pair(data: Shard, rows: NDArray[np.int64]) -> tuple[Padded, Padded]:
    return padded_rows(data.sources, rows).to(device()), padded_rows(data.targets, rows).to(device())


@torch.no_grad()
def dev_perplexity(generator: Generator, dev: Shard, settings: GeneratorConfig) -> float:
    """Of a token of the dev pools' queries."""
    lost, tokens = 0.0, 0.0
    for rows in _in_order(dev, settings):
        source, target = _pair(dev, rows)
        with halved(device()):
            lost -= float(generator(source.ids, source.mask, target.ids, target.mask).sum())
        tokens += float(target.mask.sum())
    return float(np.exp(lost / max(1.0, tokens)))


def _in_order(dev: Shard, settings: GeneratorConfig) -> Iterator[NDArray[np.int64]]:
    documented = dev.documented()
    chosen = documented[:: max(1, len(documented) // settings.check_functions)]
    chosen = chosen[np.argsort(np.diff(dev.sources.offsets)[chosen], kind="stable")]
    yield from (chosen[i : i + settings.batch] for i in range(0, len(chosen), settings.batch))


def figures_file(config: Config) -> Path:
    return folder(config) / "figures.json"


def write_figures(config: Config, figures: dict[str, float | bool]) -> None:
    """Adds to what is known of the generator."""
    path = figures_file(config)
    known = json.loads(path.read_text()) if path.exists() else {}
    path.write_text(json.dumps(known | figures, indent=2) + "\n")
    print(json.dumps(figures), flush=True)
