"""The corpus stage: every package of the sources file fetched and unpacked; what is there already is not done again."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import asdict
from functools import partial
from pathlib import Path

from kenning_training.config import CONFIGS, SOURCES_LIST, Config
from kenning_training.corpus import npm
from kenning_training.corpus.debian import Debian, SourceFile
from kenning_training.corpus.licence_records import LicenceRecords
from kenning_training.corpus.licences import UNKNOWN
from kenning_training.corpus.package import Package, read_sources
from kenning_training.corpus.projects import check_sources, project_of
from kenning_training.corpus.sources_list import Source, sources_text
from kenning_training.corpus.unpack import UnpackLimits, unpack
from kenning_training.progress import Progress


def run(config: Config) -> None:
    """Raises RuntimeError when so little could be fetched that training on it makes no sense."""
    packages, excluded = read_sources(config.corpus.sources)
    check_sources([package.name for package in packages], excluded)
    archives, sources = config.corpus.folder / "archives", config.corpus.folder / "sources"
    archives.mkdir(parents=True, exist_ok=True)
    debian = Debian(config.corpus.folder / "apt")
    if any(p.origin != "npm" and not _is_complete(sources, p) for p in packages):
        debian.update()
    licences = LicenceRecords(licences_folder(config), archives, debian)
    limits = UnpackLimits(config.corpus.bytes_per_language, frozenset(excluded))
    progress = Progress("corpus", len(packages))
    for package, archive in _downloads(packages, sources, archives, debian, config.corpus.downloads_at_once):
        if archive is not None:
            licences.note(package, archive)
            unpack_package(package, archive, sources, limits)
        progress.step(note=package.name)
    missing = [package.name for package in packages if not _is_complete(sources, package)]
    progress.close(f"; not to be had: {', '.join(missing) or 'none'}")
    if len(missing) > len(packages) // 2:
        raise RuntimeError(f"{len(missing)} of {len(packages)} packages could not be fetched")
    list_sources(config, packages, licences)


def licences_folder(config: Config) -> Path:
    return config.corpus.folder.with_name(f"{config.corpus.folder.name}-licences")


def list_sources(config: Config, packages: Sequence[Package], licences: LicenceRecords) -> None:
    """Writes `SOURCES.md`, when the packages are those of the models that ship."""
    sources = config.corpus.folder / "sources"
    records = {p: json.loads(_record_of(sources, p).read_text()) for p in packages if _is_complete(sources, p)}
    licences.complete((package, record["archive"]) for package, record in records.items())
    listed = []
    for package, record in records.items():
        licence = licences.of(package)
        listed.append(Source(package.origin, package.name, licence.version, licence.name, record["sha256"]))
    unknown = [source.name for source in listed if source.licence == UNKNOWN]
    print(f"{len(listed)} sources; licence unknown of: {', '.join(unknown) or 'none'}")
    if config.corpus.listed and config.corpus.sources == CONFIGS / "sources.toml":
        SOURCES_LIST.write_text(sources_text(listed))


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
