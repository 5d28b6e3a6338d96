"""
Upstream tarballs of Debian source packages, and binary packages, through the machine's own apt configuration.
Unpacks nothing.
"""

import re
import shlex
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

SYSTEM_LISTS = (Path("/etc/apt/sources.list"), Path("/etc/apt/sources.list.d"))
APT_HELPER = "/usr/lib/apt/apt-helper"


@dataclass(frozen=True)
class SourceFile:
    """A line of apt's `--print-uris`; `checksum` is in apt's own form, `SHA256:<hex>`."""

    uri: str
    name: str
    size_bytes: int
    checksum: str


Choice = Callable[[list[SourceFile]], SourceFile | None]


class Debian:
    """apt with source lists of its own under `state`, so that the machine's lists stay as they are."""

    def __init__(self, state: Path) -> None:
        self._state = state
        self._lists = state / "lists"
        self._sources = state / "sources"
        for folder in (self._lists / "partial", self._sources, state / "cache" / "archives" / "partial"):
            folder.mkdir(parents=True, exist_ok=True)

    def update(self) -> None:
        """Fetches the index of source packages; raises CalledProcessError when no list can be had."""
        for path in _system_list_files():
            (self._sources / path.name).write_text(with_sources(path.read_text()))
        subprocess.run(["apt-get", "-qq", *self._options(), "update"], check=True)

    def tarballs(self, packages: Sequence[str]) -> dict[str, SourceFile]:
        """The upstream tarball of each source package that there is; the packaging files beside it are not wanted."""
        return self._files("showsrc", "source", packages, upstream_tarball)

    def binary_packages(self, packages: Sequence[str]) -> dict[str, SourceFile]:
        """The binary packages; for interpreted languages, and Rust and Go libraries, they hold the source."""
        return self._files("show", "download", packages, upstream_tarball)

    def packaging(self, packages: Sequence[str]) -> dict[str, SourceFile]:
        """What Debian adds to each source package, its copyright file among it; a native package as a whole."""
        return self._files("showsrc", "source", packages, packaging_file)

    def _files(self, show: str, verb: str, packages: Sequence[str], choose: Choice) -> dict[str, SourceFile]:
        """Two calls for all packages, as apt reads its whole index for each; a name it does not know would fail all."""
        shown = self._answer("apt-cache", show, *packages) if packages else ""
        known = [package for package in packages if f"\nPackage: {package}\n" in f"\n{shown}"]
        answer = self._answer("apt-get", "-qq", verb, "--print-uris", *known) if known else ""
        return _by_package(parse_uris(answer), known, choose)

    def _answer(self, program: str, *arguments: str) -> str:
        command = [program, *self._options(), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout

    def download(self, file: SourceFile, folder: Path) -> Path | None:
        """The file in `folder`, verified by apt against its checksum; None when it cannot be had."""
        target = folder / file.name
        if target.exists() and target.stat().st_size == file.size_bytes:
            return target
        command = [APT_HELPER, *self._options(), "download-file", file.uri, str(target), file.checksum]
        done = subprocess.run(command, capture_output=True, check=False).returncode == 0
        return target if done and target.exists() else None

    def _options(self) -> list[str]:
        options = {
            "Dir::Etc::sourcelist": "/dev/null",
            "Dir::Etc::sourceparts": self._sources,
            "Dir::State::Lists": self._lists,
            "Dir::Cache": self._state / "cache",
            "APT::Sandbox::User": "root",
        }
        return [word for key, value in options.items() for word in ("-o", f"{key}={value}")]


def with_sources(text: str) -> str:
    """A source list, in either of apt's formats, that names source packages beside the binary ones."""
    text = re.sub(r"^deb(\s.*)$", r"deb\1\ndeb-src\1", text, flags=re.MULTILINE)
    return re.sub(r"^Types:.*$", "Types: deb deb-src", text, flags=re.MULTILINE)


def parse_uris(text: str) -> list[SourceFile]:
    lines = (shlex.split(line)[:4] for line in text.splitlines() if line.startswith("'"))
    return [SourceFile(uri, name, int(size), checksum) for uri, name, size, checksum in lines]


def _by_package(files: list[SourceFile], packages: Sequence[str], choose: Choice) -> dict[str, SourceFile]:
    """Files by the package that their names begin with."""
    own = {package: [f for f in files if f.name.startswith(f"{package}_")] for package in packages}
    chosen = {package: choose(found) for package, found in own.items()}
    return {package: file for package, file in chosen.items() if file is not None}


def upstream_tarball(files: list[SourceFile]) -> SourceFile | None:
    """The main upstream tarball, or a native package's only one, or the binary package."""
    tarballs = [f for f in files if re.search(r"\.(deb|tar\.(xz|gz|bz2))$", f.name) and ".debian.tar." not in f.name]
    main = [f for f in tarballs if re.search(r"\.orig\.tar\.", f.name)]
    return next(iter(main or tarballs), None)


def packaging_file(files: list[SourceFile]) -> SourceFile | None:
    """The packaging beside an upstream tarball, or a native package's only tarball."""
    added = [f for f in files if re.search(r"\.debian\.tar\.\w+$|\.diff\.gz$", f.name)]
    return next(iter(added), None) or upstream_tarball(files)


def _system_list_files() -> list[Path]:
    """Debian's own lists; those of other vendors hold no sources."""
    single, folder = SYSTEM_LISTS
    parts = sorted(p for p in folder.glob("debian*") if p.suffix in (".list", ".sources")) if folder.is_dir() else []
    return [p for p in (single, *parts) if p.is_file()]
