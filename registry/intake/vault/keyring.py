"""Where master keys come from: a file that ``commons init`` makes, or a setting of the operator.

The file lies outside the database, so that a copy of the database alone reveals no text. Every process
looks at its time stamp before it wraps a key, and reads it again when it meets a key that it does not
know: a rotation needs no restart.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from registry.intake.vault import keyfile
from registry.intake.vault.errors import KeyMissing
from registry.intake.vault.master import MasterKey, Ring, given, key_of

_Stamp = tuple[int, int, int]


class Keyring(Protocol):
    """Master keys to wrap with and to unwrap with."""

    def current(self) -> MasterKey:
        """The key that wraps new data keys."""

    def key(self, key_id: str) -> MasterKey:
        """A key by its id; raises ``KeyMissing``."""


class GivenKeyring:
    """Master keys that the operator brings from outside, as a setting."""

    def __init__(self, text: str) -> None:
        self._ring = given(text)

    def current(self) -> MasterKey:
        """The first one of the setting."""
        return self._ring.keys[self._ring.current]

    def key(self, key_id: str) -> MasterKey:
        """A key by its id; raises ``KeyMissing``."""
        try:
            return self._ring.keys[key_id]
        except KeyError as error:
            raise KeyMissing from error


class FileKeyring:
    """Master keys in a file; raises ``SettingError`` when there is none or it cannot be read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp, self._ring = _load(path)
        self._before: Mapping[str, MasterKey] = {}

    def current(self) -> MasterKey:
        """The key that the file calls current now."""
        if _stamp(self._path) != self._stamp:
            self._reload()
        return self._ring.keys[self._ring.current]

    def key(self, key_id: str) -> MasterKey:
        """A key by its id; raises ``KeyMissing`` when the file does not hold it now, nor held it last."""
        if key_id not in self._ring.keys and key_id not in self._before:
            self._reload()
        found = self._ring.keys.get(key_id) or self._before.get(key_id)
        if found is None:
            raise KeyMissing
        return found

    def _reload(self) -> None:
        stamp, ring = _load(self._path)
        if ring.keys.keys() != self._ring.keys.keys():
            # What was in the file before is kept: a reader may still hold a row from before a rotation.
            self._before = self._ring.keys
        self._stamp, self._ring = stamp, ring


def open_keyring(path: Path, setting: str) -> Keyring:
    """The keyring of a node: of the setting where there is one, else of the file."""
    return GivenKeyring(setting) if setting else FileKeyring(path)


def _load(path: Path) -> tuple[_Stamp | None, Ring]:
    stamp = _stamp(path)  # before reading: a file that changes meanwhile is read again
    held = keyfile.read(path)
    keys = {key_id: key_of("keyring_file", key_id, secret) for key_id, secret in held.keys.items()}
    return stamp, Ring(held.current, keys)


def _stamp(path: Path) -> _Stamp | None:
    try:
        seen = path.stat()
    except OSError:
        return None
    return seen.st_ino, seen.st_mtime_ns, seen.st_size
