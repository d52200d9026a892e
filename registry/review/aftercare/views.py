"""What the services of aftercare give back; nobody who flagged or proposed is named in any of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from registry.review.aftercare.looking import Looked
from registry.review.aftercare.rules import OPEN, ChangeState, Kind


@dataclass(frozen=True, slots=True)
class FlagView:
    """An open flag as reviewers read it; ``revision`` is that which was read by whoever flagged."""

    id: str
    reason: str
    text: str
    revision: int
    received_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change of a record. ``mine`` is true for its proposer, ``ours`` for their organization.

    ``may_decide`` is true for whoever may decide on it now; ``not_before`` is when the door does it.
    ``into`` is the record that a merge leads to.
    """

    id: str
    record_id: str
    kind: Kind
    reason: str
    note: str
    state: ChangeState
    lock: int
    revision: int
    proposed_at: datetime
    decided_at: datetime | None
    refusal: str | None
    not_before: datetime | None
    mine: bool
    ours: bool
    may_decide: bool
    into: str | None = None


@dataclass(frozen=True, slots=True)
class CareLine:
    """A public record in the list: how many open flags, the most urgent reason, and an open change.

    Of two open changes it is the erasure. ``record`` is None where it cannot be read any more.
    """

    record_id: str
    record: Looked | None
    flags: int
    urgent: bool
    due_at: datetime | None
    change: ChangeView | None


@dataclass(frozen=True, slots=True)
class CaredFor:
    """A record with its open flags and its changes, newest first."""

    record: Looked
    flags: tuple[FlagView, ...]
    changes: tuple[ChangeView, ...]

    @property
    def open_changes(self) -> tuple[ChangeView, ...]:
        """What waits for a decision or for the door: an erasure first, and one other change at most."""
        waiting = [one for one in self.changes if one.state in OPEN]
        return tuple(sorted(waiting, key=lambda one: one.kind is not Kind.ERASE))
