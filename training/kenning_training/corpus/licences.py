"""A package's licence, as the package itself states it: npm's manifest, Debian's copyright file. Fetches nothing."""

import gzip
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kenning_training.corpus.unpack import opened

UNKNOWN = "unknown"
PROSE = "see its copyright file"
MAX_NAMES = 6
MANIFEST = re.compile(r"^[^/]+/package\.json$")
COPYRIGHT = re.compile(r"^(\./)?([^/]+/)?debian/copyright$|^(\./)?usr/share/doc/[^/]+/copyright$")


@dataclass(frozen=True)
class Licence:
    """`name` as the package writes it, or `UNKNOWN`."""

    version: str
    name: str


def npm_licence(archive: Path) -> Licence:
    text = member_text(archive, MANIFEST)
    manifest = json.loads(text) if text else {}
    return Licence(str(manifest.get("version", "")), _npm_name(manifest))


def _npm_name(manifest: dict[str, Any]) -> str:
    """Today's string, or one of the two older forms."""
    found = manifest.get("license") or manifest.get("licenses") or UNKNOWN
    each = found if isinstance(found, list) else [found]
    return " OR ".join(str(one.get("type", UNKNOWN)) if isinstance(one, dict) else str(one) for one in each)


def debian_licence(copyright_text: str | None) -> str:
    """Of `Files: *` in the machine-readable form; else every licence it names; else a pointer to its prose."""
    if not copyright_text:
        return UNKNOWN
    paragraphs = re.split(r"\n\s*\n", copyright_text)
    main = [p for p in paragraphs if re.search(r"^Files:\s*(\./)?\*\s*$", p, re.MULTILINE)]
    for text in (*main, copyright_text):
        names = list(dict.fromkeys(re.findall(r"^Licen[sc]e:[ \t]*(\S[^\n]*?)\s*$", text, re.MULTILINE)))
        if names:
            return ", ".join(names[:MAX_NAMES]) + (", …" if len(names) > MAX_NAMES else "")
    common = sorted(set(re.findall(r"common-licenses/([A-Za-z]+[-\d.]*\d|[A-Za-z]+)", copyright_text)))
    return ", ".join(common) or PROSE


def debian_version(archive_name: str) -> str:
    """`name_1.2.orig.tar.xz`, `name_1.2-3_all.deb`: 1.2."""
    match = re.match(r"[^_]+_([^_]+?)(-[^-_]+)?(\.orig\.tar\.\w+|\.tar\.\w+|_\w+\.deb)$", archive_name)
    return match[1] if match else ""


def copyright_text(file: Path) -> str | None:
    """Debian's copyright file out of a packaging tarball, a native tarball, an old-style diff or a binary package."""
    if not file.name.endswith(".diff.gz"):
        return member_text(file, COPYRIGHT)
    diff = gzip.decompress(file.read_bytes()).decode(errors="replace")
    part = re.search(r"^\+\+\+ \S*debian/copyright\n@@[^\n]*\n((?:\+[^\n]*\n)+)", diff, re.MULTILINE)
    return re.sub(r"^\+", "", part[1], flags=re.MULTILINE) if part else None


def member_text(archive: Path, pattern: re.Pattern[str]) -> str | None:
    with opened(archive) as tar:
        for member in tar:
            if pattern.search(member.name) and member.isreg():
                source = tar.extractfile(member)
                return source.read().decode(errors="replace") if source else None
    return None
