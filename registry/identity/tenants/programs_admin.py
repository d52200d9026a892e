"""The programs of an organization, as its administrators register, renew and switch them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import Step
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, NotFound
from registry.identity import removal
from registry.identity.oauth.models import Client, Grant
from registry.identity.oauth.registering import NewClient, check, make, renew
from registry.identity.oauth.rules import Way, may_bear, scopes_of
from registry.identity.rows import rows
from registry.identity.rules import Actor, Permission, show
from registry.identity.starting import by
from registry.identity.tenants.members import hold, require
from registry.identity.tenants.rules import scopes_held

SUBJECT = "client"
PROGRAMS_MAX = 50
"""Programs of one organization."""


@dataclass(frozen=True, slots=True)
class OwnProgram:
    """A program as its organization's administrators see it.

    ``bears`` says that it has a long-lived token now.
    """

    id: str
    name: str
    scopes: tuple[str, ...]
    auth_method: str
    grant_types: tuple[str, ...]
    redirect_uris: tuple[str, ...]
    bears: bool
    active: bool
    created_at: datetime

    @property
    def may_bear(self) -> bool:
        """Whether it can be given a long-lived token."""
        return may_bear(self.auth_method, self.grant_types)


class ProgramsAdmin:
    """What an administrator does with the organization's own programs."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def all(self, actor: Actor) -> list[OwnProgram]:
        """Every program of the organization, by name."""
        require(actor, Permission.MANAGE_CLIENTS)
        query = (
            select(Client)
            .where(rows(actor, Permission.MANAGE_CLIENTS, Client.organization_id))
            .order_by(func.lower(Client.name), Client.id)
        )
        with self._private.read() as session:
            return [_view(row) for row in session.scalars(query)]

    def one(self, actor: Actor, program_id: str) -> OwnProgram:
        """A program of the organization; raises ``NotFound`` for every other."""
        with self._private.read() as session:
            return _view(self._own(session, actor, program_id))

    def offered(self, actor: Actor) -> tuple[str, ...]:
        """The scopes that this administrator can give away: none wider than their own."""
        require(actor, Permission.MANAGE_CLIENTS)
        return scopes_held(actor)

    def register(self, actor: Actor, name: str, scopes: Collection[str], way: Way) -> NewClient:
        """Register a program; its secrets are in the answer and nowhere else. Raises ``Invalid``."""
        check(name, scopes, self.offered(actor), way)
        with self._private.work() as session:
            organization = hold(session, actor.organization_id)
            own = select(func.count()).where(Client.organization_id == organization.id)
            if (session.scalar(own) or 0) >= PROGRAMS_MAX:
                raise Conflict(N_("Your organization has as many programs as it can have."))
            row, made = make(organization.id, name, scopes, way, self._clock())
            session.add(row)
            audit.append(session, Step(SUBJECT, row.id, "register"), by(actor), self._clock())
        return made

    def renew(self, actor: Actor, program_id: str, *, bearer: bool = False) -> NewClient:
        """Give a program new secrets, a long-lived token only if asked; those it had stop at once.

        Raises ``NotFound``, or ``Conflict`` for a program that has no secret, or may do more than the actor.
        """
        with self._private.work() as session:
            row = self._own(session, actor, program_id, lock=True)
            self._refuse_wider(actor, row)
            if row.auth_method == "none":
                raise Conflict(N_("This program has no secret that could be renewed."))
            made = renew(row, bearer=bearer)
            audit.append(session, Step(SUBJECT, row.id, "renew"), by(actor), self._clock())
        return made

    def switch_off(self, actor: Actor, program_id: str) -> None:
        """Stop a program at once: its tokens, and what people let it do. Off twice is fine."""
        now = self._clock()
        with self._private.work() as session:
            row = self._own(session, actor, program_id, lock=True)
            if not row.active:
                return
            row.active = False
            row.generation += 1
            ended = removal.end_grants(
                session, Grant.client_id == row.id, by(actor), now, "the program is switched off"
            )
            audit.append(session, Step(SUBJECT, row.id, "switch-off", reason=str(ended)), by(actor), now)

    def switch_on(self, actor: Actor, program_id: str) -> None:
        """Let a program act again, with what the administrator could give it now; raises ``Conflict``."""
        with self._private.work() as session:
            row = self._own(session, actor, program_id, lock=True)
            if row.active:
                return
            self._refuse_wider(actor, row)
            row.active = True
            audit.append(session, Step(SUBJECT, row.id, "switch-on"), by(actor), self._clock())

    def _refuse_wider(self, actor: Actor, row: Client) -> None:
        """Whoever gets hold of a program's secret, or wakes it, may do all that it may."""
        if not set(row.scopes.split()) <= set(self.offered(actor)):
            raise Conflict(N_("This program may do more than you may. Register a new one."))

    def _own(self, session: Session, actor: Actor, program_id: str, *, lock: bool = False) -> Client:
        require(actor, Permission.MANAGE_CLIENTS)
        row = session.get(Client, program_id, with_for_update=lock)
        if row is None:
            raise NotFound
        show(actor, Permission.MANAGE_CLIENTS, row.organization_id)
        return row


def _view(row: Client) -> OwnProgram:
    return OwnProgram(
        id=row.id,
        name=row.name,
        scopes=scopes_of(row.scopes),
        auth_method=row.auth_method,
        grant_types=tuple(row.grant_types.split()),
        redirect_uris=tuple(row.redirect_uris),
        bears=row.token_hash is not None,
        active=row.active,
        created_at=row.created_at,
    )
