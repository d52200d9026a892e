"""Somebody with an account, and what is mailed to them."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import text

from registry.db.private import PrivateDatabase
from registry.identity.rules import Role
from registry.identity.secrets import password_matches
from registry.identity.selfcare.letters import WRITERS
from registry.identity.selfcare.mailbox import Mailbox
from registry.identity.selfcare.office import SelfcareOffice, open_office
from registry.identity.selfcare.passwords import Passwords
from registry.identity.tenants.letters import Letter
from tests.conftest import SettableClock
from tests.factories import PASSWORD
from tests.registry.identity.factors.desk import Desk, open_desk


@dataclass
class Home:
    """A person, Ada, at a desk, with the office for her account."""

    desk: Desk
    office: SelfcareOffice

    @property
    def passwords(self) -> Passwords:
        return self.office.passwords

    @property
    def mailbox(self) -> Mailbox:
        return self.office.mailbox

    def letters(self) -> list[Letter]:
        """What the worker would send of all that was queued since the last time."""
        jobs = self.desk.ask("SELECT id, kind, payload FROM outbox_job WHERE done_at IS NULL ORDER BY kind")
        found = []
        for key, kind, payload in jobs:
            given = payload if isinstance(payload, dict) else json.loads(payload)
            letter = self.office.letters.write(kind, given) if kind in WRITERS else None
            found += [letter] if letter is not None else []
            self.run("UPDATE outbox_job SET done_at = not_before WHERE id = :key", key=key)
        return found

    def letter(self, kind: str) -> Letter:
        """The only letter of a kind."""
        (found,) = [letter for letter in self.letters() if letter.kind == kind]
        return found

    def run(self, statement: str, **facts: object) -> None:
        """Change the database by hand."""
        with self.desk.private.work() as session:
            session.execute(text(statement), facts)

    def can_sign_in(self, email: str = "ada@example.org", password: str = PASSWORD) -> bool:
        """Whether the first step would go well."""
        from_there = self.desk.ask("SELECT password_hash FROM person WHERE email = :email", email=email)
        return bool(from_there) and password_matches(password, from_there[0][0])


def open_home(private: PrivateDatabase, clock: SettableClock) -> Home:
    """Ada's."""
    return Home(open_desk(private, clock, Role.MEMBER), open_office(private, clock))
