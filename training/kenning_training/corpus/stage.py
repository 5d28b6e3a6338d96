"""The corpus stage: every package of the sources file fetched and unpacked; what is there already is not done again."""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from kenning_training.config import Config
from kenning_training.corpus import npm
from kenning_training.corpus.debian import Debian, SourceFile
from kenning_training.corpus.unpack import UnpackLimits, unpack
from kenning_training.progress import Progress


@dataclass(frozen=True)
class Package:
    origin: str  # a table of the sources file: debian, debian-binary or npm
    name: str

    @property
    def folder(self) -> str:
        return f"{self.origin}-{re.sub(r'[^A-Za-z0-9.+-]', '_', self.name)}"


def project_of(package: str) -> str:
    """The upstream project of a package, the unit of splitting: a scope is one project, and so are all versions."""
    if package.startswith("@"):
        scope = package[1:].split("/", maxsplit=1)[0].lower()
        return PROJECT_ALIASES.get(f"@{scope}", scope)
    name = re.sub(r"@.*$", "", package).lower()
    name = re.sub(r"^librust-(.*)-dev$", r"\1", name)
    name = re.sub(r"^(rust|ruby|haskell|php|lua|node|python3|lib)-(?=.{3})", "", name)
    if name in PROJECT_ALIASES:
        return PROJECT_ALIASES[name]
    name = re.sub(r"^(expo|prosemirror)-.*", r"\1", name)
    return re.sub(r"-?\d+(\.\d+)*$", "", name) or name


# Packages that hold parts of another one's source.
PROJECT_ALIASES = {
    "openlayers": "ol", "cargo": "rustc", "gtk4": "gtk", "gtk": "gtk-rs", "regex-syntax": "regex", "glib2.0": "glib",
    "gtk-sharp3": "mono", "mono-addins": "mono", "mono-tools": "mono", "cecil": "mono",
    "golang-golang-x-tools": "golang", "golang-golang-x-net": "golang", "docker.io": "docker", "containerd": "docker",
    "kcoreaddons": "kde", "kio": "kde", "scala-xml": "scala", "scala-parser-combinators": "scala",
    "gst-plugins-base1.0": "gstreamer", "gst-plugins-good1.0": "gstreamer", "gst-plugins-bad1.0": "gstreamer",
    "qtdeclarative-opensource-src": "qtbase-opensource-src", "kate": "kde", "ktexteditor": "kde", "okular": "kde",
    "plasma-workspace": "kde", "kwin": "kde", "konsole": "kde", "kdevelop": "kde", "tk8.6": "tcl", "pypy3": "python",
    "evolution": "evolution-data-server", "dafny": "boogie", "mono-upnp": "mono", "mono-zeroconf": "mono",
    "gio": "gtk-rs", "cairo-rs": "gtk-rs", "pango": "gtk-rs", "gdk": "gtk-rs", "sequoia-wot": "sequoia-openpgp",
    "sequoia-ipc": "sequoia-openpgp", "idna": "url", "golang-golang-x-crypto-dev": "golang",
    "golang-golang-x-image-dev": "golang", "icingaweb2-module-director": "icingaweb", "icinga": "icingaweb",
    "golang-github-gopacket-gopacket-dev": "golang-github-google-gopacket-dev", "glib": "gtk-rs", "gtk3": "gnome",
    "onnxruntime-common": "onnxruntime", "onnxruntime-web": "onnxruntime", "opcua-client": "opcua",
    "opcua-server": "opcua", "opcua-address-space": "opcua", "rspec-core": "rspec", "rspec-expectations": "rspec",
    "rspec-mocks": "rspec", "tracing-subscriber": "tracing", "crossbeam-channel": "crossbeam",
    "crossbeam-epoch": "crossbeam", "toml-edit": "toml", "globset": "ripgrep", "ignore": "ripgrep", "rake": "ruby",
    "racc": "ruby", "rubygems": "ruby", "bundler": "ruby", "svn": "subversion", "@react-aria": "react-spectrum",
    "@react-stately": "react-spectrum", "@internationalized": "react-spectrum", "@adobe": "react-spectrum",
    "@livekit": "livekit-client",
    "facter": "puppet", "puppet-agent": "puppet", "kotlinx-coroutines": "kotlin", "git2": "git2-rs",
}  # fmt: skip


def run(config: Config) -> None:
    """Raises RuntimeError when so little could be fetched that training on it makes no sense."""
    packages, excluded = read_sources(config.corpus.sources)
    limits = UnpackLimits(config.corpus.bytes_per_language, frozenset(excluded))
    archives, sources = config.corpus.folder / "archives", config.corpus.folder / "sources"
    archives.mkdir(parents=True, exist_ok=True)
    debian = Debian(config.corpus.folder / "apt")
    if any(p.origin != "npm" and not _is_complete(sources, p) for p in packages):
        debian.update()
    progress = Progress("corpus", len(packages))
    missing = []
    for package, archive in _downloads(packages, sources, archives, debian, config.corpus.downloads_at_once):
        if archive is not None:
            unpack_package(package, archive, sources, limits)
        elif not _is_complete(sources, package):
            missing.append(package.name)
        progress.step(note=package.name)
    progress.close(f"; not to be had: {', '.join(missing) or 'none'}")
    if len(missing) > len(packages) // 2:
        raise RuntimeError(f"{len(missing)} of {len(packages)} packages could not be fetched")


def read_sources(path: Path) -> tuple[list[Package], list[str]]:
    table = tomllib.loads(path.read_text())
    origins = ("debian", "debian-binary", "npm")
    named = [Package(origin, name) for origin in origins for names in table.get(origin, {}).values() for name in names]
    return list(dict.fromkeys(named)), table.get("exclude", [])


def _downloads(
    packages: list[Package], sources: Path, archives: Path, debian: Debian, at_once: int
) -> Iterator[tuple[Package, Path | None]]:
    """Archives as they arrive; None for a package that is unpacked already or cannot be had."""
    wanted = [package for package in packages if not _is_complete(sources, package)]
    yield from ((package, None) for package in packages if package not in wanted)
    fetch = partial(_fetch, archives=archives, debian=debian, files=_debian_files(wanted, debian))
    with ThreadPoolExecutor(at_once) as pool:
        waiting: dict[Future[Path | None], Package] = {pool.submit(fetch, package): package for package in wanted}
        for done in as_completed(waiting):
            yield waiting[done], done.result()


def _debian_files(packages: list[Package], debian: Debian) -> dict[Package, SourceFile]:
    sources = debian.tarballs([p.name for p in packages if p.origin == "debian"])
    binaries = debian.binary_packages([p.name for p in packages if p.origin == "debian-binary"])
    found = [("debian", sources), ("debian-binary", binaries)]
    return {Package(origin, name): file for origin, files in found for name, file in files.items()}


def _fetch(package: Package, archives: Path, debian: Debian, files: dict[Package, SourceFile]) -> Path | None:
    if package.origin == "npm":
        return npm.download(package.name, archives)
    return debian.download(files[package], archives) if package in files else None


def unpack_package(package: Package, archive: Path, sources: Path, limits: UnpackLimits) -> None:
    """Unpacks an archive, records where it came from, and deletes it."""
    target = sources / package.folder
    # There even when nothing in the archive is of use: what comes next goes by folders.
    target.mkdir(parents=True, exist_ok=True)
    count = unpack(archive, target, limits)
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    record = asdict(package) | {"project": project_of(package.name), "archive": archive.name, "sha256": digest}
    _record_of(sources, package).write_text(json.dumps(record | {"files": count}) + "\n")
    archive.unlink()


def _record_of(sources: Path, package: Package) -> Path:
    """Beside the package's folder; written last, so that its being there says that the folder is whole."""
    return sources / f"{package.folder}.json"


def _is_complete(sources: Path, package: Package) -> bool:
    return _record_of(sources, package).exists()
