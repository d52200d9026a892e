"""One writer at a time, over all processes of a machine. Not for network file systems."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from search.errors import IndexBusy, IndexDamaged

PATIENCE = 10.0
"""Seconds to wait for another writer."""
_PAUSE = 0.05
FILE = "LOCK"


@contextmanager
def writing(directory: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the write lock. Raises ``IndexBusy``; the lock of a killed process is free at once."""
    try:
        handle = os.open(directory / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise IndexDamaged("there is no index folder") from error
    try:
        _acquire(handle, monotonic() + patience)
        yield
    finally:
        os.close(handle)


def _acquire(handle: int, end: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if monotonic() > end:
                raise IndexBusy from error
            sleep(_PAUSE)
        else:
            return
