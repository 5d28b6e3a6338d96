"""
The adopt stage: the exported models stand where `tokenizer`, `train` and `teacher` would have left theirs, so that the
stages after these can teach from them: S2 as it ships is the dual-encoder teacher, S1 the student. Not the float models
that they were exported from: see `exported_encoder.py`.
"""

import shutil

import torch

from kenning_training.config import Config
from kenning_training.distil_static import s1_file
from kenning_training.exported_student import exported_student
from kenning_training.tokenizer import tokenizer_file
from kenning_training.train import checkpoint_file
from kenning_training.transformer.distil import s2_file
from kenning_training.transformer.exported_encoder import exported_encoder
from kenning_training.transformer.teacher import teacher_file


def run(config: Config) -> None:
    config.prepare.folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(config.model.folder / "tokenizer.json", tokenizer_file(config))
    for state, files in (
        (exported_student(config.model.folder).state_dict(), (checkpoint_file(config), s1_file(config))),
        (exported_encoder(config.model.s2_folder).state_dict(), (teacher_file(config), s2_file(config))),
    ):
        for file in files:
            torch.save(state, file)
            print(f"adopted: {file.name}", flush=True)
