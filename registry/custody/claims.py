"""Giving claims of reviewers back to the queue, or to a colleague, in the caller's transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import By, Step
from registry.identity.tenants.views import Member
from registry.intake import steps
from registry.intake.models import Submission
from registry.intake.rules import Action, State
from registry.review.models import Claim

SUBJECT = "custody"
"""The audit trail's word for things that change hands: reviewers and receipts do not read these lines."""


def release(session: Session, which: ColumnElement[bool], by: By, now: datetime) -> int:
    """Put every report under these claims back into the queue; returns how many."""
    found = _held(session, which)
    for row, claim in found:
        if row.state == State.IN_REVIEW.value:
            steps.move(session, row, Action.RELEASE, by, now)
        else:
            audit.append(session, Step(SUBJECT, row.id, "release-claim", claim.reviewer_id), by, now)
        session.delete(claim)
    session.flush()
    return len(found)


def hand_on(session: Session, which: ColumnElement[bool], to: Member, by: By, now: datetime) -> int:
    """Let a colleague go on with the reports under these claims; returns how many."""
    found = _held(session, which)
    for _, claim in found:
        step = Step(SUBJECT, claim.submission_id, "hand-over-claim", claim.reviewer_id, to.id)
        claim.reviewer_id, claim.reviewer_name = to.id, to.name
        audit.append(session, step, by, now)
    return len(found)


def _held(session: Session, which: ColumnElement[bool]) -> list[tuple[Submission, Claim]]:
    """The claims with their reports, which nobody else can decide or claim until the unit ends."""
    found = []
    for key in sorted(session.scalars(select(Claim.submission_id).where(which))):
        row = steps.locked(session, key)
        claim = session.scalar(select(Claim).where(Claim.submission_id == key, which))
        if claim is not None:  # decided, or taken over, before the report was locked
            found.append((row, claim))
    return found
