"""A small file that is replaced as a whole and survives a power cut."""

from __future__ import annotations

import os
from pathlib import Path


def replace(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Put this content in the file's place; when it returns, it is on disk (POSIX rename, fsync of both)."""
    beside = path.with_name(path.name + ".new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read(path: Path) -> bytes | None:
    """What the file holds; None when there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
