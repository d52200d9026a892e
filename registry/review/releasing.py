"""Holding accepted reports back for a random time.

The public sees the day on which a record appears. Were it always the day of its acceptance, whoever
knows when an organization had something to tell could pick its record out.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, not_, select
from sqlalchemy.orm import Session

from registry.intake.models import Submission
from registry.review.models import ReleaseRow


def draw(now: datetime, longest: timedelta) -> datetime:
    """A moment between now and ``longest`` later, to the second, each as likely as any other."""
    return now + timedelta(seconds=secrets.randbelow(int(longest.total_seconds()) + 1))


def hold(session: Session, submission_id: str, now: datetime, longest: timedelta) -> datetime:
    """Draw the moment for a report that was just accepted and keep it; returns it."""
    not_before = draw(now, longest)
    session.merge(ReleaseRow(submission_id=submission_id, not_before=not_before))
    return not_before


def released(now: datetime) -> ColumnElement[bool]:
    """The condition that is true of a report that is not held back any more."""
    held = select(ReleaseRow.submission_id).where(
        ReleaseRow.submission_id == Submission.id, ReleaseRow.not_before > now
    )
    return not_(exists(held.correlate(Submission)))
