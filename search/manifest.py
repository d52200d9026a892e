"""The seal of the index: one small file that says which files make it up, and what they hold.

The index folder holds ``MANIFEST`` and one folder per build. A commit counts once the manifest names
it: readers take exactly the files it lists and check length and CRC-32 of each, so a torn write, a
flipped byte or a lost file is found when the index is opened. The manifest is replaced by rename,
after everything it names has reached the disk (Whoosh itself never syncs).
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from search.errors import IndexDamaged
from search.schema import LAYOUT

FILE = "MANIFEST"
EPOCH = 315_532_800_000_000_000
"""The time of every file here: 1980-01-01, in nanoseconds, which archives and file systems can hold."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """``folder`` of the build, Whoosh's ``generation`` in it, the last change indexed, records, files.

    ``files`` maps a name to its length and CRC-32.
    """

    folder: str
    generation: int
    position: int
    documents: int
    taxonomy: str
    files: Mapping[str, tuple[int, int]]
    layout: int = LAYOUT


def read(directory: Path) -> Manifest:
    """The manifest in force; raises ``IndexDamaged`` when there is none, or it is broken or outdated."""
    try:
        raw = json.loads((directory / FILE).read_bytes())
        check = raw.pop("check")
        files = {name: (int(size), int(crc)) for name, (size, crc) in raw.pop("files").items()}
        manifest = Manifest(**raw, files=files)
    except FileNotFoundError as error:
        raise IndexDamaged("there is no index") from error
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise IndexDamaged(f"{FILE} cannot be read") from error
    if check != _check(manifest):
        raise IndexDamaged(f"{FILE} was changed")
    if manifest.layout != LAYOUT:
        raise IndexDamaged(f"layout {manifest.layout}, should be {LAYOUT}")
    return manifest


def seal(directory: Path, manifest: Manifest) -> None:
    """Put a manifest in force in one step; the files it names were settled before."""
    _sync(directory / manifest.folder)
    waiting = directory / f"{FILE}.new"
    waiting.write_text(json.dumps({**asdict(manifest), "check": _check(manifest)}), encoding="utf-8")
    _sync(waiting)
    flatten(waiting, _check(manifest))
    waiting.replace(directory / FILE)
    _sync(directory)


def settle(
    folder: Path, names: list[str], known: Mapping[str, tuple[int, int]]
) -> dict[str, tuple[int, int]]:
    """Bring files to the disk; gives length and CRC-32 of each.

    Files already ``known`` are left alone: Whoosh never changes a file.
    """
    settled = {}
    for name in names:
        if name not in known:
            _sync(folder / name)
            flatten(folder / name)
        settled[name] = known.get(name) or _measured((folder / name).read_bytes())
    return settled


def load(directory: Path, manifest: Manifest, name: str) -> bytes:
    """The content of one file, checked; raises ``IndexDamaged``."""
    try:
        content = (directory / manifest.folder / name).read_bytes()
    except OSError as error:
        raise IndexDamaged(f"{name}: {error.strerror}") from error
    if _measured(content) != manifest.files[name]:
        raise IndexDamaged(f"{name} is damaged")
    return content


def flatten(path: Path, mark: int = 0) -> None:
    """Let a file not tell when it was written: a copy of the index would say when a batch went out.

    ``mark`` tells manifests apart, as readers do by their time; it comes from their content.
    """
    os.utime(path, ns=(EPOCH + mark, EPOCH + mark))


def _measured(content: bytes) -> tuple[int, int]:
    return len(content), zlib.crc32(content)


def _check(manifest: Manifest) -> int:
    return zlib.crc32(json.dumps(asdict(manifest), sort_keys=True).encode())


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
