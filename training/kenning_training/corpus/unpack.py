"""Source files out of an archive: in a language that Kenning parses, no tests, no vendored copies, within a cap."""

import hashlib
import re
import subprocess
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

LANGUAGE_OF_SUFFIX = {
    ".py": "python", ".java": "java", ".go": "go", ".php": "php", ".inc": "php", ".rb": "ruby", ".c": "c", ".h": "c",
    ".cc": "cpp", ".cpp": "cpp", ".cxx": "cpp", ".hpp": "cpp", ".hh": "cpp", ".hxx": "cpp", ".cs": "csharp",
    ".rs": "rust", ".hs": "haskell", ".ex": "elixir", ".exs": "elixir", ".lua": "lua", ".nse": "lua", ".kt": "kotlin",
    ".kts": "kotlin", ".scala": "scala", ".sh": "bash", ".bash": "bash", ".js": "javascript", ".mjs": "javascript",
    ".cjs": "javascript", ".jsx": "javascript", ".ts": "typescript", ".tsx": "typescript", ".mts": "typescript",
    ".swift": "swift", ".zig": "zig",
}  # fmt: skip
SYSTEM_FOLDERS = re.compile(
    r"^usr/(lib|share)/(python3/dist-packages/|ruby/vendor_ruby/|rubygems-integration/all/gems/|cargo/registry/|php/|lua/[\d.]+/)?"
)
MAX_FILE_BYTES = 400_000
SKIPPED_FOLDERS = frozenset(
    "test tests testing testdata testsuite testsuites __tests__ spec specs fixtures fixture mocks vendor vendors "
    "_vendor node_modules third_party thirdparty third-party 3rdparty external extern externals deps bundled "
    "godeps generated gen dist-types umd esm2015 fesm2015 fesm2020 fesm2022 examples example samples demos "
    "doc docs documentation po locale locales i18n benchmarks benchmark legacy debian".split()
)
SKIPPED_NAMES = (
    ".min.js",
    ".d.ts",
    ".d.mts",
    ".d.cts",
    ".bundle.js",
    ".pb.go",
    "_pb2.py",
    ".generated.cs",
    ".designer.cs",
)


@dataclass(frozen=True)
class UnpackLimits:
    """Most bytes of source kept of one package and language: enough for its share of pairs, less to parse."""

    bytes_per_language: int
    excluded_folders: frozenset[str]


def unpack(archive: Path, target: Path, limits: UnpackLimits) -> int:
    """Extracts the wanted files under `target`; returns how many. No member's path can lead out of `target`."""
    contents: dict[str, bytes] = {}
    with opened(archive) as tar:
        for member in tar:
            if member.isreg() and member.size <= MAX_FILE_BYTES and is_wanted(member.name, limits.excluded_folders):
                source = tar.extractfile(member)
                if source is not None:
                    contents[member.name] = source.read()
    chosen = choose(((name, len(content)) for name, content in contents.items()), limits)
    for name in chosen:
        _write(target / safe_path(name), contents[name])
    return len(chosen)


def choose(members: Iterable[tuple[str, int]], limits: UnpackLimits) -> set[str]:
    """Which members to keep: past the cap of a language, a sample by the hash of the path, so it is always the same."""
    budget: dict[str, int] = {}
    chosen = set()
    for name, size in sorted(members, key=lambda member: hashlib.sha256(str(safe_path(member[0])).encode()).digest()):
        language = LANGUAGE_OF_SUFFIX[PurePosixPath(name).suffix.lower()]
        used = budget.get(language, 0)
        if used + size <= limits.bytes_per_language:
            budget[language] = used + size
            chosen.add(name)
    return chosen


def is_wanted(name: str, excluded_folders: frozenset[str]) -> bool:
    path = PurePosixPath(name)
    if path.suffix.lower() not in LANGUAGE_OF_SUFFIX or path.name.lower().endswith(SKIPPED_NAMES):
        return False
    folders = {part.lower() for part in path.parts[1:-1]}
    return not (folders & SKIPPED_FOLDERS or folders & excluded_folders)


def safe_path(name: str) -> PurePosixPath:
    """Without the archive's top folder, or the system's folders for libraries, and never outside the target."""
    parts = [part for part in PurePosixPath(name).parts if part not in ("..", "/", ".")]
    if parts and parts[0] == "usr":
        return PurePosixPath(SYSTEM_FOLDERS.sub("", str(PurePosixPath(*parts))))
    return PurePosixPath(*(parts[1:] or parts))


@contextmanager
def opened(archive: Path) -> Iterator[tarfile.TarFile]:
    """A stream of the archive's members; a Debian package is an archive around a tarball."""
    if archive.suffix != ".deb":
        with tarfile.open(archive) as tar:
            yield tar
        return
    command = ["dpkg-deb", "--fsys-tarfile", str(archive)]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE) as package,
        tarfile.open(fileobj=package.stdout, mode="r|") as tar,
    ):
        yield tar


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
