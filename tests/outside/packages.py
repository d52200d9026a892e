"""Packages of Node for outside programs: installed once, exactly as the lock file says."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent


def node_program() -> str | None:
    """Path of Node, when both it and npm are here."""
    return shutil.which("node") if shutil.which("npm") else None


def install() -> None:
    """Bring ``node_modules`` in line with the lock file, unless it is already."""
    installed = HERE / "node_modules" / ".package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= (HERE / "package-lock.json").stat().st_mtime:
        return
    subprocess.run(["npm", "ci", "--no-progress"], cwd=HERE, check=True, capture_output=True, timeout=240)
    installed.touch()
