"""Letters that people of organizations get: to whom, about what, with which link.

A queued job carries ids only. The letter, with the secret of its link, is made when it is sent and
kept nowhere; sent again after a failure it carries a new link, and the earlier one is dead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.models import Organization, Person
from registry.identity.rules import OrganizationState
from registry.identity.tenants import proofs, rules
from registry.identity.tenants.members import is_settled
from registry.identity.tenants.models import Application, Invitation, Ruling
from registry.identity.tenants.rules import Action

APPLICATION = "mail.application"
ADDRESS_KNOWN = "mail.address-known"
APPROVED = "mail.approved"
DECLINED = "mail.declined"
INVITATION = "mail.invitation"


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be written: ``kind`` chooses the words, ``facts`` fill them in, ``secret`` is the link's."""

    kind: str
    to: str
    language: str
    facts: Mapping[str, str] = field(default_factory=dict)
    secret: str = ""


Payload = Mapping[str, str]


class Letters:
    """Making the letters that queued jobs ask for."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def write(self, kind: str, payload: Payload) -> Letter | None:
        """The letter of a job, or None when there is no reason for it any more."""
        with self._private.work() as session:
            return WRITERS[kind](session, payload, self._clock())


def _application(session: Session, payload: Payload, now: datetime) -> Letter | None:
    row = session.get(Application, payload["application_id"])
    person = session.get(Person, row.applicant_id) if row is not None else None
    if row is None or person is None or person.email_verified_at is not None:
        return None
    secret = proofs.issue(session, proofs.CONFIRM, person.id, now, timedelta(days=rules.CONFIRM_DAYS))
    # Not a word that the applicant typed: the address may be anybody's, and this is no way to write to them.
    return Letter(APPLICATION, person.email, person.language, {"days": str(rules.CONFIRM_DAYS)}, secret)


def _address_known(session: Session, payload: Payload, _now: datetime) -> Letter | None:
    person = session.get(Person, payload["person_id"])
    if person is None or not person.active:
        return None
    return Letter(ADDRESS_KNOWN, person.email, person.language)


def _approved(session: Session, payload: Payload, _now: datetime) -> Letter | None:
    return _decided(session, payload, APPROVED, OrganizationState.ACTIVE, Action.APPROVE)


def _declined(session: Session, payload: Payload, _now: datetime) -> Letter | None:
    return _decided(session, payload, DECLINED, OrganizationState.DECLINED, Action.DECLINE)


def _decided(
    session: Session, payload: Payload, kind: str, state: OrganizationState, action: Action
) -> Letter | None:
    row = session.get(Application, payload["application_id"])
    organization = session.get(Organization, row.organization_id) if row is not None else None
    if row is None or organization is None or organization.state != state.value:
        return None
    person = session.get_one(Person, row.applicant_id)
    if not person.active or not is_settled(session, person):
        return None  # the address may be anybody's, who must not read what a stranger typed
    newest = select(Ruling.reason).where(Ruling.organization_id == organization.id, Ruling.action == action)
    reason = session.scalar(newest.order_by(Ruling.decided_at.desc()).limit(1)) or ""
    return Letter(kind, person.email, person.language, {"organization": organization.name, "reason": reason})


def _invitation(session: Session, payload: Payload, now: datetime) -> Letter | None:
    row = session.get(Invitation, payload["invitation_id"])
    if row is None or row.ended_at is not None or row.expires_at <= now:
        return None
    days = max(1, (row.expires_at - now).days)
    secret = proofs.issue(session, proofs.INVITATION, row.id, now, timedelta(days=days))
    facts = {"organization": _name(session, row.organization_id), "days": str(days)}
    return Letter(INVITATION, row.email, row.language, facts, secret)


def _name(session: Session, organization_id: str) -> str:
    return session.get_one(Organization, organization_id).name


WRITERS: Mapping[str, Callable[[Session, Payload, datetime], Letter | None]] = {
    APPLICATION: _application,
    ADDRESS_KNOWN: _address_known,
    APPROVED: _approved,
    DECLINED: _declined,
    INVITATION: _invitation,
}
"""Kind of job → what makes its letter."""
