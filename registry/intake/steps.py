"""Moving a submission from state to state: one way for every stage, so that no step goes unrecorded.

Used by intake, review and the door inside their own units of work.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import By, Step
from registry.errors import NotFound, Stale
from registry.intake.models import Submission, SubmissionVersion
from registry.intake.rules import ON_PUBLIC, Action, State, after
from registry.intake.vault.originals import sealed_title
from registry.intake.waiting import lines

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


def next_number(session: Session, row: Submission) -> int:
    """The number of the next version: that of one that was given up is never used again."""
    if row.published_version is None:
        return row.version + 1
    numbers = select(func.max(SubmissionVersion.number)).where(SubmissionVersion.submission_id == row.id)
    return (session.scalar(numbers) or row.version) + 1


def fresh(row: Submission, expected: int | None) -> None:
    """Raises ``Stale`` unless the caller has seen the row as it is now; None skips the question."""
    if expected is not None and row.lock != expected:
        raise Stale


def move(
    session: Session, row: Submission, action: Action, by: By, at: datetime, reason: str | None = None
) -> None:
    """Take a step of the transition table and append it to the trail; raises ``Conflict``.

    What would end a report ends its revision, where the report is public (``ON_PUBLIC``): then its newest
    version is the published one again.
    """
    old = State(row.state)
    if row.record_id is not None:
        action = ON_PUBLIC.get(action, action)
    new = after(action, old)
    if action in ON_PUBLIC.values():
        stand_at(session, row, row.published_version or row.version)
    row.state = new.value
    row.lock += 1
    row.updated_at = row.state_at = at
    audit.append(session, Step(SUBJECT, row.id, action.value, old.value, new.value, reason), by, at)


def stand_at(session: Session, row: Submission, number: int) -> None:
    """Let a version that was written be the newest again, with its title and its codes.

    Raises ``NotFound`` where there is no such version.
    """
    row.version = number
    version = newest(session, row)
    if row.erased_at is None and not version.gone:
        account = version.account
        row.sealed_title = sealed_title(session, row.id, account.get("title", ""))
        lines.note(session, row, account)
