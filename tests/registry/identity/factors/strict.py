"""Identity services of a node with second factors switched on, and what an app on a phone shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pyotp
from sqlalchemy import text

from registry.db.private import PrivateDatabase
from registry.identity.directory import Directory
from registry.identity.factors.office import FactorsOffice, open_office
from registry.identity.factors.pending import SecondStepNeeded, Terms
from registry.identity.rules import Actor, Role
from registry.identity.sessions import Sessions
from registry.sealing import Sealer
from tests.conftest import SettableClock
from tests.factories import PASSWORD
from tests.registry.house import SECRET


@dataclass
class App:
    """An authenticator app in which the secret was typed."""

    secret: str
    clock: SettableClock

    def code(self, steps: int = 0) -> str:
        """The code shown now, or so many half minutes from now."""
        return pyotp.TOTP(self.secret).at(self.clock() + timedelta(seconds=30 * steps))

    def wrong(self) -> str:
        """Six digits that are no code of these minutes."""
        near = {self.code(steps) for steps in range(-3, 4)}
        return next(code for code in (f"{n:06}" for n in range(10)) if code not in near)


@dataclass
class Strict:
    """Services on one private database, with its clock."""

    private: PrivateDatabase
    clock: SettableClock
    directory: Directory
    sessions: Sessions
    factors: FactorsOffice

    def person(self, name: str, *roles: Role) -> str:
        """Register somebody (``<name>@example.org``, ``PASSWORD``); returns the id."""
        house = self.directory.add_organization(f"House of {name}", "a house")
        key = self.directory.add_person(f"{name}@example.org", name.title(), PASSWORD)
        self.directory.grant(key, house, roles or [Role.REVIEWER])
        return key

    def sign_in(self, name: str, app: App | None = None) -> tuple[Actor, str]:
        """Somebody signed in, with both steps where it takes two; gives actor and secret."""
        try:
            done = self.sessions.sign_in(f"{name}@example.org", PASSWORD)
        except SecondStepNeeded as needed:
            assert app is not None, "the second step needs the app"
            self.clock.forward(seconds=30)
            done = self.factors.second_step.by_code(needed.pending.secret, app.code()).signed_in
        return done.actor, done.secret

    def half_in(self, name: str) -> str:
        """The secret of a sign-in that waits for its second step."""
        try:
            self.sessions.sign_in(f"{name}@example.org", PASSWORD)
        except SecondStepNeeded as needed:
            return needed.pending.secret
        raise AssertionError(f"{name} has no second factor")

    def with_app(self, name: str, *roles: Role) -> tuple[App, str, tuple[str, ...]]:
        """Somebody who has set up one-time codes; gives the app, the session's secret, recovery codes."""
        self.person(name, *roles)
        actor, secret = self.sign_in(name)
        self.factors.own.prepare(actor, secret, PASSWORD)
        app = App(self.factors.own.setting_up(actor, secret).secret, self.clock)
        risen = self.factors.own.confirm(actor, secret, app.code())
        return app, risen.secret, risen.codes

    def actor(self, secret: str) -> Actor:
        """Who a cookie stands for."""
        found = self.sessions.person(secret)
        assert found is not None
        return found

    def ask(self, question: str, **facts: Any) -> list[tuple[Any, ...]]:
        """Rows of the database."""
        with self.private.read() as session:
            return [tuple(row) for row in session.execute(text(question), facts)]

    def acts(self, person_id: str) -> list[str]:
        """What the trail says was done to a person."""
        rows = self.ask("SELECT action FROM audit_event WHERE subject_id = :who ORDER BY id", who=person_id)
        return [row[0] for row in rows]

    def letters(self, person_id: str) -> list[str]:
        """Kinds of letters that wait for the worker."""
        rows = self.ask("SELECT kind, payload FROM outbox_job ORDER BY not_before")
        return [kind for kind, payload in rows if person_id in str(payload)]


def open_strict(private: PrivateDatabase, clock: SettableClock, *, asked: bool = True) -> Strict:
    terms = Terms(timedelta(hours=12), asked)
    return Strict(
        private,
        clock,
        Directory(private, clock),
        Sessions(private, clock, 12, factor_asked=asked),
        open_office(
            private, Sealer(SECRET), clock, issuer="Test node", base_url="https://node.example", terms=terms
        ),
    )
