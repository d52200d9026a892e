"""Targets that were missed: marked once, in the trail, and told to whoever looks after the node."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, not_, select

from registry import audit
from registry.audit import REGISTRY, Step
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.rules import Actor, Permission, demand
from registry.intake import steps
from registry.intake.models import Submission
from registry.intake.rules import State
from registry.review.independence import standing
from registry.review.models import Claim
from registry.review.queue.picking import is_late

BATCH = 200
"""Reports marked in one unit of work."""
SHOWN_MAX = 100
"""Lines of the steward's list; the rest is counted."""
ACTION = "escalate"


@dataclass(frozen=True, slots=True)
class Late:
    """A late report as the steward sees it: never its title, nor whose it is."""

    id: str
    state: State
    severity: str | None
    language: str | None
    sent_at: datetime | None
    due_at: datetime
    held: bool


@dataclass(frozen=True, slots=True)
class LateList:
    """The longest missed first; ``total`` counts those beyond the list, too."""

    items: tuple[Late, ...]
    total: int


class MissedTargets:
    """Noticing that nobody decided in time."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private = private
        self._clock = clock

    def mark(self) -> int:
        """Mark what became late since the last time; returns how many. Twice does no more than once."""
        marked = 0
        while found := self._mark_some():
            marked += found
        return marked

    def listed(self, actor: Actor) -> LateList:
        """What is late now; for stewards, but for what names an organization that they have ties with.

        That is counted all the same: whoever answers for the node knows that something is late.
        """
        demand(actor, Permission.MANAGE_NODE)
        now = self._clock()
        held = and_(Claim.submission_id == Submission.id, Claim.until > now)
        query = (
            select(Submission, Claim.submission_id)
            .outerjoin(Claim, held)
            .where(is_late(now))
            .order_by(Submission.due_at, Submission.id)
            .limit(SHOWN_MAX)
        )
        with self._private.read() as session:
            query = query.where(not_(standing.names_own(session, actor)))
            total = session.scalar(select(func.count()).select_from(Submission).where(is_late(now))) or 0
            rows = session.execute(query).all()
            return LateList(tuple(_late(row, held=held_by is not None) for row, held_by in rows), total)

    def _mark_some(self) -> int:
        now = self._clock()
        query = (
            select(Submission)
            .where(is_late(now), Submission.missed_at.is_(None))
            .order_by(Submission.id)
            .limit(BATCH)
            .with_for_update()
        )
        with self._private.work() as session:
            rows = list(session.scalars(query))
            for row in rows:
                row.missed_at = now
                step = Step(
                    steps.SUBJECT, row.id, ACTION, row.state, row.state
                )  # no code: the trail outlives it
                audit.append(session, step, REGISTRY, now)
        return len(rows)


def _late(row: Submission, *, held: bool) -> Late:
    if row.due_at is None:
        raise ValueError(row.id)  # what is late has a target
    return Late(
        id=row.id,
        state=State(row.state),
        severity=row.coded_severity,
        language=row.coded_language,
        sent_at=row.submitted_at,
        due_at=row.due_at,
        held=held,
    )
