"""What can be wrong with the index."""

from __future__ import annotations

import pickle
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from registry.errors import N_, Conflict, Unavailable

BROKEN = (
    AssertionError, AttributeError, EOFError, ImportError, LookupError, OSError, OverflowError,
    RecursionError, TypeError, ValueError, pickle.UnpicklingError, struct.error, zlib.error,
)  # fmt: skip
"""What Whoosh and unpickling raise on damaged files: anything but an error of their own."""


class IndexDamaged(Unavailable):
    """The index is missing or does not agree with itself; it must be rebuilt. Fact ``reason``."""

    message = N_("Search is being repaired. The records themselves are safe; please try again in a minute.")

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason, retry_after=60)


class IndexBusy(Conflict):
    """Another process is writing to the index and did not finish in time."""

    message = N_("The search index is being written by another process. Try again in a moment.")


@contextmanager
def damage(where: str) -> Iterator[None]:
    """Turn whatever damaged files cause into ``IndexDamaged``."""
    try:
        yield
    except BROKEN as error:
        raise IndexDamaged(f"{where}: {type(error).__name__}: {error}") from error
