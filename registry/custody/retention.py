"""Originals go by themselves when their time is over; organizations are told before a draft does.

Each report is one unit of work that looks again under lock: a run may be killed anywhere and the next
one goes on, and what has just received new content stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import REGISTRY, Step
from registry.clock import Clock
from registry.custody.letters import LAPSING
from registry.custody.receipts import Checking
from registry.custody.shredding import ACTION, shred
from registry.db.private import PrivateDatabase
from registry.intake import steps
from registry.intake.models import Submission
from registry.intake.readers import readers
from registry.intake.rules import Action, State
from registry.intake.vault.rules import UNSENT, Facts, Keeping, Why, lapses, notice_due
from registry.outbox import enqueue

PAGE = 100
"""Reports looked at at a time."""
NOTICE = "notice-of-erasure"
"""The audit trail's word for telling an organization that a draft will go."""


@dataclass(frozen=True, slots=True)
class Swept:
    """How many originals a run deleted, and of how many drafts it told."""

    shredded: int
    noticed: int


class Retention:
    """Keeps originals for as long as the settings say."""

    def __init__(self, private: PrivateDatabase, clock: Clock, checking: Checking, keeping: Keeping) -> None:
        self._private, self._clock = private, clock
        self._checking, self._keeping = checking, keeping

    def run(self) -> Swept:
        """Do all that is due now."""
        done = Counter(self._one(key) for key in self._candidates())
        self._private.settle()  # also after a run that was killed before it came to this
        return Swept(shredded=done[ACTION], noticed=done[NOTICE])

    def _one(self, key: str) -> str | None:
        """What was done about this report, seen under lock."""
        now = self._clock()
        with self._private.work() as session:
            row = session.scalar(select(Submission).where(Submission.id == key).with_for_update())
            due = None if row is None else self._due(row, now)
            if row is not None and due == ACTION:
                self._shred(session, row, now)
            elif row is not None and due == NOTICE:
                _tell(session, row, now)
        return due

    def _due(self, row: Submission, now: datetime) -> str | None:
        """What has to be done about a report by now."""
        facts = Facts(State(row.state), row.updated_at, row.noticed_at)
        if row.erased_at is not None:
            return None
        if _is_over(lapses(self._keeping, facts), now):
            return ACTION
        return NOTICE if _is_over(notice_due(self._keeping, facts), now) else None

    def _shred(self, session: Session, row: Submission, now: datetime) -> None:
        why = Why.TIME
        if State(row.state) in UNSENT:
            why = Why.FORGOTTEN
            steps.move(session, row, Action.WITHDRAW, REGISTRY, now)
        shred(session, row, why, REGISTRY, now, self._checking)

    def _candidates(self) -> Iterator[str]:
        last, now = "", self._clock()
        query = select(Submission).where(Submission.erased_at.is_(None), self._old(now))
        while True:
            with self._private.read() as session:
                page = list(
                    session.scalars(query.where(Submission.id > last).order_by(Submission.id).limit(PAGE))
                )
            yield from (row.id for row in page if self._due(row, now))
            if len(page) < PAGE:
                return
            last = page[-1].id

    def _old(self, now: datetime) -> ColumnElement[bool]:
        """What may be due; whether it is, ``rules`` say for each."""
        kept = {state: days for state in State if (days := self._keeping.days(state)) is not None}
        kept |= dict.fromkeys(UNSENT, max(0, self._keeping.drafts - self._keeping.notice))
        return or_(
            *(
                and_(Submission.state == state.value, Submission.updated_at <= now - timedelta(days=days))
                for state, days in kept.items()
            )
        )


def _tell(session: Session, row: Submission, now: datetime) -> None:
    row.noticed_at = now
    audit.append(session, Step(steps.SUBJECT, row.id, NOTICE, row.state, row.state), REGISTRY, now)
    for person_id in readers(session, row):
        enqueue(session, LAPSING, {"submission_id": row.id, "person_id": person_id}, now)


def _is_over(end: datetime | None, now: datetime) -> bool:
    return end is not None and end <= now
