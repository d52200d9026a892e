"""Questions and answers, inside the unit of work of whoever asks, answers or reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Select, func, select, update
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import By, Step
from registry.errors import NotFound
from registry.identity.rules import Actor
from registry.identity.starting import by
from registry.intake import steps
from registry.intake.following.adding import HOLDER, Writer, marked
from registry.intake.models import Submission
from registry.intake.rules import State
from registry.intake.vault.originals import sealed_text, text
from registry.privacy import Hidden
from registry.review.asking.models import Question, answer_of, question_of
from registry.review.asking.rules import checked_answer, checked_question, refuse_answer, refuse_more


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question as submitter and reviewers see it; nobody is named.

    ``answered_at`` is None while it waits; ``unread`` where no reviewer has read the answer yet.
    """

    number: int
    version: int
    text: str
    asked_at: datetime
    answer: str | None
    answered_at: datetime | None
    writer: Writer | None
    unread: bool

    @property
    def open(self) -> bool:
        """Whether it waits for an answer."""
        return self.answered_at is None


def ask(session: Session, row: Submission, words: str, actor: Actor, at: datetime) -> int | None:
    """Keep a question and put it on the trail; raises ``Invalid`` or ``Conflict``.

    Gives its number. The same words again while they wait, as a page that is sent twice brings them, are
    kept once, and give None.
    """
    words, before = checked_question(words), questions(session, row.id)
    waiting = [one for one in before if one.open]
    if any(one.text == words for one in waiting):
        return None
    refuse_more(len(before), len(waiting))
    number = len(before) + 1
    session.add(
        Question(
            submission_id=row.id,
            number=number,
            version=row.version,
            reviewer_id=actor.id,
            organization_id=actor.organization_id,
            sealed_text=sealed_text(session, row.id, words, question_of(number)),
            asked_at=at,
        )
    )
    _note(session, row, "ask", by(actor), at)
    return number


def answer(session: Session, row: Submission, number: int, words: str, who: By, at: datetime) -> bool:
    """Keep the answer to a question; raises ``NotFound``, ``Invalid`` or ``Conflict``.

    Who examines the report has to look again before deciding. The same answer twice is kept once; gives
    whether it is new.
    """
    words, found = checked_answer(words), session.get(Question, (row.id, number))
    if found is None or row.erased_at is not None:
        raise NotFound
    if found.sealed_answer is not None and _answer(found) == words:
        return False
    refuse_answer(State(row.state), answered=found.answered_at is not None)
    found.sealed_answer = sealed_text(session, row.id, words, answer_of(number))
    found.writer = (Writer.HOLDER if who == HOLDER else Writer.ORGANIZATION).value
    found.answered_at, found.unread = at, True
    if row.state == State.IN_REVIEW.value:
        row.lock += 1
    _note(session, row, "answer", who, at)
    return True


def questions(session: Session, submission_id: str) -> tuple[QuestionView, ...]:
    """Every question, oldest first, as it was written; raises ``Shredded`` once the original was deleted."""
    query = select(Question).where(Question.submission_id == submission_id).order_by(Question.number)
    return tuple(_view(row) for row in session.scalars(query))


def for_reviewers(found: Iterable[QuestionView], language: str) -> tuple[QuestionView, ...]:
    """Answers as reviewers read them: what gives people away for certain is a mark."""
    hidden = Hidden()
    return tuple(
        replace(one, answer=None if one.answer is None else marked(one.answer, language, hidden))
        for one in found
    )


def for_holders(found: Iterable[QuestionView]) -> tuple[QuestionView, ...]:
    """Questions without their answers: a receipt code that falls into other hands opens no text."""
    return tuple(replace(one, answer=None, unread=False) for one in found)


def read(session: Session, row: Submission, upto: int, who: By, at: datetime) -> None:
    """Note that a reviewer has read the answers up to a question; others stay unread."""
    if mark_read(session, row.id, upto):
        step = Step(steps.SUBJECT, row.id, "read-answers", row.state, row.state)
        audit.append(session, step, who, at)


def mark_read(session: Session, submission_id: str, upto: int | None = None) -> bool:
    """Forget that answers (up to a question) are unread; whether any was."""
    which = (Question.submission_id == submission_id) & Question.unread
    if upto is not None:
        which &= Question.number <= upto
    done = session.execute(update(Question).where(which).values(unread=False))
    return bool(cast("CursorResult[Any]", done).rowcount)


def answered_unread() -> Select[str]:
    """The ids of reports with an answer that no reviewer has read."""
    return select(Question.submission_id).where(Question.unread)


def answered_since() -> ColumnElement[datetime | None]:
    """Of a submission in a query: when the oldest answer came that nobody has read; NULL without one."""
    query = select(func.min(Question.answered_at)).where(
        Question.submission_id == Submission.id, Question.unread
    )
    return query.correlate(Submission).scalar_subquery()


def _note(session: Session, row: Submission, action: str, who: By, at: datetime) -> None:
    row.updated_at = at
    audit.append(session, Step(steps.SUBJECT, row.id, action, row.state, row.state), who, at)


def _answer(row: Question) -> str:
    return text(row, row.submission_id, row.sealed_answer, answer_of(row.number))


def question_text(row: Question) -> str:
    """What was asked, inside the unit of work."""
    return text(row, row.submission_id, row.sealed_text, question_of(row.number))


def _view(row: Question) -> QuestionView:
    return QuestionView(
        row.number,
        row.version,
        question_text(row),
        row.asked_at,
        None if row.sealed_answer is None else _answer(row),
        row.answered_at,
        None if row.writer is None else Writer(row.writer),
        row.unread,
    )
