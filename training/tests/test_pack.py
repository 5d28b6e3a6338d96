"""What is carried to a machine with a GPU arrives there: examples, dev pools and the start's weights."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from transformers import AutoModel

from kenning_training import pack, unpack
from kenning_training.config import Config
from kenning_training.minilm import model_folder
from kenning_training.pools import build_pools
from kenning_training.prepare.stage import examples_file, read_split


@pytest.fixture
def there(config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """The other machine's configuration, after packing in the smallest shards, carrying and unpacking."""
    monkeypatch.setattr(pack, "SHARD_BYTES", 0)
    pack.run(config)
    other = replace(config, prepare=replace(config.prepare, folder=tmp_path / "prepared"))
    other.prepare.folder.mkdir()
    pack.carry_folder(config).rename(pack.carry_folder(other))
    unpack.run(other)
    return other


def test_every_training_example_arrives_once(config: Config, there: Config) -> None:
    assert len(list(pack.carry_folder(there).glob("train-*.jsonl.xz"))) > 2
    sent, arrived = (read_split(examples_file(c, "train")) for c in (config, there))
    assert sorted(e.code[: pack.CODE_CHARS] for e in sent) == sorted(e.code for e in arrived)


def test_dev_pools_are_the_same(config: Config, there: Config) -> None:
    (sent,), (arrived,) = (
        build_pools(read_split(examples_file(c, "dev")), "dev", c.prepare.pool_size) for c in (config, there)
    )
    assert sent.queries == arrived.queries
    assert [f.code for f in sent.functions] == [f.code for f in arrived.functions]


def test_the_start_loads_as_what_it_was(there: Config) -> None:
    whole = AutoModel.from_pretrained(model_folder(), add_pooling_layer=False).state_dict()
    carried = AutoModel.from_pretrained(pack.carry_folder(there) / "start", add_pooling_layer=False).state_dict()
    assert whole.keys() == carried.keys()
    assert all(torch.allclose(whole[key].float(), carried[key].float(), atol=2e-3) for key in whole)
