"""The reader of logs made of Go's own packages: built once, exactly as its go.sum says."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent / "ledger"


def go_program() -> str | None:
    """Path of Go, when it is here."""
    return shutil.which("go")


def build(go: str, folder: Path) -> Path:
    """Build the reader into a folder; gives its path."""
    target = folder / "ledger-reader"
    command = [go, "build", "-trimpath", "-mod=readonly", "-o", str(target), "."]
    built = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=280, check=False)
    assert built.returncode == 0, built.stderr
    return target
