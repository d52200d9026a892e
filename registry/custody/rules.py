"""Rules of custody: which work is still open, and what an erasure leaves standing and why. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from registry.errors import N_
from registry.intake.rules import State

UNFINISHED: Final = (
    State.DRAFT,
    State.REVISING,
    State.SUBMITTED,
    State.IN_REVIEW,
    State.CHANGES_REQUESTED,
    State.ACCEPTED,
    State.SCHEDULED,
    State.APPEALED,
)
"""States of reports that somebody of the organization still has to look after."""
MOVING: Final = (State.SCHEDULED,)
"""States of reports that are in the door; an erasure waits until they are through."""


@dataclass(frozen=True, slots=True)
class Stays:
    """Something that an erasure leaves: what, how many, and why."""

    what: str
    count: int
    why: str


RECORDS = N_("Published records")
WHY_RECORDS = N_(
    "They are public, and anybody may have copied them. They name your organization only where it chose "
    "so for a report. Each can be taken down by its own request to the node."
)
RECEIPTS = N_("Receipts of published reports")
WHY_RECEIPTS = N_(
    "Whoever holds a receipt code can still see that the report was published; its text is gone."
)
DECISIONS = N_("Decisions on reports of other organizations")
WHY_DECISIONS = N_("They belong to the history of those reports. They carry a random id and no name.")
TRAIL = N_("Lines of the audit trail")
WHY_TRAIL = N_("The trail shows that the node was run properly. It carries random ids and no name.")


def stays(records: int, decisions: int, trail: int) -> tuple[Stays, ...]:
    """What an erasure leaves, without what there is none of."""
    found = (
        Stays(RECORDS, records, WHY_RECORDS),
        Stays(RECEIPTS, records, WHY_RECEIPTS),
        Stays(DECISIONS, decisions, WHY_DECISIONS),
        Stays(TRAIL, trail, WHY_TRAIL),
    )
    return tuple(one for one in found if one.count)
