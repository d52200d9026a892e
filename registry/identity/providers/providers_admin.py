"""An organization's identity providers, as its administrators register, test, switch and remove them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import By, Step
from registry.clock import Clock
from registry.db.columns import random_key
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, Invalid, NotFound, Problem
from registry.identity.models import PendingSignIn, SignIn
from registry.identity.oauth.models import Grant
from registry.identity.providers import rules
from registry.identity.providers.discovery import Discovery
from registry.identity.providers.models import IdentityProvider, ProviderAttempt, ProviderLogin
from registry.identity.removal import end_sessions, end_vouched
from registry.identity.rows import rows
from registry.identity.rules import Actor, Permission, show
from registry.identity.starting import by
from registry.identity.tenants.members import hold, require
from registry.identity.tenants.rules import as_name, line_problem, name_problems
from registry.sealing import Sealer

SUBJECT = "provider"
SECRET_PURPOSE = "identity provider secret"  # noqa: S105 - what is sealed, not the secret


@dataclass(frozen=True, slots=True)
class NewProvider:
    """What an administrator types; ``open`` makes everybody whom it vouches for a member."""

    name: str
    issuer: str
    client_id: str
    secret: str
    open: bool = False


@dataclass(frozen=True, slots=True)
class ProviderView:
    """A provider as its organization's administrators see it; ``people`` are those who connected it."""

    id: str
    name: str
    issuer: str
    client_id: str
    open: bool
    active: bool
    people: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Examined:
    """What a test found: how we show who we are, the keys that can be used, and whether it names itself."""

    auth_method: str
    keys: int
    names_itself: bool


class ProvidersAdmin:
    """What an administrator does with the organization's own providers."""

    def __init__(self, private: PrivateDatabase, sealer: Sealer, clock: Clock, discovery: Discovery) -> None:
        self._private, self._sealer, self._clock = private, sealer, clock
        self._discovery = discovery

    def all(self, actor: Actor) -> list[ProviderView]:
        """Every provider of the organization, by name."""
        require(actor, Permission.MANAGE_ORGANIZATION)
        query = (
            select(IdentityProvider)
            .where(rows(actor, Permission.MANAGE_ORGANIZATION, IdentityProvider.organization_id))
            .order_by(func.lower(IdentityProvider.name), IdentityProvider.id)
        )
        with self._private.read() as session:
            return [_view(session, row) for row in session.scalars(query)]

    def one(self, actor: Actor, provider_id: str) -> ProviderView:
        """A provider of the organization; raises ``NotFound`` for every other."""
        with self._private.read() as session:
            return _view(session, self._own(session, actor, provider_id))

    def register(self, actor: Actor, new: NewProvider) -> str:
        """Register a provider; returns its id. Raises ``Invalid`` or ``Conflict``.

        It is not asked anything yet: it may have to learn first where to send people back to.
        """
        require(actor, Permission.MANAGE_ORGANIZATION)
        name, issuer = as_name(new.name), new.issuer.strip()
        client_id, secret = new.client_id.strip(), new.secret.strip()
        problems = [
            *name_problems("/name", name, rules.NAME_MAX),
            *rules.issuer_problems(issuer, loopback=self._discovery.loopback),
            *_credential_problems("/client", client_id, rules.CLIENT_ID_MAX),
            *_credential_problems("/secret", secret, rules.SECRET_MAX),
        ]
        if problems:
            raise Invalid(problems)
        row = IdentityProvider(
            id=random_key(),
            name=name,
            issuer=issuer,
            client_id=client_id,
            sealed_secret=self._sealer.seal(secret, SECRET_PURPOSE),
            open=new.open,
            created_at=self._clock(),
        )
        with self._private.work() as session:
            row.organization_id = hold(session, actor.organization_id).id
            own = select(func.count()).where(IdentityProvider.organization_id == row.organization_id)
            if (session.scalar(own) or 0) >= rules.PROVIDERS_MAX:
                raise Conflict(N_("Your organization has as many identity providers as it can have."))
            session.add(row)
            audit.append(session, Step(SUBJECT, row.id, "register"), by(actor), self._clock())
            return row.id

    def renew(self, actor: Actor, provider_id: str, secret: str) -> None:
        """Use another secret from now on. Raises ``NotFound`` or ``Invalid``."""
        secret = secret.strip()
        problems = list(_credential_problems("/secret", secret, rules.SECRET_MAX))
        with self._private.work() as session:
            row = self._own(session, actor, provider_id, lock=True)
            if problems:
                raise Invalid(problems)
            row.sealed_secret = self._sealer.seal(secret, SECRET_PURPOSE)
            audit.append(session, Step(SUBJECT, row.id, "renew"), by(actor), self._clock())

    def switch(self, actor: Actor, provider_id: str, *, active: bool) -> None:
        """Let people sign in through it or not; off, what was begun through it ends at once."""
        now = self._clock()
        with self._private.work() as session:
            row = self._own(session, actor, provider_id, lock=True)
            if row.active == active:
                return
            row.active = active
            if not active:
                _end(session, row.id, by(actor), now)
            step = Step(SUBJECT, row.id, "switch-on" if active else "switch-off")
            audit.append(session, step, by(actor), now)

    def admit(self, actor: Actor, provider_id: str, *, everybody: bool) -> None:
        """Make everybody whom it vouches for a member, or only those who were invited or connected it."""
        with self._private.work() as session:
            row = self._own(session, actor, provider_id, lock=True)
            if row.open == everybody:
                return
            row.open = everybody
            step = Step(SUBJECT, row.id, "open" if everybody else "close")
            audit.append(session, step, by(actor), self._clock())

    def remove(self, actor: Actor, provider_id: str) -> None:
        """Forget a provider with everybody's connections to it; what was begun through it ends at once."""
        now = self._clock()
        with self._private.work() as session:
            row = self._own(session, actor, provider_id, lock=True)
            _end(session, row.id, by(actor), now)
            session.execute(delete(ProviderLogin).where(ProviderLogin.provider_id == row.id))
            session.delete(row)
            audit.append(session, Step(SUBJECT, provider_id, "remove"), by(actor), now)

    def test(self, actor: Actor, provider_id: str) -> Examined:
        """Ask the provider now what it says of itself; raises ``NotFound`` or ``ProviderTrouble``."""
        description, keys = self._discovery.examine(self.one(actor, provider_id).issuer)
        return Examined(description.auth_method, keys, description.names_itself)

    def _own(
        self, session: Session, actor: Actor, provider_id: str, *, lock: bool = False
    ) -> IdentityProvider:
        require(actor, Permission.MANAGE_ORGANIZATION)
        row = session.get(IdentityProvider, provider_id, with_for_update=lock)
        if row is None:
            raise NotFound
        show(actor, Permission.MANAGE_ORGANIZATION, row.organization_id)
        return row


def _end(session: Session, provider_id: str, who: By, now: datetime) -> None:
    """End sessions, and sign-ins on their way, that began through a provider, and what was lent in them."""
    end_sessions(session, SignIn.provider_id == provider_id, now)
    lent = Grant.provider_id == provider_id
    end_vouched(session, lent, who, now, "the identity provider vouches no more")
    for table in (PendingSignIn, ProviderAttempt):
        session.execute(delete(table).where(table.provider_id == provider_id))


def _credential_problems(pointer: str, text: str, most: int) -> Iterator[Problem]:
    yield from line_problem(pointer, text, most)
    if text and not (text.isascii() and text.isprintable()):
        yield Problem(pointer, N_("This holds characters that it cannot hold. Copy it again."))


def _view(session: Session, row: IdentityProvider) -> ProviderView:
    people = select(func.count()).where(ProviderLogin.provider_id == row.id)
    return ProviderView(
        id=row.id,
        name=row.name,
        issuer=row.issuer,
        client_id=row.client_id,
        open=row.open,
        active=row.active,
        people=session.scalar(people) or 0,
        created_at=row.created_at,
    )
