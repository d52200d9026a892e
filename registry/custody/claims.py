"""Giving claims of reviewers back to the queue, or to a colleague, in the caller's transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import By, Step
from registry.identity.tenants.views import Member
from registry.intake import steps
from registry.intake.rules import Action, State
from registry.review.models import Claim

SUBJECT = "custody"
"""The audit trail's word for things that change hands: reviewers and receipts do not read these lines."""


def release(session: Session, which: ColumnElement[bool], by: By, now: datetime) -> int:
    """Put every report under these claims back into the queue; returns how many."""
    found = list(session.scalars(select(Claim).where(which).order_by(Claim.submission_id)))
    for claim in found:
        row = steps.locked(session, claim.submission_id)
        if row.state == State.IN_REVIEW.value:
            steps.move(session, row, Action.RELEASE, by, now)
        session.delete(claim)
    return len(found)


def hand_on(session: Session, which: ColumnElement[bool], to: Member, by: By, now: datetime) -> int:
    """Let a colleague go on with the reports under these claims; returns how many."""
    found = list(session.scalars(select(Claim).where(which).order_by(Claim.submission_id)))
    for claim in found:
        step = Step(SUBJECT, claim.submission_id, "hand-over-claim", claim.reviewer_id, to.id)
        claim.reviewer_id, claim.reviewer_name = to.id, to.name
        audit.append(session, step, by, now)
    return len(found)
