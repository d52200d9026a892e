"""How many entries a peer may have this node take in a day (UTC). Pure.

A node that signs without end, by mistake or to fill other people's disks, is read on the next day. What is
not read yet is not lost: its log is read in order, so erasures behind a flood wait as well, and a person who
sees that raises the bound.

Where nobody set a bound for a peer, a usual one holds: a wide one for the first copy of its log, which a
person just asked for, and a narrower one from then on, when nobody looks any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from registry.errors import N_, Invalid, Problem

RATE: Final = "rate"
"""Why a pull paused: the peer had this node take as many entries today as it may."""
RATE_MAX: Final = 1_000_000_000
DAY_MAX: Final = 50_000
"""Entries of a peer in a day, unless somebody says otherwise: more than all collections of incidents together
hold today, and some 20 MB of entries."""
FIRST_MAX: Final = 2_000_000
"""The same until its log was read to the end once: a log that large is copied in a day."""
ANY: Final = 0
"""The bound of a peer of which any number is taken."""


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


def bound(max_rate: int | None, *, first: bool) -> int | None:
    """The bound in force, None for any number; ``first``: the log was not read to its end so far."""
    if max_rate is None:
        return FIRST_MAX if first else DAY_MAX
    return None if max_rate == ANY else max_rate


def left(most: int | None, used: Used, today: date) -> int | None:
    """How many entries may still be taken today; None for any number."""
    return None if most is None else max(0, most - used.on(today))


def checked(max_rate: int | None) -> int | None:
    """A bound as somebody wrote it: 0 is none, None the usual one; raises ``Invalid`` beyond what is one."""
    if max_rate is not None and not 0 <= max_rate <= RATE_MAX:
        message = N_("Write a number of entries a day up to %(limit)s, or 0 for any number.")
        raise Invalid([Problem("/max_rate", message, {"limit": RATE_MAX})])
    return max_rate
