"""Destroying an original: its key, its sealed bytes, everything that was made from its words.

All of it is one unit of work, so a crash leaves either all or nothing. What stays is the skeleton: the
state, the dates, how many versions there were, and the trail, which never carried a word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import By, Step
from registry.custody.models import ErasureRow
from registry.custody.receipts import Checking, ErasureReceipt
from registry.intake import steps
from registry.intake.attachments import rows as attachments
from registry.intake.following.models import Addition
from registry.intake.identities.models import ReportOffer
from registry.intake.models import Submission, SubmissionVersion
from registry.intake.personal.models import DetailChoice
from registry.intake.risk.models import ExactnessChoice
from registry.intake.rules import State
from registry.intake.vault.keys import keys_of
from registry.intake.vault.rules import Why
from registry.intake.waiting import lines
from registry.review.appealing.models import Appeal
from registry.review.asking.models import Question
from registry.review.coding.models import Coding
from registry.review.models import Claim, DecisionRow
from registry.review.noting.models import Remark
from registry.review.quorum.models import VoteRow

ACTION = "erase"
"""The audit trail's word for it."""
Part = Callable[[Session, str, datetime], int]
"""Destroys what one room holds of a submission, in the caller's unit of work; says how much there was."""


def shred(session: Session, row: Submission, why: Why, by: By, at: datetime, checking: Checking) -> None:
    """Destroy the original of a row that is locked; the caller has moved it to where it will stay."""
    destroyed = {kind: part(session, row.id, at) for kind, part in PARTS.items()}
    keys_of(session).destroy(session, row.id, at)
    session.execute(delete(Claim).where(Claim.submission_id == row.id))
    # Not counted: nobody outside review is told that there were any.
    session.execute(delete(Remark).where(Remark.submission_id == row.id))
    row.sealed_title, row.plain_title, row.erased_at = None, None, at
    lines.empty(row)
    row.lock += 1
    step = Step(steps.SUBJECT, row.id, ACTION, row.state, row.state, why.value)
    audit.append(session, step, by, at)
    told = {kind: count for kind, count in destroyed.items() if count}
    receipt = ErasureReceipt(row.id, State(row.state), row.record_id, why, told, at)
    # The newest receipt is kept: what was begun anew after an erasure may be destroyed once more.
    session.merge(_row(row, replace(receipt, check_value=checking.value(receipt))))


def receipt_of(row: ErasureRow) -> ErasureReceipt:
    """A receipt as it is kept."""
    return ErasureReceipt(
        reference=row.submission_id,
        state=State(row.state),
        record_id=row.record_id,
        why=Why(row.why),
        destroyed=row.destroyed,
        at=row.at,
        check_value=row.check_value,
    )


def _row(row: Submission, receipt: ErasureReceipt) -> ErasureRow:
    return ErasureRow(
        submission_id=row.id,
        organization_id=row.organization_id,
        state=receipt.state.value,
        record_id=receipt.record_id,
        why=receipt.why.value,
        destroyed=dict(receipt.destroyed),
        check_value=receipt.check_value,
        at=receipt.at,
    )


def _versions(session: Session, submission_id: str, _at: datetime) -> int:
    held = SubmissionVersion.submission_id == submission_id
    session.execute(update(SubmissionVersion).where(held).values(sealed_account=None, plain_account=None))
    return session.scalar(select(func.count()).select_from(SubmissionVersion).where(held)) or 0


def _details(session: Session, submission_id: str, _at: datetime) -> int:
    return _count(session.execute(delete(DetailChoice).where(DetailChoice.submission_id == submission_id)))


def _notes(session: Session, submission_id: str, _at: datetime) -> int:
    """Those of decisions, and of votes, which are counted where they led to none."""
    session.execute(
        update(VoteRow)
        .where(VoteRow.submission_id == submission_id, VoteRow.id.in_(select(DecisionRow.id)))
        .values(sealed_note=None)
    )
    return sum(_emptied(session, table, submission_id) for table in (DecisionRow, VoteRow))


def _emptied(session: Session, table: type[DecisionRow | VoteRow], submission_id: str) -> int:
    written = (table.submission_id == submission_id) & table.sealed_note.is_not(None)
    return _count(session.execute(update(table).where(written).values(sealed_note=None)))


def _coding(session: Session, submission_id: str, _at: datetime) -> int:
    """Why reviewers classified it as they did; the codes too, unless its record tells them."""
    held = Coding.submission_id == submission_id
    public = select(Submission.id).where(Submission.id == submission_id, Submission.record_id.is_not(None))
    count = _count(
        session.execute(update(Coding).where(held, Coding.sealed_note.is_not(None)).values(sealed_note=None))
    )
    session.execute(delete(Coding).where(held, Coding.submission_id.not_in(public)))
    return count


def _additions(session: Session, submission_id: str, _at: datetime) -> int:
    return _count(session.execute(delete(Addition).where(Addition.submission_id == submission_id)))


def _appeals(session: Session, submission_id: str, _at: datetime) -> int:
    """Why somebody appealed; that they did stays, and who must not judge it again with it."""
    written = (Appeal.submission_id == submission_id) & Appeal.sealed_reason.is_not(None)
    return _count(session.execute(update(Appeal).where(written).values(sealed_reason=None)))


def _questions(session: Session, submission_id: str, _at: datetime) -> int:
    """What reviewers asked, and what was answered."""
    return _count(session.execute(delete(Question).where(Question.submission_id == submission_id)))


def _reasons(session: Session, submission_id: str, _at: datetime) -> int:
    """Why it was published as exactly as it was."""
    given = (ExactnessChoice.submission_id == submission_id) & ExactnessChoice.sealed_reason.is_not(None)
    return _count(session.execute(update(ExactnessChoice).where(given).values(sealed_reason=None)))


def _requests(session: Session, submission_id: str, _at: datetime) -> int:
    """What was written to another organization that was asked to publish it, and back."""
    asked = (ReportOffer.submission_id == submission_id) & (
        ReportOffer.sealed_message.is_not(None) | ReportOffer.sealed_reason.is_not(None)
    )
    return _count(
        session.execute(update(ReportOffer).where(asked).values(sealed_message=None, sealed_reason=None))
    )


def _count(result: object) -> int:
    return int(result.rowcount) if isinstance(result, CursorResult) else 0


PARTS: Final[Mapping[str, Part]] = {
    "versions": _versions,
    "details": _details,
    "notes": _notes,
    "coding": _coding,
    "additions": _additions,
    "questions": _questions,
    "appeals": _appeals,
    "reasons": _reasons,
    "requests": _requests,
    "attachments": attachments.end,
}
"""Kind, as in ``receipts.DESTROYED`` → what destroys it. Rooms that seal more add a line here."""
