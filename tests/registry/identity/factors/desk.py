"""A person at a desk: signed in, with their passkeys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from registry.db.private import PrivateDatabase
from registry.identity.directory import Directory
from registry.identity.factors.passkeys import Passkeys, Site
from registry.identity.factors.relying import relying_party
from registry.identity.models import Person
from registry.identity.rules import Actor, Role
from registry.identity.sessions import Sessions
from registry.identity.starting import PASSWORD as BY_PASSWORD
from registry.identity.starting import start
from tests.authenticator import Authenticator
from tests.conftest import SettableClock
from tests.factories import PASSWORD

ORIGIN = "https://node.example"


@dataclass
class Desk:
    """A person signed in, and their passkeys."""

    private: PrivateDatabase
    clock: SettableClock
    passkeys: Passkeys
    sessions: Sessions
    actor: Actor
    secret: str

    def begin(self) -> str:
        """The options after the first step."""
        self.passkeys.prepare(self.actor, self.secret, PASSWORD)
        return self.passkeys.options(self.actor, self.secret)

    def added(self, name: str = "Phone", device: Authenticator | None = None) -> str:
        """The mark of a new passkey."""
        device = device or Authenticator(ORIGIN)
        return self.passkeys.add(self.actor, self.secret, name, device.create(self.begin())).mark

    def signed_in(self, *, confirmed: bool) -> tuple[Actor, str]:
        """Another session of the person."""
        with self.private.work() as session:
            person = session.get_one(Person, self.actor.id)
            now = self.clock()
            made = start(session, person, BY_PASSWORD, now, timedelta(hours=12), confirmed=confirmed)
        return made.actor, made.secret

    def names(self) -> list[str]:
        return [key.name for key in self.passkeys.all(self.actor)]

    def ask(self, question: str, **facts: Any) -> list[Any]:
        with self.private.read() as session:
            return [tuple(row) for row in session.execute(text(question), facts)]

    def acts(self) -> list[str]:
        rows = self.ask(
            "SELECT action FROM audit_event WHERE subject_id = :who ORDER BY id", who=self.actor.id
        )
        return [row[0] for row in rows if row[0] not in ("register", "grant", "sign-in")]


def open_desk(private: PrivateDatabase, clock: SettableClock, role: Role, name: str = "ada") -> Desk:
    directory, sessions = Directory(private, clock), Sessions(private, clock, 12, factor_asked=False)
    organization = directory.add_organization(f"{name}'s house", "a house")
    person = directory.add_person(f"{name}@example.org", name.title(), PASSWORD)
    directory.grant(person, organization, [role])
    passkeys = Passkeys(private, clock, Site(relying_party(ORIGIN), "The Node"), required=True)
    made = sessions.sign_in(f"{name}@example.org", PASSWORD)
    return Desk(private, clock, passkeys, sessions, made.actor, made.secret)
