"""Tarballs of npm packages, by `npm pack` under the machine's own npm configuration. Installs and runs nothing."""

import subprocess
from pathlib import Path


def download(package: str, folder: Path) -> Path | None:
    """The package's tarball (`name` or `name@version`) in `folder`; None when it cannot be had."""
    name = package if package.rfind("@") <= 0 else package[: package.rfind("@")]
    target = folder / f"{name.lstrip('@').replace('/', '__')}.tgz"
    if target.exists():
        return target
    command = ["npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", str(folder), package]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    packed = folder / (answer.stdout.strip().splitlines() or [""])[-1]
    if answer.returncode != 0 or not packed.is_file():
        return None
    packed.rename(target)
    return target
