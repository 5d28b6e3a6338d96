"""Every corpus package's licence, one small file each: from the archive while it is at hand, else fetched."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from kenning_training.corpus import npm
from kenning_training.corpus.debian import Debian, SourceFile
from kenning_training.corpus.licences import (
    UNKNOWN,
    Licence,
    copyright_text,
    debian_licence,
    debian_version,
    npm_licence,
)
from kenning_training.corpus.package import Package
from kenning_training.progress import Progress


class LicenceRecords:
    """`folder` holds `<package>.json`; archives that are fetched again go to `work` and are deleted."""

    def __init__(self, folder: Path, work: Path, debian: Debian) -> None:
        self._folder, self._work, self._debian = folder, work, debian
        folder.mkdir(parents=True, exist_ok=True)

    def of(self, package: Package) -> Licence:
        file = self._file(package)
        return Licence(**json.loads(file.read_text())) if file.exists() else Licence("", UNKNOWN)

    def note(self, package: Package, archive: Path) -> None:
        """From the archive itself, where it says so: an npm package's and a Debian binary package's does."""
        if package.origin == "npm":
            self._write(package, npm_licence(archive))
        elif package.origin == "debian-binary":
            self._write_debian(package, archive.name, archive)

    def complete(self, packages: Iterable[tuple[Package, str]]) -> None:
        """Fetches what is needed for the (package, archive's name) that have no record, and records `UNKNOWN` never."""
        waiting = [(package, name) for package, name in packages if not self._file(package).exists()]
        files = self._debian_files([package for package, _ in waiting])
        progress = Progress("licences", len(waiting))
        for package, archive_name in waiting:
            self._fetch(package, archive_name, files.get(package))
            progress.step(note=package.name)
        if waiting:
            progress.close()

    def _fetch(self, package: Package, archive_name: str, file: SourceFile | None) -> None:
        if package.origin == "npm":
            archive = npm.download(package.name, self._work)
            if archive is not None:
                self._write(package, npm_licence(archive))
        else:
            archive = self._debian.download(file, self._work) if file else None
            if archive is not None:
                self._write_debian(package, archive_name, archive)
        if archive is not None:
            archive.unlink()

    def _debian_files(self, packages: Sequence[Package]) -> dict[Package, SourceFile]:
        """A source package's packaging, which is small; a binary package as it is."""
        sources = self._debian.packaging([p.name for p in packages if p.origin == "debian"])
        binaries = self._debian.binary_packages([p.name for p in packages if p.origin == "debian-binary"])
        found = [("debian", sources), ("debian-binary", binaries)]
        return {Package(origin, name): file for origin, files in found for name, file in files.items()}

    def _write_debian(self, package: Package, archive_name: str, file: Path) -> None:
        self._write(package, Licence(debian_version(archive_name), debian_licence(copyright_text(file))))

    def _write(self, package: Package, licence: Licence) -> None:
        self._file(package).write_text(json.dumps(asdict(licence)) + "\n")

    def _file(self, package: Package) -> Path:
        return self._folder / f"{package.folder}.json"
