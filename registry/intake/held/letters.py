"""The letter that asks whether what was put right held. It names no report: mail is read by many."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from registry.identity.models import Person
from registry.identity.tenants.letters import Letter, Payload
from registry.intake.models import Submission

HELD = "mail.did-it-hold"
"""To whoever wrote the report, or those who look after the organization."""


def _held(session: Session, payload: Payload) -> Letter | None:
    row = session.get(Submission, payload["submission_id"])
    person = session.get(Person, payload["person_id"])
    if row is None or row.held_answered_at is not None or person is None or not person.active:
        return None
    return Letter(HELD, person.email, person.language)


WRITERS: Mapping[str, Callable[[Session, Payload], Letter | None]] = {HELD: _held}
"""Kind of job → what makes its letter."""
