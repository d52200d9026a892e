"""Beginning a session, whichever way its person came in, and who is acting in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import By, Step
from registry.errors import N_, NotAllowed, NotSignedIn
from registry.identity.models import Membership, Organization, Person, SignIn
from registry.identity.outside import UNCONFIRMED, may_enter, why_outside
from registry.identity.providers.models import IdentityProvider
from registry.identity.rules import FACTOR_ROLES, Actor, Role
from registry.identity.secrets import hash_secret, new_secret

NO_ORGANIZATION = N_("You belong to no organization yet. Ask your administrator.")
PASSWORD = "password"  # noqa: S105 - a way of signing in
PASSKEY = "passkey"
PROVIDER = "provider"
DEVICE_MAX = 80
"""Characters of the word for a device."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session: the secret goes into the cookie, the actor onto the page."""

    secret: str
    actor: Actor


def start(  # noqa: PLR0913 - all that is known of a session at its beginning
    session: Session,
    person: Person,
    method: str,
    now: datetime,
    life: timedelta,
    *,
    device: str = "",
    confirmed: bool = False,
    factor_asked: bool = True,
    provider_id: str | None = None,
) -> SignedIn:
    """Start a session of a person who has shown who they are, in the caller's transaction.

    ``method`` is how: ``password``, ``passkey`` or ``provider``. ``confirmed`` says that a second factor
    was shown; ``factor_asked`` is the setting ``second_factor``. A session that began through an identity
    provider acts for its organization, and there is none without. Everybody else without an active
    organization comes in to their account only; raises ``NotAllowed`` for an applicant whose address is
    not confirmed.
    """
    organization = first_organization(session, person.id, provider_id)
    if organization is None and provider_id is not None:
        raise NotAllowed(NO_ORGANIZATION)
    rests = factor_asked and not confirmed
    actor = acting(session, person, organization, rests=rests, provider_id=provider_id)
    if actor.outside and not may_enter(actor.outside, address_shown=person.email_verified_at is not None):
        raise NotAllowed(UNCONFIRMED)
    secret = new_secret()
    session.add(
        SignIn(
            secret_hash=hash_secret(secret),
            person_id=person.id,
            organization_id=None if organization is None else organization.id,
            method=method,
            device=device[:DEVICE_MAX],
            confirmed_at=now if confirmed else None,
            provider_id=provider_id,
            started_at=now,
            expires_at=now + life,
        )
    )
    audit.append(session, Step("person", person.id, "sign-in", new=method), by(actor), now)
    return SignedIn(secret, actor)


def rise(session: Session, row: SignIn, now: datetime) -> str:
    """A second factor was shown in this session: it gets a new secret, and the old one stands for nobody.

    Returns the secret for the cookie. Raises ``NotSignedIn`` when the session ended or rose meanwhile.
    """
    secret = new_secret()
    risen = session.execute(
        update(SignIn)
        .where(SignIn.secret_hash == row.secret_hash, SignIn.ended_at.is_(None))
        .values(secret_hash=hash_secret(secret), confirmed_at=now)
        .returning(SignIn.id)
        .execution_options(synchronize_session=False)
    ).first()
    if risen is None:
        raise NotSignedIn
    session.expunge(row)
    return secret


def by(actor: Actor) -> By:
    """The actor as the audit trail names it."""
    return By(actor.role, actor.id, actor.organization_id or None)


def first_organization(
    session: Session, person_id: str, provider_id: str | None = None
) -> Organization | None:
    """The organization that a person acts for, or None: the first active one by name.

    Through an identity provider it is the one whose provider this is, while both are active.
    """
    query = (
        select(Organization)
        .join(Membership, Membership.organization_id == Organization.id)
        .where(Membership.person_id == person_id, Organization.active)
        .order_by(Organization.name)
        .limit(1)
    )
    if provider_id is not None:
        query = query.join(IdentityProvider, IdentityProvider.organization_id == Organization.id)
        query = query.where(IdentityProvider.id == provider_id, IdentityProvider.active)
    return session.scalar(query)


def acting(
    session: Session,
    person: Person,
    organization: Organization | None,
    *,
    rests: bool,
    provider_id: str | None = None,
) -> Actor:
    """The person acting for an organization, or without one for themselves only."""
    if organization is not None:
        return person_actor(session, person, organization, rests=rests, provider_id=provider_id)
    states = session.scalars(
        select(Organization.state)
        .join(Membership, Membership.organization_id == Organization.id)
        .where(Membership.person_id == person.id)
    )
    return Actor(
        id=person.id,
        organization_id="",
        organization="",
        name=person.name,
        language=person.language,
        outside=why_outside(set(states)),
    )


def person_actor(
    session: Session,
    person: Person,
    organization: Organization,
    *,
    rests: bool,
    provider_id: str | None = None,
) -> Actor:
    """The person acting for an organization, with the roles they have there; see ``with_roles``."""
    held = session.scalars(
        select(Membership.role).where(
            Membership.person_id == person.id, Membership.organization_id == organization.id
        )
    )
    return with_roles(person, organization, held, rests=rests, provider_id=provider_id)


def with_roles(
    person: Person,
    organization: Organization,
    roles: Iterable[str],
    *,
    rests: bool,
    provider_id: str | None = None,
) -> Actor:
    """The person acting for an organization; ``rests`` puts roles that need a second factor to rest.

    ``provider_id`` keeps them to this organization, whose identity provider vouched for them.
    """
    held = frozenset(map(Role, roles))
    lacks = rests and bool(held & FACTOR_ROLES)
    return Actor(
        id=person.id,
        organization_id=organization.id,
        organization=organization.name,
        name=person.name,
        roles=held - FACTOR_ROLES if lacks else held,
        language=person.language,
        lacks_factor=lacks,
        provider_id=provider_id,
    )
