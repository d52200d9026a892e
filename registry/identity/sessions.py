"""Signing in and out, and finding out who is acting."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import bindparam, select

from registry.clock import Clock
from registry.db.columns import storable
from registry.db.private import PrivateDatabase
from registry.errors import N_, CommonsError, NotAllowed
from registry.identity.factors.pending import Pending, SecondStepNeeded, Terms, enter
from registry.identity.models import Membership, Organization, Person, SignIn
from registry.identity.oauth.itself import PROGRAM, actor_of
from registry.identity.oauth.models import Client
from registry.identity.rules import Actor
from registry.identity.secrets import hash_secret, password_matches
from registry.identity.starting import (
    NO_ORGANIZATION,
    PASSWORD,
    SignedIn,
    acting,
    first_organization,
    person_actor,
    with_roles,
)


class SignInRefused(CommonsError):
    """E-mail or password is wrong; the sentence never says which."""

    message = N_("The e-mail or the password is not right.")


_CLIENT_BY_TOKEN = PROGRAM.where(
    Client.token_hash == bindparam("hash"),
    Client.auth_method == "client_secret_basic",
    Client.grant_types == "client_credentials",
)

# Two columns and no object: somebody who is known must not take longer than somebody who is not.
_PASSWORD_OF = select(Person.id, Person.password_hash).where(
    Person.email == bindparam("email"), Person.active
)
_NOBODY = (None, None)

# One row for each role, in one statement: it is asked before every page.
_SIGNED_IN = (
    select(SignIn, Person, Organization, Membership.role)
    .join(Person, Person.id == SignIn.person_id)
    .outerjoin(Organization, Organization.id == SignIn.organization_id)
    .outerjoin(
        Membership,
        (Membership.person_id == SignIn.person_id) & (Membership.organization_id == SignIn.organization_id),
    )
    .where(SignIn.secret_hash == bindparam("hash"))
)


class Sessions:
    """Sessions of people, and the bearer tokens of clients.

    ``factor_asked`` is the setting ``second_factor``: reviewers and stewards act as such only in a
    session in which a second factor was shown.
    """

    def __init__(
        self, private: PrivateDatabase, clock: Clock, hours: int, *, factor_asked: bool = True
    ) -> None:
        self._private = private
        self._clock = clock
        self._terms = Terms(timedelta(hours=hours), factor_asked)

    def sign_in(self, email: str, password: str, *, device: str = "") -> SignedIn:
        """Start a session of a person with a password.

        Raises ``SignInRefused``, ``NotAllowed`` for an applicant whose address is not confirmed, or
        ``SecondStepNeeded`` for a person who has a second factor.
        """
        facts = {"email": storable(email.strip().casefold())}
        with self._private.read() as session:
            known = session.connection().execute(_PASSWORD_OF, facts).first()
        person_id, kept = known or _NOBODY
        if not password_matches(password, kept):
            raise SignInRefused
        with self._private.work() as session:
            person = session.get_one(Person, person_id)
            if not person.active or person.password_hash != kept:
                raise SignInRefused  # changed while the password was looked at
            entered = enter(session, person, PASSWORD, self._clock(), self._terms, device=device)
        if isinstance(entered, Pending):
            raise SecondStepNeeded(entered)
        return entered

    def actor_of(self, person_id: str) -> Actor:
        """The person acting without a session, for commands run by the operator; raises ``NotAllowed``."""
        with self._private.read() as session:
            person = session.get_one(Person, person_id)
            organization = first_organization(session, person_id)
            if organization is None:
                raise NotAllowed(NO_ORGANIZATION)
            return person_actor(session, person, organization, rests=False)

    def person(self, secret: str) -> Actor | None:
        """Who the cookie's secret stands for, or None when the session has ended."""
        with self._private.read() as session:
            rows = session.execute(_SIGNED_IN, {"hash": hash_secret(secret)}).all()
            if not rows or rows[0].SignIn.ended_at is not None or rows[0].SignIn.expires_at <= self._clock():
                return None
            row, person = rows[0].SignIn, rows[0].Person
            organization: Organization | None = rows[0].Organization
            rests, through = self._terms.factor_asked and row.confirmed_at is None, row.provider_id
            if not person.active:
                return None
            if organization is None:  # it began without one, and its person may belong to one by now
                own = first_organization(session, person.id)
                return acting(session, person, own, rests=rests, provider_id=through)
            if not organization.active:
                return None
            roles = [one.role for one in rows if one.role is not None]
            return with_roles(person, organization, roles, rests=rests, provider_id=through)

    def sign_out(self, secret: str) -> None:
        """End the session; ending it twice is fine."""
        with self._private.work() as session:
            row = session.get(SignIn, hash_secret(secret))
            if row is not None and row.ended_at is None:
                row.ended_at = self._clock()

    def client(self, token: str) -> Actor | None:
        """The program whose long-lived bearer token this is, or None."""
        with self._private.read() as session:
            found = session.connection().execute(_CLIENT_BY_TOKEN, {"hash": hash_secret(token)}).first()
        return None if found is None else actor_of(found)
