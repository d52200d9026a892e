"""Use cases of questions: a reviewer asks, the organization answers; holders of a code: ``following.py``."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.rows import rows as owned
from registry.identity.rules import Actor, Permission, demand
from registry.identity.starting import by
from registry.identity.tenants.letters import Letter, Payload
from registry.intake import access
from registry.intake.following.rules import CLOSED
from registry.intake.models import Submission
from registry.review import interest, under_review
from registry.review.asking import letters, rows
from registry.review.asking.models import Question
from registry.review.asking.rows import QuestionView
from registry.review.workflow import Act


class Questions:
    """Questions of reviewers to whoever sent a report."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def ask(self, actor: Actor, submission_id: str, text: str, *, expected: int | None = None) -> None:
        """Ask about a report that one examines; raises ``Invalid``, ``Conflict`` or ``Stale``."""
        now = self._clock()
        with self._private.work() as session:
            row, _ = under_review.claimed(session, actor, submission_id, expected, Act.ASK, now)
            number = rows.ask(session, row, text, actor, now)
            if number is not None:
                letters.tell_submitter(session, row, number, now)

    def of(self, actor: Actor, submission_id: str, language: str) -> tuple[QuestionView, ...]:
        """What was asked and answered, for reviewers; raises ``NotFound``."""
        with self._private.read() as session:
            row = under_review.shown(session, actor, submission_id)
            return rows.for_reviewers(_all(session, row), language)

    def close(self, actor: Actor, submission_id: str, upto: int) -> None:
        """Say that the answers up to a question were read; raises ``NotFound`` or ``Conflict``."""
        with self._private.work() as session:
            row = under_review.held(session, actor, submission_id)
            interest.refuse(session, actor, row)
            rows.read(session, row, upto, by(actor), self._clock())

    def own(self, actor: Actor, submission_id: str) -> tuple[QuestionView, ...]:
        """What reviewers ask about a report of one's own organization; raises ``NotFound``."""
        with self._private.read() as session:
            row = access.shown(session, actor, submission_id, Permission.READ_SUBMISSIONS)
            return _all(session, row)

    def waiting(self, actor: Actor, submission_ids: Sequence[str]) -> frozenset[str]:
        """Which of these reports of one's own organization have questions that wait for an answer."""
        demand(actor, Permission.READ_SUBMISSIONS)
        own = owned(actor, Permission.READ_SUBMISSIONS, Submission.organization_id, Submission.state)
        query = (
            select(Question.submission_id)
            .join(Submission, Submission.id == Question.submission_id)
            .where(Question.submission_id.in_(submission_ids), Question.answered_at.is_(None), own)
            .where(Submission.state.not_in([state.value for state in CLOSED]))
        )
        with self._private.read() as session:
            return frozenset(session.scalars(query))

    def answer(self, actor: Actor, submission_id: str, number: int, text: str) -> None:
        """Answer for one's own organization; raises ``NotFound``, ``Invalid`` or ``Conflict``."""
        now = self._clock()
        with self._private.work() as session:
            row = access.held(session, actor, submission_id, Permission.WRITE_SUBMISSIONS)
            if rows.answer(session, row, number, text, by(actor), now):
                letters.tell_reviewer(session, row, number, now)

    def letter(self, kind: str, payload: Payload) -> Letter | None:
        """The letter of a queued job, or None when there is no reason for it any more."""
        with self._private.read() as session:
            return letters.WRITERS[kind](session, payload)


def _all(session: Session, row: Submission) -> tuple[QuestionView, ...]:
    """Every question; none once the original was deleted."""
    return () if row.erased_at is not None else rows.questions(session, row.id)
