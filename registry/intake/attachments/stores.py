"""Where sealed files lie: by the SHA-256 of their bytes, in a folder of the node or in a bucket.

What is stored is sealed already, with the key of its report. The address says nothing of what is in it,
and what comes back from an address is checked against it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from registry.errors import Unavailable

STORED_MAX: Final = 11_000_000
"""Bytes of a stored file: the largest one, and what its seal adds."""
RETRY_AFTER: Final = 30
"""Seconds after which to try again when a store does not answer."""
_ADDRESS = re.compile(r"[0-9a-f]{64}")
_LEVELLED: Final = (0, 0)
"""Time of change of files and folders: when a file was stored could tell whose it is."""
_UNFINISHED: Final = ".part-"


class Damaged(Unavailable):
    """What lies at an address is not what was stored there."""


class Store(Protocol):
    """Keeps bytes under their own hash."""

    def put(self, data: bytes) -> str:
        """Keep the bytes for good and return their address; raises ``Unavailable`` if they may be lost."""

    def get(self, address: str) -> bytes | None:
        """The bytes, or None where there are none; raises ``Unavailable``, and ``Damaged``."""

    def delete(self, address: str) -> None:
        """Remove the bytes, if they are there; raises ``Unavailable``."""

    def addresses(self) -> Iterator[str]:
        """Every address at which something lies, in no order; raises ``Unavailable``."""

    def tidy(self, before: datetime) -> int:
        """Remove what a crash left half written before this time; returns how many."""


def address_of(data: bytes) -> str:
    """The address of bytes: their SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def is_address(name: str) -> bool:
    """Whether this is an address at all."""
    return _ADDRESS.fullmatch(name) is not None


def checked(address: str, data: bytes) -> bytes:
    """The bytes, if they are those of the address; raises ``Damaged``."""
    if address_of(data) != address:
        raise Damaged(retry_after=RETRY_AFTER)
    return data


class FolderStore:
    """A folder of the node, which only the node may open."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, data: bytes) -> str:
        """Write beside, sync, rename, sync the folder: after this a power cut loses nothing."""
        address = address_of(data)
        with _answering():
            self._make(self._folder)
            shelf = self._shelf(address)
            self._make(shelf)
            handle, unfinished = tempfile.mkstemp(prefix=_UNFINISHED, dir=shelf)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                    file.flush()
                    os.utime(file.fileno(), _LEVELLED)
                    os.fsync(file.fileno())
                Path(unfinished).rename(shelf / address)
            finally:
                Path(unfinished).unlink(missing_ok=True)  # there only if it was not renamed
            self._settle(shelf)
        return address

    def get(self, address: str) -> bytes | None:
        """The bytes at the address."""
        if not is_address(address):
            return None
        with _answering():
            try:
                with (self._shelf(address) / address).open("rb") as file:
                    data = file.read(STORED_MAX + 1)
            except FileNotFoundError:
                return None
        return checked(address, data)

    def delete(self, address: str) -> None:
        """Remove the file; what it held can be read by nobody anyway once its key is gone."""
        if not is_address(address):
            return
        with _answering(), contextlib.suppress(FileNotFoundError):
            (self._shelf(address) / address).unlink()
            self._settle(self._shelf(address))

    def addresses(self) -> Iterator[str]:
        """The names of all files."""
        with _answering():
            for file in self._folder.glob("??/*"):
                if is_address(file.name):
                    yield file.name

    def tidy(self, before: datetime) -> int:
        """Remove what a crash left half written before this time; returns how many."""
        with _answering():
            left = [
                file
                for file in self._folder.glob(f"??/{_UNFINISHED}*")
                if file.stat().st_ctime < before.timestamp()
            ]
            for file in left:
                file.unlink(missing_ok=True)
        return len(left)

    def _shelf(self, address: str) -> Path:
        return self._folder / address[:2]

    def _make(self, folder: Path) -> None:
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _sync(folder.parent)

    def _settle(self, shelf: Path) -> None:
        os.utime(shelf, _LEVELLED)
        os.utime(self._folder, _LEVELLED)
        _sync(shelf)


@contextlib.contextmanager
def _answering() -> Iterator[None]:
    """Turns a disk that is full or broken into ``Unavailable``."""
    try:
        yield
    except OSError as error:
        raise Unavailable(retry_after=RETRY_AFTER) from error


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
