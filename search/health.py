"""Is the index on disk what its manifest says it is?"""

from __future__ import annotations

from pathlib import Path

from search import manifest as manifests
from search.errors import IndexDamaged
from search.manifest import Manifest

_Looks = tuple[int, int, int]


class Watch:
    """Checks an index again and again, reading again only the files that look different from last time."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._good: dict[Path, _Looks] = {}

    def check(self) -> Manifest:
        """The manifest in force, every file that it names found in order; raises ``IndexDamaged``."""
        manifest = manifests.read(self._directory)
        good = {}
        for name in manifest.files:
            path = self._directory / manifest.folder / name
            looks = _looks(path)
            if self._good.get(path) != looks:
                manifests.load(self._directory, manifest, name)
            good[path] = looks
        self._good = good
        return manifest


def faults(directory: Path) -> list[str]:
    """Everything that is wrong with the files of an index, for an operator; empty when all is well."""
    try:
        manifest = manifests.read(directory)
    except IndexDamaged as fault:
        return [str(fault.facts["reason"])]
    found = []
    for name in manifest.files:
        try:
            manifests.load(directory, manifest, name)
        except IndexDamaged as fault:
            found.append(str(fault.facts["reason"]))
    return found


def _looks(path: Path) -> _Looks:
    try:
        status = path.stat()
    except OSError as error:
        raise IndexDamaged(f"{path.name}: {error.strerror}") from error
    return status.st_mtime_ns, status.st_ino, status.st_size
