"""Where master keys come from: a file that ``commons init`` makes, or a setting of the operator.

The file lies outside the database, so that a copy of the database alone reveals no text. It is only
ever replaced whole. Every process looks at its time stamp before it wraps a key, and reads it again
when it meets a key that it does not know: a rotation needs no restart.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from registry.errors import SettingError
from registry.intake.vault.errors import KeyMissing
from registry.intake.vault.master import MasterKey, Ring, given, key_of, new_secret

FORMAT = 1
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
        # What was in the file before is kept: a reader may still hold a row from before a rotation.
        before = self._ring.keys
        self._stamp, self._ring = _load(self._path)
        self._before = before


def open_keyring(path: Path, setting: str) -> Keyring:
    """The keyring of a node: of the setting where there is one, else of the file."""
    return GivenKeyring(setting) if setting else FileKeyring(path)


def make_keyring(path: Path) -> bool:
    """Make a file with one new key unless there is a file; whether it was made."""
    if path.exists():
        return False
    key_id, secret = new_secret()
    write_file(path, key_id, {key_id: secret})
    return True


def read_file(path: Path) -> tuple[str, dict[str, str]]:
    """Id of the current key, and every key in base64 by its id; raises ``SettingError``."""
    try:
        held = json.loads(path.read_text("utf-8"))
        current, keys = held["current"], dict(held["keys"])
        known = held["format"] == FORMAT and current in keys
    except OSError as error:
        reason = f"{path} cannot be read. Put the keyring back, or on a new node run: commons init"
        raise SettingError(name="keyring_file", reason=reason) from error
    except (ValueError, KeyError, TypeError) as error:
        raise SettingError(name="keyring_file", reason=f"{path} is damaged. Put a copy back") from error
    if not known:
        raise SettingError(name="keyring_file", reason=f"{path} is of a form that this version cannot read")
    return current, keys


def write_file(path: Path, current: str, keys: Mapping[str, str]) -> None:
    """Replace the file whole, on disk before this returns; readable by its owner only."""
    beside = path.with_name(path.name + ".new")
    held = json.dumps({"format": FORMAT, "current": current, "keys": dict(keys)}, indent=1)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(held)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _load(path: Path) -> tuple[_Stamp | None, Ring]:
    stamp = _stamp(path)  # before reading: a file that changes meanwhile is read again
    current, keys = read_file(path)
    return stamp, Ring(current, {key_id: key_of("keyring_file", key_id, keys[key_id]) for key_id in keys})


def _stamp(path: Path) -> _Stamp | None:
    try:
        seen = path.stat()
    except OSError:
        return None
    return seen.st_ino, seen.st_mtime_ns, seen.st_size
