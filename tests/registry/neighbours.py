"""People and things that tests of organizations need beside those of the house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from registry.db.columns import random_key
from registry.identity.models import SignIn
from registry.identity.oauth.models import Client, Grant
from registry.identity.oauth.registering import NewClient
from registry.identity.oauth.rules import Way
from registry.identity.rules import Actor, Role
from registry.identity.secrets import hash_secret, new_secret
from registry.identity.tenants.applications import Applicant, Wish
from registry.identity.tenants.letters import Letter
from registry.outbox import OutboxJob, finish, lease
from tests.factories import PASSWORD
from tests.registry.house import House

REASON = "We have known them for years."
WISH = Wish("Harbour Aid", "an aid group at the coast", "https://harbour.example", "We help people.")
ANN = Applicant("Ann Harbour", "ann@harbour.example", PASSWORD)


def join(house: House, name: str, like: Actor, *roles: Role) -> Actor:
    """A new person (``<name>@example.org``) in the organization of somebody known."""
    person_id = house.side.directory.add_person(f"{name}@example.org", name.title(), PASSWORD)
    house.side.directory.grant(person_id, like.organization_id, roles)
    return house.side.sessions.actor_of(person_id)


def again(house: House, actor: Actor) -> Actor:
    """The same person with the roles that they hold by now."""
    return house.side.sessions.actor_of(actor.id)


def session_of(house: House, actor: Actor) -> str:
    """The secret of an open session of somebody."""
    secret, now = new_secret(), house.clock()
    with house.private.work() as session:
        session.add(
            SignIn(
                secret_hash=hash_secret(secret),
                person_id=actor.id,
                organization_id=actor.organization_id,
                confirmed_at=now,
                started_at=now,
                expires_at=now + timedelta(hours=12),
            )
        )
    return secret


def program_of(house: House, actor: Actor, *scopes: str) -> NewClient:
    """A program of somebody's organization."""
    return house.side.directory.add_client(
        actor.organization_id, "A program", scopes or ("submissions:read",), Way(bearer=True)
    )


def token_of(house: House, program: NewClient) -> str:
    """An access token that a program got for itself just now."""
    found = house.side.oauth.programs.find(program.id)
    assert found is not None
    return house.side.oauth.tokens.make_for_program(program.id, tuple(found.scopes), found.generation)


def grant_of(house: House, actor: Actor, program: NewClient) -> str:
    """A living grant of a person for a program; returns its id."""
    now, key = house.clock(), random_key()
    with house.private.work() as session:
        session.get_one(Client, program.id)
        session.add(
            Grant(
                id=key,
                client_id=program.id,
                person_id=actor.id,
                organization_id=actor.organization_id,
                scopes="submissions:read",
                granted_at=now,
                expires_at=now + timedelta(days=90),
            )
        )
    return key


def lives(house: House, grant_id: str) -> bool:
    """Whether a grant may still be used."""
    rows = house.ask("SELECT revoked_at FROM oauth_grant WHERE id = :key", key=grant_id)
    return bool(rows) and rows[0][0] is None


@dataclass(frozen=True)
class Post:
    """The letters that are due, taken out of the outbox as the worker does."""

    house: House

    def collect(self) -> list[Letter]:
        """Every letter that is due now."""
        letters = self.house.side.tenants.letters
        found = []
        while True:
            with self.house.private.work() as session:
                taken = lease(session, MAIL, self.house.clock())
            if taken is None:
                return found
            letter = letters.write(taken.kind, taken.payload)
            found += [letter] if letter is not None else []
            with self.house.private.work() as session:
                finish(session, taken, self.house.clock())

    def payloads(self) -> list[dict[str, str]]:
        """What queued jobs carry."""
        with self.house.private.read() as session:
            return [dict(job.payload) for job in session.query(OutboxJob).all()]


MAIL = ("mail.application", "mail.address-known", "mail.approved", "mail.declined", "mail.invitation")


def apply(house: House, wish: Wish = WISH, applicant: Applicant = ANN) -> str:
    """Apply and confirm the address; returns the organization's id."""
    house.side.tenants.applications.apply(wish, applicant)
    letter = Post(house).collect()[-1]
    house.side.tenants.applications.confirm(letter.secret, applicant.password)
    return organization_of(house, applicant.email)


def organization_of(house: House, email: str) -> str:
    """Id of the organization that somebody applied for last."""
    rows = house.ask(
        "SELECT a.organization_id FROM organization_application a JOIN person p ON p.id = a.applicant_id"
        " WHERE p.email = :email",
        email=email,
    )
    return str(rows[-1][0])
