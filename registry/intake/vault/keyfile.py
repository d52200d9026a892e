"""The file of master keys: made once, only ever replaced whole, never without a key that is in use.

A new key is in the file before any data key is wrapped by it, and the database knows it before it
becomes current: it stands as ``next`` in between. So a rotation may be killed anywhere.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import secrets
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from registry.errors import SettingError
from registry.intake.vault.boxes import KEY_BYTES

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Held:
    """What the file says: every key in base64 by its id, the current one, the one that is becoming so."""

    current: str
    keys: Mapping[str, str] = field(repr=False)
    next: str | None = None

    def with_next(self) -> Held:
        """With a new random key that is not used yet."""
        key_id, secret = secrets.token_hex(8), base64.b64encode(os.urandom(KEY_BYTES)).decode("ascii")
        return replace(self, keys={**self.keys, key_id: secret}, next=key_id)

    def advanced(self) -> Held:
        """With the next key as the current one."""
        return self if self.next is None else replace(self, current=self.next, next=None)

    def only(self, key_ids: Collection[str]) -> Held:
        """Without any keys but these, the current and the next one."""
        kept = {*key_ids, self.current, self.next}
        return replace(self, keys={key_id: key for key_id, key in self.keys.items() if key_id in kept})


def make(path: Path) -> bool:
    """Make a file with one new key unless there is a file; whether it was made."""
    if path.exists():
        return False
    write(path, Held("", {}).with_next().advanced())
    return True


def read(path: Path) -> Held:
    """What the file holds; raises ``SettingError`` that says what to do, and repeats no key."""
    try:
        raw = json.loads(path.read_text("utf-8"))
        held = Held(str(raw["current"]), dict(raw["keys"]), raw.get("next"))
        known = raw["format"] == FORMAT and {held.current, held.next or held.current} <= set(held.keys)
    except OSError as error:
        reason = f"{path} cannot be read. Put the keyring back, or on a new node run: commons init"
        raise SettingError(name="keyring_file", reason=reason) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingError(name="keyring_file", reason=f"{path} is damaged. Put a copy back") from error
    if not known:
        raise SettingError(name="keyring_file", reason=f"{path} is of a form that this version cannot read")
    return held


def write(path: Path, held: Held) -> None:
    """Replace the file whole, on disk before this returns; readable by its owner only."""
    beside = path.with_name(path.name + ".new")
    raw = {"format": FORMAT, "current": held.current, "next": held.next, "keys": dict(held.keys)}
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump(raw, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Let nobody else change the file meanwhile; the lock ends with the process, however that ends."""
    handle = os.open(path.with_name(path.name + ".lock"), os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
