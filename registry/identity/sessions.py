"""Signing in and out, and finding out who is acting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import By, Step
from registry.clock import Clock
from registry.db.columns import storable
from registry.db.private import PrivateDatabase
from registry.errors import N_, CommonsError, NotAllowed
from registry.identity.models import Membership, Organization, Person, SignIn
from registry.identity.oauth.models import Client
from registry.identity.rules import Actor, Role
from registry.identity.secrets import hash_secret, new_secret, password_matches

NO_ORGANIZATION = N_("You belong to no organization yet. Ask your administrator.")


class SignInRefused(CommonsError):
    """E-mail or password is wrong; the sentence never says which."""

    message = N_("The e-mail or the password is not right.")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session: the secret goes into the cookie, the actor onto the page."""

    secret: str
    actor: Actor


_CLIENT_BY_TOKEN = (
    select(
        Client.id,
        Client.name,
        Client.scopes,
        Organization.id.label("organization_id"),
        Organization.name.label("organization"),
        Organization.language,
    )
    .join(Organization, Organization.id == Client.organization_id)
    .where(Client.token_hash == bindparam("hash"), Client.active, Organization.active)
)


class Sessions:
    """Sessions of people, and the bearer tokens of clients."""

    def __init__(self, private: PrivateDatabase, clock: Clock, hours: int) -> None:
        self._private = private
        self._clock = clock
        self._life = timedelta(hours=hours)

    def sign_in(self, email: str, password: str) -> SignedIn:
        """Start a session; raises ``SignInRefused``, or ``NotAllowed`` for a person without organization."""
        with self._private.read() as session:
            person = session.scalar(select(Person).where(Person.email == storable(email.strip().casefold())))
            known = person if person is not None and person.active else None
        if not password_matches(password, known.password_hash if known else None) or known is None:
            raise SignInRefused
        with self._private.work() as session:
            organization = _first_organization(session, known.id)
            if organization is None:
                raise NotAllowed(NO_ORGANIZATION)
            secret, now = new_secret(), self._clock()
            session.add(
                SignIn(
                    secret_hash=hash_secret(secret),
                    person_id=known.id,
                    organization_id=organization.id,
                    started_at=now,
                    expires_at=now + self._life,
                )
            )
            actor = _person_actor(session, known, organization)
            audit.append(session, Step("person", known.id, "sign-in"), by(actor), now)
        return SignedIn(secret, actor)

    def actor_of(self, person_id: str) -> Actor:
        """The person acting without a session, for commands run by the operator; raises ``NotAllowed``."""
        with self._private.read() as session:
            person = session.get_one(Person, person_id)
            organization = _first_organization(session, person_id)
            if organization is None:
                raise NotAllowed(NO_ORGANIZATION)
            return _person_actor(session, person, organization)

    def person(self, secret: str) -> Actor | None:
        """Who the cookie's secret stands for, or None when the session has ended."""
        with self._private.read() as session:
            row = session.get(SignIn, hash_secret(secret))
            if row is None or row.ended_at is not None or row.expires_at <= self._clock():
                return None
            person = session.get_one(Person, row.person_id)
            organization = session.get_one(Organization, row.organization_id)
            if not (person.active and organization.active):
                return None
            return _person_actor(session, person, organization)

    def sign_out(self, secret: str) -> None:
        """End the session; ending it twice is fine."""
        with self._private.work() as session:
            row = session.get(SignIn, hash_secret(secret))
            if row is not None and row.ended_at is None:
                row.ended_at = self._clock()

    def client(self, token: str) -> Actor | None:
        """The client whose bearer token this is, or None."""
        with self._private.read() as session:
            found = session.connection().execute(_CLIENT_BY_TOKEN, {"hash": hash_secret(token)}).first()
        if found is None:
            return None
        return Actor(
            id=found.id,
            organization_id=found.organization_id,
            organization=found.organization,
            name=found.name,
            scopes=frozenset(found.scopes.split()),
            language=found.language,
            client_id=found.id,
        )


def by(actor: Actor) -> By:
    """The actor as the audit trail names it."""
    return By(actor.role, actor.id, actor.organization_id)


def _first_organization(session: Session, person_id: str) -> Organization | None:
    return session.scalar(
        select(Organization)
        .join(Membership, Membership.organization_id == Organization.id)
        .where(Membership.person_id == person_id, Organization.active)
        .order_by(Organization.name)
        .limit(1)
    )


def _person_actor(session: Session, person: Person, organization: Organization) -> Actor:
    roles = session.scalars(
        select(Membership.role).where(
            Membership.person_id == person.id, Membership.organization_id == organization.id
        )
    )
    return Actor(
        id=person.id,
        organization_id=organization.id,
        organization=organization.name,
        name=person.name,
        roles=frozenset(Role(role) for role in roles),
        language=person.language,
    )
