"""A person at a desk: signed in, with their passkeys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from registry.db.private import PrivateDatabase
from registry.identity.directory import Directory
from registry.identity.factors.office import FactorsOffice, open_office
from registry.identity.factors.passkeys import Passkeys
from registry.identity.factors.pending import SecondStepNeeded, Terms
from registry.identity.factors.showing import PasskeySignIns
from registry.identity.models import Person
from registry.identity.rules import Actor, Role
from registry.identity.sessions import Sessions
from registry.identity.starting import PASSWORD as BY_PASSWORD
from registry.identity.starting import start
from registry.sealing import Sealer
from tests.authenticator import Authenticator
from tests.conftest import SettableClock
from tests.factories import PASSWORD
from tests.registry.house import SECRET

ORIGIN = "https://node.example"


@dataclass
class Desk:
    """A person signed in at a node; ``secret`` is that of the session, anew after each factor added."""

    private: PrivateDatabase
    clock: SettableClock
    office: FactorsOffice
    sessions: Sessions
    actor: Actor
    secret: str

    @property
    def passkeys(self) -> Passkeys:
        return self.office.passkeys

    @property
    def sign_ins(self) -> PasskeySignIns:
        return self.office.passkey_sign_ins

    def begin(self) -> str:
        """The options after the first step."""
        self.passkeys.prepare(self.actor, self.secret, PASSWORD)
        return self.passkeys.options(self.actor, self.secret)

    def add(self, device: Authenticator | None = None, name: str = "Phone") -> Authenticator:
        """A new passkey, and the device that has it."""
        device = device or Authenticator(ORIGIN)
        self.secret = self.passkeys.add(self.actor, self.secret, name, device.create(self.begin())).secret
        return device

    def added(self, name: str = "Phone") -> str:
        """The mark of a new passkey."""
        before = {key.mark for key in self.passkeys.all(self.actor)}
        self.add(name=name)
        return next(key.mark for key in self.passkeys.all(self.actor) if key.mark not in before)

    def signed_in(self, *, confirmed: bool) -> tuple[Actor, str]:
        """Another session of the person."""
        with self.private.work() as session:
            person = session.get_one(Person, self.actor.id)
            now = self.clock()
            made = start(session, person, BY_PASSWORD, now, timedelta(hours=12), confirmed=confirmed)
        return made.actor, made.secret

    def half_in(self) -> str:
        """The secret of a sign-in that waits for its second step."""
        email = self.ask("SELECT email FROM person WHERE id = :who", who=self.actor.id)[0][0]
        try:
            self.sessions.sign_in(email, PASSWORD)
        except SecondStepNeeded as needed:
            return needed.pending.secret
        raise AssertionError("there is no second factor")

    def names(self) -> list[str]:
        return [key.name for key in self.passkeys.all(self.actor)]

    def ask(self, question: str, **facts: Any) -> list[tuple[Any, ...]]:
        """Rows of the database."""
        with self.private.read() as session:
            return [tuple(row) for row in session.execute(text(question), facts)]

    def acts(self) -> list[str]:
        """What was done to the person, but for how they came here."""
        question = "SELECT action FROM audit_event WHERE subject_id = :who ORDER BY id"
        rows = self.ask(question, who=self.actor.id)
        return [row[0] for row in rows if row[0] not in ("register", "grant", "sign-in")]

    def sit(self, name: str, role: Role = Role.MEMBER) -> Desk:
        """Another person of the same node."""
        return open_desk(self.private, self.clock, role, name)


def open_desk(
    private: PrivateDatabase,
    clock: SettableClock,
    role: Role = Role.MEMBER,
    name: str = "ada",
    *,
    asked: bool = True,
    base_url: str = ORIGIN,
) -> Desk:
    """Somebody new, in an organization of their own."""
    directory, sessions = Directory(private, clock), Sessions(private, clock, 12, factor_asked=asked)
    organization = directory.add_organization(f"{name}'s house", "a house")
    person = directory.add_person(f"{name}@example.org", name.title(), PASSWORD)
    directory.grant(person, organization, [role])
    terms = Terms(timedelta(hours=12), factor_asked=asked)
    office = open_office(private, Sealer(SECRET), clock, issuer="The Node", base_url=base_url, terms=terms)
    made = sessions.sign_in(f"{name}@example.org", PASSWORD)
    return Desk(private, clock, office, sessions, made.actor, made.secret)
