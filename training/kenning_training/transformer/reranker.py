"""The r stage: R, the small cross-encoder that the product re-scores its first hits with. Starts from S2."""

from pathlib import Path

import torch

from kenning_training.config import Config
from kenning_training.distil_static import s1_file
from kenning_training.train import load_student
from kenning_training.transformer.cross import CrossEncoder
from kenning_training.transformer.data import twin_pools
from kenning_training.transformer.distil import load_s2
from kenning_training.transformer.encoder import minilm_layers
from kenning_training.transformer.lists import ListTask, train_on_lists
from kenning_training.transformer.matched import matched_data
from kenning_training.transformer.soft import cross_on_top, print_dev
from kenning_training.transformer.teacher import loaded


def run(config: Config) -> None:
    torch.manual_seed(config.r.seed)
    matched = matched_data(config)
    task = ListTask(matched.data, matched.keep, matched.vectors, config, config.r)
    model = cross_on_top(load_s2(config))
    train_on_lists(model, task, matched.lists, "r")
    torch.save(model.state_dict(), r_file(config))
    pools = twin_pools(config, "dev", config.r.check_pool)
    print_dev(model, load_s2(config), load_student(config, s1_file(config)), pools, config, config.r)


def r_file(config: Config) -> Path:
    return config.prepare.folder / "r.pt"


def load_r(config: Config) -> CrossEncoder:
    return loaded(CrossEncoder(minilm_layers(range(len(config.s2.layers))), config.train.dimensions), r_file(config))
