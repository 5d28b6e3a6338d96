"""The plans that are in the checkout can be read, and what would be learnt one way and served another is refused."""

from pathlib import Path

import pytest

from kenning_training.config import CONFIGS, read_config
from kenning_training.template import text_fields

PLANS = ("cpu.toml", "gpu.toml", "tiny.toml")


@pytest.mark.parametrize("plan", PLANS)
def test_a_plans_texts_can_be_taken_apart_into_their_fields(plan: str, tmp_path: Path) -> None:
    template = read_config(CONFIGS / plan, tmp_path).train.code_template
    assert text_fields(template, template) == ["{name}", "{qualifiedName}", "{path}", "{doc}", "{code}"]


def test_a_template_whose_fields_run_into_each_other_is_refused(tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text('[train]\ncode_template = "{name} {code}"\n')
    with pytest.raises(ValueError, match="U\\+001F"):
        read_config(plan, tmp_path)


def test_an_unknown_key_is_refused(tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text("[train]\nepoch = 3\n")
    with pytest.raises(ValueError, match="epoch"):
        read_config(plan, tmp_path)
