"""Use cases of whoever holds a receipt code, without an account: follow the report, answer, add, take back.

The code is the permission, for this one report. Nobody learns from it who reported, who reviews, or what
the report says; what its reviewers ask is for the people behind the report, so the holder reads it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from registry import audit
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.rules import Actor, Permission
from registry.identity.starting import by
from registry.intake import access, steps
from registry.intake.following import adding
from registry.intake.following.adding import HOLDER, AdditionView
from registry.intake.following.finding import by_code
from registry.intake.following.rules import may_add, may_withdraw
from registry.intake.identities.naming import waiting_for
from registry.intake.labels import Label
from registry.intake.models import Submission
from registry.intake.rules import Action, State
from registry.intake.similar.rules import Kind
from registry.intake.views import Status
from registry.review import interest, under_review
from registry.review.asking import letters
from registry.review.asking import rows as asking
from registry.review.asking.rows import QuestionView
from registry.review.concluding import decisions_on
from registry.review.rules import Decision


@dataclass(frozen=True, slots=True)
class Question:
    """What a reviewer asked to be changed; ``open`` while the report waits for it."""

    text: str
    at: datetime
    open: bool


@dataclass(frozen=True, slots=True)
class Followed:
    """A report as its holder sees it, and what can be done now.

    ``added`` is when something was added, and ``asked`` holds no answers: a code that falls into other hands
    opens no text.
    """

    status: Status
    questions: tuple[Question, ...]
    asked: tuple[QuestionView, ...]
    added: tuple[datetime, ...]
    may_add: bool
    may_withdraw: bool


class Following:
    """Reports after they were sent."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def by_code(self, code: str) -> Followed:
        """Where the report of this code stands; raises ``NotFound`` for every wrong code alike."""
        with self._private.read() as session:
            return self._followed(session, by_code(session, code))

    def add_by_code(self, code: str, text: str) -> Followed:
        """Add to the report of this code; raises ``NotFound``, ``Invalid`` or ``Conflict``."""
        with self._private.work() as session:
            row = by_code(session, code, lock=True)
            adding.add(session, row, text, HOLDER, self._clock())
            return self._followed(session, row)

    def answer_by_code(self, code: str, number: int, text: str) -> Followed:
        """Answer a question; raises ``NotFound``, ``Invalid`` or ``Conflict``."""
        with self._private.work() as session:
            row, now = by_code(session, code, lock=True), self._clock()
            if asking.answer(session, row, number, text, HOLDER, now):
                letters.tell_reviewer(session, row, number, now)
            return self._followed(session, row)

    def withdraw_by_code(self, code: str) -> Followed:
        """Take the report of this code back; raises ``NotFound``, or ``Conflict`` once it is too late."""
        with self._private.work() as session:
            row = by_code(session, code, lock=True)
            steps.move(session, row, Action.WITHDRAW, HOLDER, self._clock())
            return self._followed(session, row)

    def add(self, actor: Actor, submission_id: str, text: str) -> None:
        """Add to a report of one's own organization; raises ``NotFound``, ``Invalid`` or ``Conflict``."""
        with self._private.work() as session:
            row = access.held(session, actor, submission_id, Permission.WRITE_SUBMISSIONS)
            adding.add(session, row, text, by(actor), self._clock())

    def additions(self, actor: Actor, submission_id: str) -> tuple[AdditionView, ...]:
        """What was added to a report of one's own organization; raises ``NotFound``."""
        with self._private.read() as session:
            row = access.shown(session, actor, submission_id, Permission.READ_SUBMISSIONS)
            return _additions(session, row)

    def for_reviewers(self, actor: Actor, submission_id: str, language: str) -> tuple[AdditionView, ...]:
        """What was added to a report under review, without what gives people away; raises ``NotFound``."""
        with self._private.read() as session:
            row = under_review.shown(session, actor, submission_id)
            return adding.for_reviewers(_additions(session, row), language)

    def close(self, actor: Actor, submission_id: str, upto: int) -> None:
        """Say that the additions up to a number were read; raises ``NotFound`` or ``Conflict``.

        The report leaves the queue of changed ones, unless something came meanwhile.
        """
        with self._private.work() as session:
            row = under_review.held(session, actor, submission_id)
            interest.refuse(session, actor, row)
            adding.close(session, row, upto, by(actor), self._clock())

    def _followed(self, session: Session, row: Submission) -> Followed:
        state, deleted = State(row.state), row.erased_at is not None
        trail = audit.trail(session, steps.SUBJECT, row.id)
        nameless = tuple(replace(step, actor_id=None, reason=None) for step in trail)
        decided = [] if deleted else decisions_on(session, row.id)
        asked = [one for one in decided if one.decision == Decision.REQUEST_CHANGES]
        added = _additions(session, row)
        waits = state is State.CHANGES_REQUESTED
        waiting = waiting_for(session, [row])
        return Followed(
            Status(
                state,
                row.record_id,
                nameless,
                erased_at=row.erased_at,
                waits_for=waiting[row.id],
                kind=Kind(row.kind),
                label=Label(row.tlp),
            ),
            tuple(Question(one.note, one.at, waits and one is asked[-1]) for one in asked),
            () if deleted else asking.for_holders(asking.questions(session, row.id)),
            tuple(one.at for one in added),
            may_add(state) and not deleted,
            may_withdraw(state),
        )


def _additions(session: Session, row: Submission) -> tuple[AdditionView, ...]:
    """What was added; nothing once the original was deleted."""
    return () if row.erased_at is not None else adding.additions(session, row.id)
