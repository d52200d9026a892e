"""Moving a submission from state to state: one way for every stage, so that no step goes unrecorded.

Used by intake, review and the door inside their own units of work.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import By, Step
from registry.errors import NotFound, Stale
from registry.intake.models import Submission, SubmissionVersion
from registry.intake.rules import Action, State, after

SUBJECT = "submission"
"""The audit trail's word for what moves."""


def locked(session: Session, submission_id: str) -> Submission:
    """The row, kept from others until the unit ends; raises ``NotFound``."""
    row = session.scalar(select(Submission).where(Submission.id == submission_id).with_for_update())
    if row is None:
        raise NotFound
    return row


def newest(session: Session, row: Submission) -> SubmissionVersion:
    """The newest version of a submission; raises ``NotFound`` where the original was erased."""
    version = session.get(SubmissionVersion, (row.id, row.version))
    if version is None:
        raise NotFound
    return version


def fresh(row: Submission, expected: int | None) -> None:
    """Raises ``Stale`` unless the caller has seen the row as it is now; None skips the question."""
    if expected is not None and row.lock != expected:
        raise Stale


def move(
    session: Session, row: Submission, action: Action, by: By, at: datetime, reason: str | None = None
) -> None:
    """Take a step of the transition table and append it to the trail; raises ``Conflict``."""
    old = State(row.state)
    new = after(action, old)
    row.state = new.value
    row.lock += 1
    row.updated_at = row.state_at = at
    audit.append(session, Step(SUBJECT, row.id, action.value, old.value, new.value, reason), by, at)
