"""Archives to source files, and apt's answers, without a network."""

import io
import tarfile
from pathlib import Path, PurePosixPath

import pytest

from kenning_training.corpus.debian import SourceFile, packaging_file, parse_uris, upstream_tarball, with_sources
from kenning_training.corpus.package import Package
from kenning_training.corpus.stage import unpack_package
from kenning_training.corpus.unpack import UnpackLimits, is_wanted, safe_path, unpack


def make_archive(path: Path, files: dict[str, str]) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            tar.addfile(member, io.BytesIO(text.encode()))
    return path


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("pkg-1/src/a.py", True),
        ("pkg-1/src/A.java", True),
        ("pkg-1/README.md", False),
        ("pkg-1/tests/a.py", False),
        ("pkg-1/vendor/lib/a.go", False),
        ("pkg-1/monolog/Logger.php", False),
        ("pkg-1/lib/a.min.js", False),
        ("pkg-1/lib/a.d.ts", False),
    ],
)
def test_what_is_unpacked(name: str, wanted: bool) -> None:
    assert is_wanted(name, frozenset(["monolog"])) is wanted


def test_paths_never_lead_out_of_the_folder() -> None:
    assert safe_path("pkg-1/../../etc/x.py") == PurePosixPath("etc/x.py")
    assert safe_path("/abs/x.py") == PurePosixPath("x.py")
    assert safe_path("./usr/lib/python3/dist-packages/twisted/web/http.py") == PurePosixPath("twisted/web/http.py")


def test_a_language_is_capped_and_the_same_files_are_chosen_again(tmp_path: Path) -> None:
    files = {f"pkg-1/src/f{i}.py": "x" * 100 for i in range(50)} | {"pkg-1/src/a.go": "y" * 100}
    archive = make_archive(tmp_path / "pkg.tar.gz", files)
    limits = UnpackLimits(bytes_per_language=1000, excluded_folders=frozenset())
    names = []
    for attempt in ("one", "two"):
        assert unpack(archive, tmp_path / attempt, limits) == 11
        names.append({str(p.relative_to(tmp_path / attempt)) for p in (tmp_path / attempt).rglob("*.*")})
    assert names[0] == names[1]
    assert "src/a.go" in names[0]


def test_source_lists_in_both_formats_ask_for_sources_too() -> None:
    assert with_sources("Types: deb\nURIs: mirror\n") == "Types: deb deb-src\nURIs: mirror\n"
    assert with_sources("deb mirror main\n") == "deb mirror main\ndeb-src mirror main\n"


def test_the_upstream_tarball_is_told_from_the_packaging() -> None:
    text = (
        "'pool/a_1.dsc' a_1-1.dsc 2287 SHA256:aa\n"
        "'pool/a_1.orig-extra.tar.xz' a_1.orig-extra.tar.xz 5 SHA256:bb\n"
        "'pool/a_1.orig.tar.xz' a_1.orig.tar.xz 8118 SHA256:cc\n"
        "'pool/a_1-1.debian.tar.xz' a_1-1.debian.tar.xz 14140 SHA256:dd\n"
    )
    assert upstream_tarball(parse_uris(text)) == SourceFile(
        "pool/a_1.orig.tar.xz", "a_1.orig.tar.xz", 8118, "SHA256:cc"
    )
    assert upstream_tarball(parse_uris(text.splitlines()[0])) is None
    packaging = packaging_file(parse_uris(text))
    assert packaging is not None
    assert packaging.name == "a_1-1.debian.tar.xz"


def test_a_package_without_anything_of_use_has_an_empty_folder(tmp_path: Path) -> None:
    archive = tmp_path / "minified.tgz"
    with tarfile.open(archive, "w:gz") as tar:
        content = b"body { color: red }\n"
        member = tarfile.TarInfo("package/style.css")
        member.size = len(content)
        tar.addfile(member, io.BytesIO(content))
    package = Package("npm", "minified")
    unpack_package(package, archive, tmp_path / "sources", UnpackLimits(1 << 20, frozenset()))
    assert list((tmp_path / "sources" / package.folder).iterdir()) == []
