from collections import Counter

from kenning_training.corpus.projects import project_of
from kenning_training.prepare.splits import split_of


def test_packages_of_one_upstream_stay_together() -> None:
    for packages in (
        ("python3.11", "python3.12"),
        ("@stdlib/math", "@stdlib/string"),
        ("expo-camera", "expo-image"),
        ("golang-1.19", "golang-golang-x-tools"),
        ("librust-regex-dev", "librust-regex-syntax-dev"),
    ):
        assert len({project_of(package) for package in packages}) == 1, packages


def test_the_split_is_frozen() -> None:
    """Figures of two models compare only while no project moves."""
    projects = ("glib", "golang", "laravel-framework", "mediawiki", "django", "kubernetes", "syncthing")
    assert [split_of(project) for project in projects] == ["test", "test", "test", "dev", "train", "train", "dev"]


def test_shares_are_near_what_they_should_be() -> None:
    shares = Counter(split_of(f"project-{i}") for i in range(5000))
    assert 0.10 < shares["test"] / 5000 < 0.14
    assert 0.06 < shares["dev"] / 5000 < 0.10
