"""`training/SOURCES.md`: every package that the corpus is made from, with version, licence and archive's digest."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

HEAD = """\
# What the models were trained on

Written by `python -m kenning_training corpus`, never by hand. Functions and their documentation come from these
{count:,} packages, all published as free software by Debian or on npm; no text of theirs is in this repository or in a
model. The licence is the one that the package states for itself as a whole (npm: its manifest; Debian: `Files: *` of
its copyright file, else all that the file names); single files may be under others. The digest is the beginning of the
SHA-256 of the archive that was read.

Besides, when `KENNING_COSQA` is set: the training queries of CoSQA (real searches and functions of CodeSearchNet;
published under the Computational Use of Data Agreement, its repository under MIT).

| licence | packages |
| --- | ---: |
{licences}

| package | version | from | licence | SHA-256 |
| --- | --- | --- | --- | --- |
{rows}
"""
ORIGIN_NAMES = {"debian": "Debian source", "debian-binary": "Debian binary", "npm": "npm"}
COUNT_ROW = re.compile(r"^\| (?P<licence>[^|]+) \| (?P<count>[\d,]+) \|$", re.MULTILINE)


@dataclass(frozen=True)
class Source:
    origin: str
    name: str
    version: str
    licence: str
    sha256: str


def sources_text(sources: Sequence[Source]) -> str:
    ordered = sorted(sources, key=lambda source: (source.name.lstrip("@").lower(), source.origin))
    counts = Counter(family_of(source.licence) for source in sources)
    return HEAD.format(
        count=len(sources),
        licences="\n".join(f"| {name} | {count:,} |" for name, count in _by_count(counts)),
        rows="\n".join(_row(source) for source in ordered),
    )


def licence_counts(file: Path) -> list[tuple[str, int]]:
    """The first table of `SOURCES.md`, most packages first; empty when there is no such file."""
    text = file.read_text() if file.exists() else ""
    return [(row["licence"], int(row["count"].replace(",", ""))) for row in COUNT_ROW.finditer(text)]


def family_of(licence: str) -> str:
    """The licence's family, as people count them: `GPL-2+` and `GPL-3.0-or-later` are GPL; of several, the first."""
    name = re.split(r",| and | or | AND | OR |/|\(|\s+with\s", licence.strip().strip("("))[0].strip()
    for family in ("AGPL", "LGPL", "GPL", "Apache", "BSD", "MPL", "EPL", "Artistic", "CDDL", "PSF", "Python", "zlib"):
        if name.lower().startswith(family.lower()):
            return {"Python": "PSF"}.get(family, family)
    return "MIT" if name.lower() in ("mit", "expat", "x11") else name or "unknown"


def _by_count(counts: Counter[str]) -> Iterable[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _row(source: Source) -> str:
    licence = source.licence.replace("|", "/")
    cells = (source.name, source.version, ORIGIN_NAMES[source.origin], licence, source.sha256[:12])
    return f"| {' | '.join(cells)} |"
