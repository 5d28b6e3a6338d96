"""A package of the sources file."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

ORIGINS = ("debian", "debian-binary", "npm")


@dataclass(frozen=True)
class Package:
    origin: str  # one of ORIGINS
    name: str

    @property
    def folder(self) -> str:
        return f"{self.origin}-{re.sub(r'[^A-Za-z0-9.+-]', '_', self.name)}"


def read_sources(path: Path) -> tuple[list[Package], list[str]]:
    """The packages and the names of what must not be among them."""
    table = tomllib.loads(path.read_text())
    named = [Package(origin, name) for origin in ORIGINS for names in table.get(origin, {}).values() for name in names]
    return list(dict.fromkeys(named)), table.get("exclude", [])
