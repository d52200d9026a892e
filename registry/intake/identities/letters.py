"""Letters about publishing for others. They name no report and no organization: mail is read by many."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.models import Membership, Person
from registry.identity.rules import Role
from registry.identity.tenants.letters import Letter, Payload
from registry.intake.identities.models import ReportOffer
from registry.intake.identities.rules import OPEN, OfferState
from registry.intake.models import Submission
from registry.outbox import enqueue

ASKED = "mail.publish-asked"
"""To those who look after an organization: another one asks it to publish."""
ANSWERED = "mail.publish-answered"
"""To whoever wrote the report: there is an answer."""
READERS_MAX = 20
"""People of one organization who get a letter about one request."""


class IdentityLetters:
    """Making the letters that queued jobs ask for."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def write(self, kind: str, payload: Payload) -> Letter | None:
        """The letter of a job, or None when there is no reason for it any more."""
        with self._private.read() as session:
            return WRITERS[kind](session, payload)


def ask(session: Session, offer: ReportOffer, now: datetime) -> None:
    """Queue letters to the administrators of the organization that is asked, or without one to everybody."""
    if offer.publisher_id is None:
        return
    for roles in ([Role.ORG_ADMIN.value], [Role.MEMBER.value]):
        readers = _readers(session, offer.publisher_id, roles)
        for person_id in readers:
            enqueue(session, ASKED, {"offer_id": offer.id, "person_id": person_id}, now)
        if readers:
            return


def answer(session: Session, offer: ReportOffer, now: datetime) -> None:
    """Queue the letter to whoever wrote the report."""
    enqueue(session, ANSWERED, {"offer_id": offer.id}, now)


def _readers(session: Session, organization_id: str, roles: list[str]) -> list[str]:
    query = (
        select(Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organization_id == organization_id, Membership.role.in_(roles), Person.active)
        .order_by(Membership.person_id)
    )
    return list(session.scalars(query.limit(READERS_MAX)))


def _asked(session: Session, payload: Payload) -> Letter | None:
    offer = session.get(ReportOffer, payload["offer_id"])
    open_states = {state.value for state in OPEN}
    if offer is None or offer.state not in open_states:
        return None
    return _to(session, ASKED, payload["person_id"])


def _answered(session: Session, payload: Payload) -> Letter | None:
    offer = session.get(ReportOffer, payload["offer_id"])
    if offer is None or offer.state not in (OfferState.TAKEN.value, OfferState.REFUSED.value):
        return None
    return _to(session, ANSWERED, session.get_one(Submission, offer.submission_id).author_id)


def _to(session: Session, kind: str, person_id: str) -> Letter | None:
    person = session.get(Person, person_id)  # programs write reports too, and read no mail
    if person is None or not person.active:
        return None
    return Letter(kind, person.email, person.language)


WRITERS: Mapping[str, Callable[[Session, Payload], Letter | None]] = {ASKED: _asked, ANSWERED: _answered}
"""Kind of job → what makes its letter."""
