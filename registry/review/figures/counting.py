"""Counting the trail for everybody: page by page, in its order, up to the beginning of a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any, Final

from sqlalchemy import func, or_, select

from registry.audit import AuditRow
from registry.db.private import PrivateDatabase
from registry.intake import steps
from registry.intake.labels import Label
from registry.intake.models import Submission
from registry.intake.rules import State
from registry.review.aftercare.models import ChangeRow
from registry.review.figures.rules import SINGLE, Moved, Tally, figures

PAGE: Final = 5_000
_WAITING: Final = (State.SUBMITTED.value, State.IN_REVIEW.value)


def counted(private: PrivateDatabase, day: date) -> dict[str, Any]:
    """The document of ``rules.figures`` as things were when this day (UTC) began; waiting is as of now."""
    tally = Tally()
    for step in _steps(private, datetime.combine(day, time(), UTC)):
        tally.take(step)
    with private.read() as session:
        told = Submission.tlp == Label.CLEAR.value
        waiting = session.scalar(select(func.count()).where(Submission.state.in_(_WAITING), told)) or 0
        appeals = select(func.count()).where(Submission.state == State.APPEALED.value, told)
        appealed = session.scalar(appeals) or 0
    return figures(tally, day, waiting, appealed)


def newest_hash(private: PrivateDatabase) -> str | None:
    """The hash of the newest row of the trail, or None where there is none."""
    with private.read() as session:
        return session.scalar(select(AuditRow.hash).order_by(AuditRow.id.desc()).limit(1))


def _steps(private: PrivateDatabase, until: datetime) -> Iterator[Moved]:
    """Steps of what is for everybody: that there is anything for partners shows in no figure."""
    columns = (AuditRow.id, AuditRow.at, AuditRow.subject_id, AuditRow.action)
    query = select(*columns, AuditRow.old, AuditRow.new, AuditRow.reason).where(
        or_(AuditRow.subject == steps.SUBJECT, AuditRow.action.in_(SINGLE)), AuditRow.at < until
    )
    for_partners = select(Submission.id).where(Submission.tlp != Label.CLEAR.value)
    their_records = select(Submission.record_id).where(
        Submission.tlp != Label.CLEAR.value, Submission.record_id.is_not(None)
    )
    changes = select(ChangeRow.id).where(ChangeRow.record_id.in_(their_records))
    query = query.where(AuditRow.subject_id.not_in(for_partners), AuditRow.subject_id.not_in(changes))
    last = 0
    while True:
        newer = query.where(AuditRow.id > last).order_by(AuditRow.id).limit(PAGE)
        with private.read() as session:
            rows = session.execute(newer).all()
        yield from (Moved(*row[1:]) for row in rows)
        if len(rows) < PAGE:
            return
        last = rows[-1].id
