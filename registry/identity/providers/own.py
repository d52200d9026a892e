"""The providers that a person has connected: seen, and taken away, by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import Step
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, NotFound
from registry.identity.factors.models import Passkey
from registry.identity.models import Person, SignIn
from registry.identity.oauth.models import Grant
from registry.identity.oneself import prove_oneself
from registry.identity.providers.held import has_provider
from registry.identity.providers.models import IdentityProvider, ProviderLogin
from registry.identity.removal import end_sessions, end_vouched
from registry.identity.rules import Actor, Permission, demand
from registry.identity.starting import by
from registry.identity.tenants.members import hold_person


@dataclass(frozen=True, slots=True)
class OwnProvider:
    """A provider that a person has connected (``linked_at``), or that their organization offers them."""

    id: str
    name: str
    issuer: str
    linked_at: datetime | None


class OwnProviders:
    """What people do with their own connections."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def all(self, actor: Actor) -> list[OwnProvider]:
        """What is connected, wherever, and what the present organization offers; by name."""
        demand(actor, Permission.MANAGE_ACCOUNT)
        joined = (ProviderLogin.provider_id == IdentityProvider.id) & (ProviderLogin.person_id == actor.id)
        offered = (IdentityProvider.organization_id == actor.organization_id) & IdentityProvider.active
        query = (
            select(IdentityProvider, ProviderLogin.linked_at)
            .outerjoin(ProviderLogin, joined)
            .where(or_(offered, ProviderLogin.person_id.is_not(None)))
            .order_by(IdentityProvider.name, IdentityProvider.id)
        )
        with self._private.read() as session:
            return [OwnProvider(row.id, row.name, row.issuer, at) for row, at in session.execute(query)]

    def prove(self, actor: Actor, secret: str, password: str) -> None:
        """Show that it is oneself before connecting; raises what ``prove_oneself`` does."""
        prove_oneself(self._private, actor, secret, password, self._clock())

    def disconnect(self, actor: Actor, provider_id: str, secret: str, password: str) -> None:
        """Take a way in away, and end what was begun through it.

        Raises ``NotFound``, ``Conflict`` for the only way in, or what ``prove_oneself`` does.
        """
        self.prove(actor, secret, password)
        now = self._clock()
        with self._private.work() as session:
            person = hold_person(session, actor.id)
            query = select(ProviderLogin).where(
                ProviderLogin.provider_id == provider_id, ProviderLogin.person_id == actor.id
            )
            row = session.scalar(query)
            if row is None:
                raise NotFound
            if not _other_way(session, person, provider_id):
                raise Conflict(N_("This is your only way in. Add a password or a passkey first."))
            session.delete(row)
            step = Step("person", actor.id, "disconnect-provider", reason=provider_id)
            audit.append(session, step, by(actor), now)
            theirs = (SignIn.person_id == actor.id) & (SignIn.provider_id == provider_id)
            end_sessions(session, theirs, now)
            lent = (Grant.person_id == actor.id) & (Grant.provider_id == provider_id)
            end_vouched(session, lent, by(actor), now, "the person disconnected the identity provider")


def _other_way(session: Session, person: Person, provider_id: str) -> bool:
    if person.password_hash is not None:
        return True
    passkey = select(Passkey.id).where(Passkey.person_id == person.id).limit(1)
    return session.scalar(passkey) is not None or has_provider(session, person.id, but=provider_id)
