"""How much of a peer's log is read at a time: less of one that is slow, or whose records are large. Pure.

A stretch is kept as a whole or not at all, so it must be small enough to be read in the time it is given.
However slowly a peer answers, it holds up the reading of others for no longer than that.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from registry.federation.verifying import STRETCH
from registry.ledger.tiles import WIDTH

SECONDS: Final = 120.0
"""For all answers of one stretch together."""
BYTES_MAX: Final = 64 * 1024 * 1024
"""Of payloads that one stretch holds in memory; one bundle alone never has more."""
_STEP: Final = 4


class Pace:
    """Entries of the next stretch of one peer."""

    def __init__(self) -> None:
        self.entries = STRETCH

    def slower(self) -> None:
        """A stretch was not read in its time."""
        self.entries = max(WIDTH, self.entries // _STEP)

    def faster(self) -> None:
        """A stretch was."""
        self.entries = min(STRETCH, self.entries * _STEP)


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no rubbish inside: a stretch is bounded, and looking costs a third of reading it."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
