"""What packages say of their licence, and the list of sources made from it."""

import gzip
import io
import json
import tarfile
from pathlib import Path

import pytest

from kenning_training.config import CONFIGS, read_config
from kenning_training.corpus import stage
from kenning_training.corpus.debian import Debian
from kenning_training.corpus.licence_records import LicenceRecords
from kenning_training.corpus.licences import (
    PROSE,
    UNKNOWN,
    Licence,
    copyright_text,
    debian_licence,
    debian_version,
    npm_licence,
)
from kenning_training.corpus.package import Package
from kenning_training.corpus.sources_list import Source, family_of, licence_counts, sources_text

MACHINE_READABLE = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/

Files: *
Copyright: 2020 Somebody
License: LGPL-2.1+

Files: debian/*
License: GPL-3+
"""


def make_archive(path: Path, name: str, text: str) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        member = tarfile.TarInfo(name)
        member.size = len(text.encode())
        tar.addfile(member, io.BytesIO(text.encode()))
    return path


@pytest.mark.parametrize(
    ("manifest", "licence"),
    [
        ({"version": "1.2.3", "license": "MIT"}, Licence("1.2.3", "MIT")),
        ({"license": {"type": "BSD-3-Clause"}}, Licence("", "BSD-3-Clause")),
        ({"licenses": [{"type": "MIT"}, {"type": "GPL-2.0"}]}, Licence("", "MIT OR GPL-2.0")),
        ({}, Licence("", UNKNOWN)),
    ],
)
def test_an_npm_package_states_its_licence(tmp_path: Path, manifest: dict[str, object], licence: Licence) -> None:
    archive = make_archive(tmp_path / "a.tgz", "package/package.json", json.dumps(manifest))
    assert npm_licence(archive) == licence


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        (MACHINE_READABLE, "LGPL-2.1+"),
        ("License: Expat\n\nLicense: GPL-2+\n", "Expat, GPL-2+"),
        ("On Debian systems, see /usr/share/common-licenses/GPL-2.\n", "GPL-2"),
        ("You may do with it what you want.\n", PROSE),
        (None, UNKNOWN),
    ],
)
def test_debian_states_it_in_its_copyright_file(text: str | None, licence: str) -> None:
    assert debian_licence(text) == licence


def test_the_copyright_file_is_found_in_packaging_of_each_kind(tmp_path: Path) -> None:
    for name in ("debian/copyright", "pkg-1/debian/copyright", "./usr/share/doc/pkg/copyright"):
        assert copyright_text(make_archive(tmp_path / "a.debian.tar.gz", name, "text\n")) == "text\n"
    diff = tmp_path / "a_1-1.diff.gz"
    diff.write_bytes(gzip.compress(b"--- a\n+++ a-1/debian/copyright\n@@ -0,0 +1,2 @@\n+one\n+two\n--- b\n"))
    assert copyright_text(diff) == "one\ntwo\n"
    assert copyright_text(make_archive(tmp_path / "b.tar.gz", "src/copyright.c", "x")) is None


@pytest.mark.parametrize(
    ("archive", "version"),
    [
        ("ant_1.10.13.orig.tar.xz", "1.10.13"),
        ("git-extras_6.1.0-1_all.deb", "6.1.0"),
        ("live-build_20230502.tar.xz", "20230502"),
        ("three.tgz", ""),
    ],
)
def test_the_version_of_a_debian_archive(archive: str, version: str) -> None:
    assert debian_version(archive) == version


def test_a_licence_is_noted_once_and_one_that_nothing_says_is_unknown(tmp_path: Path) -> None:
    records = LicenceRecords(tmp_path / "licences", tmp_path, Debian(tmp_path / "apt"))
    package = Package("npm", "@scope/name")
    assert records.of(package) == Licence("", UNKNOWN)
    records.note(package, make_archive(tmp_path / "a.tgz", "package/package.json", '{"license": "ISC"}'))
    records.complete([(package, "a.tgz")])
    assert records.of(package) == Licence("", "ISC")


def test_the_list_of_sources_names_each_and_counts_licences(tmp_path: Path) -> None:
    sources = [
        Source("npm", "@a/b", "1.0.0", "MIT", "ab" * 32),
        Source("debian", "glib2.0", "2.74", "LGPL-2.1+", "cd" * 32),
        Source("npm", "c", "2.0.0", "(MIT OR Apache-2.0)", "ef" * 32),
    ]
    file = tmp_path / "SOURCES.md"
    file.write_text(sources_text(sources))
    assert "| glib2.0 | 2.74 | Debian source | LGPL-2.1+ | cdcdcdcdcdcd |" in file.read_text()
    assert licence_counts(file) == [("MIT", 2), ("LGPL", 1)]
    assert licence_counts(tmp_path / "none.md") == []


def test_licences_are_counted_by_family() -> None:
    found = [family_of(name) for name in ("GPL-2+", "BSD-3-Clause, Expat", "Expat", "GPL-2 with exception", PROSE)]
    assert found == ["GPL", "BSD", "MIT", "GPL", PROSE]


@pytest.mark.parametrize(("plan", "written"), [("cpu.toml", True), ("adopted.toml", False), ("tiny.toml", False)])
def test_packages_that_no_shipped_model_is_made_from_are_not_listed(
    plan: str, written: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage, "SOURCES_LIST", tmp_path / "SOURCES.md")
    config = read_config(CONFIGS / plan, tmp_path)
    records = LicenceRecords(tmp_path / "licences", tmp_path, Debian(tmp_path / "apt"))
    stage.list_sources(config, [], records)
    assert (tmp_path / "SOURCES.md").exists() == written
