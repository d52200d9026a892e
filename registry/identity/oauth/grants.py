"""What people let programs do: grants, the consent that is remembered, and how either is ended.

A grant is alive while ``revoked_at`` is empty and ``expires_at`` lies ahead; this one row is asked
whenever anything that hangs on it is used, so ending it ends codes, refresh and access tokens alike,
also those that are just being made (RFC 9700 section 4.14.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import REGISTRY, By, Step
from registry.clock import Clock
from registry.db.columns import random_key
from registry.db.private import PrivateDatabase
from registry.errors import NotFound, NotSignedIn
from registry.identity.models import Membership, Organization, Person
from registry.identity.oauth.models import Client, Consent, Grant
from registry.identity.oauth.rules import scopes_of
from registry.identity.providers.models import IdentityProvider
from registry.identity.rows import rows
from registry.identity.rules import Actor, Permission, demand
from registry.identity.starting import by

SUBJECT = "grant"
"""The audit trail's word for a grant."""


@dataclass(frozen=True, slots=True)
class Application:
    """A program that a person lets act for them in one organization, as their account page shows it."""

    client_id: str
    name: str
    organization_id: str
    organization: str
    scopes: tuple[str, ...]
    agreed_at: datetime


class Grants:
    """Consents of people, and the grants that follow from them."""

    def __init__(self, private: PrivateDatabase, clock: Clock, days: int) -> None:
        self._private, self._clock = private, clock
        self._life = timedelta(days=days)

    def agreed(self, actor: Actor, client_id: str) -> tuple[str, ...]:
        """The scopes that this person already let this program use, for the organization they act for."""
        with self._private.read() as session:
            row = session.get(Consent, (actor.id, client_id, actor.organization_id))
            return scopes_of(row.scopes) if row is not None else ()

    def applications(self, actor: Actor) -> list[Application]:
        """Every program that this person agreed to in any of their organizations, by name."""
        query = (
            select(Consent, Client.name, Organization.name)
            .join(Client, Client.id == Consent.client_id)
            .join(Organization, Organization.id == Consent.organization_id)
            .where(rows(actor, Permission.MANAGE_ACCOUNT, Consent.person_id))
            .order_by(Client.name, Organization.name, Client.id)
        )
        with self._private.read() as session:
            return [
                Application(
                    client_id=row.client_id,
                    name=program,
                    organization_id=row.organization_id,
                    organization=organization,
                    scopes=scopes_of(row.scopes),
                    agreed_at=row.agreed_at,
                )
                for row, program, organization in session.execute(query)
            ]

    def open(self, session: Session, actor: Actor, client_id: str, scopes: tuple[str, ...]) -> Grant:
        """Remember the consent and begin a grant, in the caller's transaction.

        Raises ``NotSignedIn`` when the provider that vouches for the person was switched off meanwhile.
        """
        now = self._clock()
        _hold_provider(session, actor.provider_id)
        _one_at_a_time(session, actor.id)
        kept = session.get(Consent, (actor.id, client_id, actor.organization_id))
        agreed = scopes_of(" ".join((*scopes, kept.scopes if kept else "")))
        session.merge(
            Consent(
                person_id=actor.id,
                client_id=client_id,
                organization_id=actor.organization_id,
                scopes=" ".join(agreed),
                agreed_at=now,
            )
        )
        grant = Grant(
            id=random_key(),
            client_id=client_id,
            person_id=actor.id,
            organization_id=actor.organization_id,
            provider_id=actor.provider_id,
            scopes=" ".join(scopes),
            granted_at=now,
            expires_at=now + self._life,
        )
        session.add(grant)
        session.flush()
        audit.append(session, Step(SUBJECT, grant.id, "begin", reason=client_id), by(actor), now)
        return grant

    def withdraw(self, actor: Actor, client_id: str, organization_id: str) -> None:
        """Take a consent back and end every grant of this program there; raises ``NotFound``."""
        demand(actor, Permission.MANAGE_ACCOUNT)
        with self._private.work() as session:
            _one_at_a_time(session, actor.id)
            row = session.get(Consent, (actor.id, client_id, organization_id))
            if row is None:
                raise NotFound
            session.delete(row)
            alive = select(Grant).where(
                Grant.person_id == actor.id,
                Grant.organization_id == organization_id,
                Grant.client_id == client_id,
                Grant.revoked_at.is_(None),
            )
            for grant in session.scalars(alive):
                end(session, grant.id, "withdrawn by the person", by(actor), self._clock())

    def end(self, grant_id: str, reason: str) -> None:
        """End a grant because of what was done with it; ending it twice is fine."""
        with self._private.work() as session:
            end(session, grant_id, reason, REGISTRY, self._clock())


def end(session: Session, grant_id: str, reason: str, who: By, now: datetime) -> None:
    """End a grant in the caller's transaction, once, with a line in the trail."""
    ended = session.execute(
        update(Grant)
        .where(Grant.id == grant_id, Grant.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(Grant.id)
    ).first()
    if ended is not None:
        audit.append(session, Step(SUBJECT, grant_id, "end", reason=reason), who, now)


def alive(session: Session, grant_id: str, now: datetime) -> Grant | None:
    """The grant if it may still be used, by a person and for an organization that may act.

    On PostgreSQL nobody can end it until the caller's transaction ends.
    """
    belongs = (Membership.person_id == Grant.person_id) & (
        Membership.organization_id == Grant.organization_id
    )
    return session.scalar(
        select(Grant)
        .join(Person, Person.id == Grant.person_id)
        .join(Organization, Organization.id == Grant.organization_id)
        .where(
            Grant.id == grant_id,
            Grant.revoked_at.is_(None),
            Grant.expires_at > now,
            Person.active,
            Organization.active,
            select(Membership.id).where(belongs).exists(),
        )
        .with_for_update(of=Grant)
    )


def _one_at_a_time(session: Session, person_id: str) -> None:
    """Let a person's consents be changed one after the other, also when a button is pressed twice."""
    session.execute(select(Person.id).where(Person.id == person_id).with_for_update())


def _hold_provider(session: Session, provider_id: str | None) -> None:
    """Keep a provider from being switched off until the caller's transaction is seen by whoever does it."""
    if provider_id is None:
        return
    row = session.get(IdentityProvider, provider_id, with_for_update={"read": True})
    if row is None or not row.active:
        raise NotSignedIn
