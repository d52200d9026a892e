"""Whether a claim counts here, and when its change is told to programs that keep copies. Pure.

What stands on the pages is asked anew each time. Whoever keeps a copy has to be told of each change, in an
order; a format that cannot undo ``revoked`` needs another id when a claim counts again (its *epoch*).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from registry.record.ids import fixed_uuid
from registry.record.types import RecordState

THE_NODE: Final = -1
"""The position at which a node itself is told, before the first of its claims; no entry has it."""


class Stand(StrEnum):
    """What a claim is here."""

    STANDS = "stands"  # it counts: both records are shown here, and its node is heard
    WITHDRAWN = "withdrawn"  # its node took it back
    RESTS = "rests"  # one of its records is retracted
    GONE = "gone"  # nothing of it is given out (any more)


@dataclass(frozen=True, slots=True)
class Version:
    """A claim as it was told last: what it was, and in which epochs its two records were."""

    stand: Stand
    epochs: tuple[int, int] = (0, 0)
    epoch: int = 0
    edition: int = 1


def stand(*, heard: bool, proved: bool, withdrawn: bool, states: Iterable[str | None]) -> Stand:
    """What a claim is, by whether its node is heard here and the entry that it names is known.

    ``states`` are those of its two records, None of one that is not here.
    """
    found = set(states)
    if not heard or not proved or found & {None, RecordState.ERASED.value}:
        return Stand.GONE
    if withdrawn:
        return Stand.WITHDRAWN
    return Stand.RESTS if RecordState.RETRACTED.value in found else Stand.STANDS


def after(told: Version | None, now: Stand, epochs: tuple[int, int]) -> Version | None:
    """The version that has to be told next; None where there is nothing new."""
    if told is None:
        return None if now is Stand.GONE else Version(now, epochs)
    if now is Stand.GONE:
        epochs = told.epochs
    if (told.stand, told.epochs) == (now, epochs):
        return None
    return Version(now, epochs, told.epoch + (now is Stand.STANDS), told.edition + 1)


def claim_uuid(origin: str, position: int, epoch: int) -> str:
    """By which other formats know a claim: by its entry, the same wherever it is read."""
    return fixed_uuid(f"claim/{origin}/{position}/{epoch}")
