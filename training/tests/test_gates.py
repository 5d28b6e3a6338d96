"""A teacher that does not pass teaches nothing."""

import json
import shutil
from dataclasses import replace

import pytest
import torch

from kenning_training import ablate
from kenning_training.config import Config
from kenning_training.train import checkpoint_file, load_student
from kenning_training.transformer import late
from kenning_training.transformer.data import twin_pools
from kenning_training.transformer.gates import gated, gates_file, judge, static_figure
from kenning_training.transformer.matched import late_file


@pytest.fixture
def strict(config: Config, tmp_path_factory: pytest.TempPathFactory) -> Config:
    """The bar that a plan has where it says nothing, and a student that knows some of the pools, not all."""
    cache = tmp_path_factory.mktemp("gates")
    shutil.copytree(config.prepare.folder, cache / "prepared")
    found = replace(
        config,
        prepare=replace(config.prepare, folder=cache / "prepared"),
        train=replace(config.train, teacher_bar=0.03),
    )
    student = load_student(found)
    with torch.no_grad():
        student.table.add_(0.15 * torch.randn(student.table.shape, generator=torch.Generator().manual_seed(3)))
    torch.save(student.state_dict(), checkpoint_file(found))
    return found


def test_every_teacher_of_a_run_is_judged(config: Config) -> None:
    found = json.loads(gates_file(config).read_text())
    assert set(found) == {"teacher", "late", "cross"}
    assert all(0 < verdict["student"] <= 1 and 0 < verdict["teacher"] <= 1 for verdict in found.values())


def test_one_that_is_not_enough_better_has_no_weight(strict: Config) -> None:
    pools = twin_pools(strict, "dev", 50)
    student = static_figure(strict, pools)
    assert not judge(strict, "late", student + 0.02, pools)
    assert judge(strict, "cross", student + 0.04, pools)
    assert judge(strict, "teacher", student + 0.04, pools)
    found = gated(strict)
    assert found.train.late_weight == found.s2.late_weight == 0
    assert (found.train.soft_weight, found.train.match_weight) == (strict.train.soft_weight, strict.train.match_weight)


def test_what_was_not_judged_keeps_its_weight(strict: Config) -> None:
    gates_file(strict).unlink()
    assert gated(strict) == strict


def test_the_student_is_judged_by_the_same_questions(strict: Config) -> None:
    pools = twin_pools(strict, "dev", 50)
    by_first, by_all = static_figure(strict, pools, 10), static_figure(strict, pools)
    assert by_first != pytest.approx(by_all, abs=1e-6)
    assert static_figure(strict, pools, len(pools[0].queries)) == pytest.approx(by_all)


def test_what_did_not_pass_has_no_row_of_its_own(strict: Config) -> None:
    pools = twin_pools(strict, "dev", 50)
    for name in ("late", "cross"):
        judge(strict, name, 0.0, pools)
    rows = ablate.variants(gated(strict))
    assert not any(name.startswith(("without C", "without D")) for name in rows)
    assert any(name.startswith("without B") for name in rows)


def test_questions_that_do_not_teach_have_a_row_with_them(config: Config) -> None:
    quiet = replace(config, train=replace(config.train, generated_share=0.0))
    assert [name[0] for name in ablate.variants(config)] == ["a", *["w"] * 5]
    assert ablate.variants(quiet)["with A, generated questions"].generated_share > 0
    assert "without A, generated questions" not in ablate.variants(quiet)


def test_what_did_not_pass_is_not_asked_for_its_opinions(strict: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(late, "train", lambda *_: None)
    for bar, asked in ((2.0, False), (-1.0, True)):
        late_file(strict).unlink(missing_ok=True)
        late.run(replace(strict, train=replace(strict.train, teacher_bar=bar)))
        assert late_file(strict).exists() == asked
