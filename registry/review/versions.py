"""Earlier versions of a report, as its reviewers may read them now.

Only versions that a reviewer decided on, and the one that is public: what an organization wrote and changed
before it sent anything is nobody's business. What it hides today is a mark in every one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.account import Account
from registry.db.private import PrivateDatabase
from registry.errors import NotFound
from registry.identity.rules import Actor
from registry.intake.models import Submission, SubmissionVersion
from registry.intake.personal.deciding import of_account, under_review_of
from registry.intake.rules import State
from registry.review import under_review
from registry.review.models import DecisionRow


@dataclass(frozen=True, slots=True)
class Earlier:
    """A version before the newest one that is public, or that was decided on, and when that was last."""

    number: int
    decided_at: datetime
    public: bool = False


class Versions:
    """What reviewers may know of earlier versions."""

    def __init__(self, private: PrivateDatabase) -> None:
        self._private = private

    def of(self, actor: Actor, submission_id: str) -> tuple[Earlier, ...]:
        """The earlier versions that were decided on, newest first; raises ``NotFound``."""
        with self._private.read() as session:
            return _earlier(session, under_review.shown(session, actor, submission_id))

    def read(self, actor: Actor, submission_id: str, number: int) -> Account:
        """One of them; raises ``NotFound`` for every other number."""
        with self._private.read() as session:
            row = under_review.shown(session, actor, submission_id)
            if number not in {one.number for one in _earlier(session, row)}:
                raise NotFound
            version = session.get_one(SubmissionVersion, (row.id, number))
            found = under_review_of(of_account(session, row.id, version.account), State(row.state))
            return Account.from_json(found.account)


def _earlier(session: Session, row: Submission) -> tuple[Earlier, ...]:
    """None once the original was deleted, and none while the organization works on the next version."""
    if row.erased_at is not None or row.state == State.CHANGES_REQUESTED.value:
        return ()
    of_this = (SubmissionVersion.submission_id == row.id, SubmissionVersion.number < row.version)
    decided = (DecisionRow.submission_id == row.id) & (DecisionRow.version == SubmissionVersion.number)
    query = (
        select(SubmissionVersion, func.max(DecisionRow.at))
        .outerjoin(DecisionRow, decided)
        .where(*of_this)
        .group_by(SubmissionVersion.submission_id, SubmissionVersion.number)
        .order_by(SubmissionVersion.number.desc())
    )
    found: list[tuple[SubmissionVersion, datetime | None]] = [(one, at) for one, at in session.execute(query)]
    return tuple(
        Earlier(one.number, at or one.created_at, one.number == row.published_version)
        for one, at in found
        if not one.gone and (at is not None or one.number == row.published_version)
    )
