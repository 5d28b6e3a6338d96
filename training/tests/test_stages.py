"""Each stage can be called by name with the whole configuration, as `__main__` does."""

import importlib
import inspect

import pytest

from kenning_training.__main__ import APART, STAGES
from kenning_training.config import Config


@pytest.mark.parametrize("stage", [*STAGES, *APART])
def test_stage_takes_the_configuration(stage: str) -> None:
    parameters = list(inspect.signature(importlib.import_module((STAGES | APART)[stage]).run).parameters.values())
    assert [parameter.annotation for parameter in parameters] == [Config]
