"""Blind review: who told a report is not shown, until a reviewer asks with a reason that stays on record."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from registry import audit
from registry.audit import Step
from registry.identity.rules import Actor
from registry.identity.starting import by
from registry.intake import steps
from registry.intake.identities import naming
from registry.intake.models import Submission
from registry.review.independence.models import Unmasking
from registry.review.views import TellerView

ACTION = "unmask"
"""The audit trail's word for it."""


def teller(session: Session, actor: Actor, row: Submission, *, blind: bool) -> TellerView:
    """Who told a report, as this reviewer may know now: a description at most, and never a name."""
    words = naming.for_reviewers(session, row)
    masked = blind and bool(words) and session.get(Unmasking, (row.id, actor.id)) is None
    return TellerView("" if masked else words, masked=masked)


def unmask(session: Session, row: Submission, actor: Actor, reason_code: str, now: datetime) -> None:
    """Show this reviewer who told it, the organization reads in its trail why somebody asked."""
    if session.get(Unmasking, (row.id, actor.id)) is not None:
        return
    session.add(Unmasking(submission_id=row.id, reviewer_id=actor.id, reason_code=reason_code, at=now))
    row.lock += 1
    step = Step(steps.SUBJECT, row.id, ACTION, row.state, row.state, reason_code)
    audit.append(session, step, by(actor), now)
