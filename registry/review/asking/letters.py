"""Letters about questions. They name no report and say nothing of what it tells: mail is read by many."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from registry.identity.models import Person
from registry.identity.tenants.letters import Letter, Payload
from registry.intake.models import Submission
from registry.intake.readers import readers
from registry.outbox import enqueue
from registry.review.asking.models import Question
from registry.review.models import Claim

ASKED = "mail.question-asked"
"""To whoever wrote the report, or those who look after the organization."""
ANSWERED = "mail.question-answered"
"""To whoever examines the report, or else asked."""


def tell_submitter(session: Session, row: Submission, number: int, now: datetime) -> None:
    """Queue letters about a question; nobody gets one for a report without an account."""
    for person_id in readers(session, row):
        enqueue(session, ASKED, _payload(row, number, person_id), now)


def tell_reviewer(session: Session, row: Submission, number: int, now: datetime) -> None:
    """Queue the letter about an answer."""
    claim = session.get(Claim, row.id)
    asker = session.get_one(Question, (row.id, number)).reviewer_id
    enqueue(session, ANSWERED, _payload(row, number, asker if claim is None else claim.reviewer_id), now)


def _payload(row: Submission, number: int, person_id: str) -> dict[str, str]:
    return {"submission_id": row.id, "number": str(number), "person_id": person_id}


def _asked(session: Session, payload: Payload) -> Letter | None:
    found = _question(session, payload)
    return _to(session, ASKED, payload) if found is not None and found.answered_at is None else None


def _answered(session: Session, payload: Payload) -> Letter | None:
    found = _question(session, payload)
    return _to(session, ANSWERED, payload) if found is not None and found.unread else None


def _question(session: Session, payload: Payload) -> Question | None:
    return session.get(Question, (payload["submission_id"], int(payload["number"])))


def _to(session: Session, kind: str, payload: Payload) -> Letter | None:
    person = session.get(Person, payload["person_id"])
    if person is None or not person.active:
        return None
    return Letter(kind, person.email, person.language)


WRITERS: Mapping[str, Callable[[Session, Payload], Letter | None]] = {ASKED: _asked, ANSWERED: _answered}
"""Kind of job → what makes its letter."""
