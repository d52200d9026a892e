"""How many entries a peer may have this node take in a day (UTC). Pure.

A node that signs without end, by mistake or to fill other people's disks, is read on the next day. What is
not read yet is not lost: its log is read in order, so erasures behind a flood wait as well, and a person who
sees that raises the bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from registry.errors import N_, Invalid, Problem

RATE: Final = "rate"
"""Why a pull paused: the peer had this node take as many entries today as it may."""
RATE_MAX: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Used:
    """What was taken of a peer on the last day on which anything was, and how much was left behind then."""

    day: date | None = None
    taken: int = 0
    left: int = 0

    def on(self, today: date) -> int:
        """Entries taken today. A day that is not over counts, also where this node's clock went back."""
        return self.taken if self.day is not None and self.day >= today else 0

    def and_(self, entries: int, today: date) -> Used:
        """After so many more."""
        return Used(max(today, self.day or today), self.on(today) + entries, 0)


def left(max_rate: int | None, used: Used, today: date) -> int | None:
    """How many entries may still be taken today; None for any number."""
    return None if max_rate is None else max(0, max_rate - used.on(today))


def checked(max_rate: int) -> int | None:
    """A bound as somebody wrote it: 0 is none; raises ``Invalid`` beyond what is one."""
    if not 0 <= max_rate <= RATE_MAX:
        message = N_("Write a number of entries a day up to %(limit)s, or 0 for any number.")
        raise Invalid([Problem("/max_rate", message, {"limit": RATE_MAX})])
    return max_rate or None
