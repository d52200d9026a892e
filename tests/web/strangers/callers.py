"""Everybody who can come: people by cookie, programs by token, nobody. None owns what is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from flask import Flask
from flask.testing import FlaskClient

from api.node import Node
from registry.db.columns import random_key
from registry.identity.models import SignIn
from registry.identity.oauth.models import Grant
from registry.identity.oauth.rules import Way
from registry.identity.rules import SCOPES, Actor, Role
from registry.identity.secrets import hash_secret, new_secret
from registry.identity.tenants.rules import OPERATOR
from tests.factories import PASSWORD
from tests.web.strangers.things import LONG, Victim
from web.pages.people import SECRET

_TOKEN = re.compile(r'name="csrf_token" value="([^"]*)"')
EVERYTHING = tuple(Role)
ALL_SCOPES = tuple(SCOPES)


@dataclass
class Caller:
    """Somebody with a browser or a token; ``actor`` is None for those whom the node does not let in."""

    name: str
    door: str
    actor: Actor | None
    client: FlaskClient
    csrf: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def everybody(node: Node, app: Flask) -> Iterator[Caller]:
    """All callers. People and programs are of one house, which has nothing to do with the victim."""
    side = node.private
    house = side.directory.add_organization("Lake House", "a house at a lake")
    away = side.directory.add_organization("Stopped House", "a house that was stopped")
    yield _browser(app, "nobody", "", None)
    for roles in [(), *((role,) for role in Role), EVERYTHING]:
        yield _person(node, app, house, roles)
    for role in (Role.REVIEWER, Role.STEWARD):
        yield _person(node, app, house, (role,), rests=True)
    for scopes in [*((scope,) for scope in SCOPES), ALL_SCOPES]:
        name = "program, every scope" if scopes == ALL_SCOPES else f"program, {scopes[0]}"
        made = side.directory.add_client(house, name, scopes, Way(bearer=True))
        yield _program(app, name, made.token, side.sessions.client(made.token))
    made = side.directory.add_client(house, "lent", ALL_SCOPES)
    for roles in [*((role,) for role in Role), EVERYTHING]:
        yield _through(node, app, made.id, house, roles)
    stopped = side.directory.add_client(away, "stopped", ALL_SCOPES, Way(bearer=True))
    person = _person(node, app, away, EVERYTHING)
    through = _through(node, app, stopped.id, away, EVERYTHING)
    side.custody.suspension.suspend(OPERATOR, away, "They sold what they read.")
    for caller, name in ((person, "person"), (through, "person through program")):
        caller.name, caller.actor = f"{name} of a suspended organization", None
        yield caller
    yield _program(app, "program of a suspended organization", stopped.token, None)


def owner(node: Node, app: Flask, victim: Victim) -> Caller:
    """The administrator of the victim, to whom the things belong."""
    return _session(node, app, "owner", victim.owner.id, victim.organization_id)


def _person(
    node: Node, app: Flask, organization_id: str, roles: tuple[Role, ...], *, rests: bool = False
) -> Caller:
    """A person of these roles in a session in which a second factor was shown, or was not."""
    name = _words(roles) + (" whose factor was not shown" if rests else "")
    return _session(node, app, name, _register(node, organization_id, roles), organization_id, rests=rests)


def _session(
    node: Node, app: Flask, name: str, person_id: str, organization_id: str, *, rests: bool = False
) -> Caller:
    secret, now = new_secret(), node.clock()
    with node.private.database.work() as session:
        session.add(
            SignIn(
                secret_hash=hash_secret(secret),
                person_id=person_id,
                organization_id=organization_id,
                confirmed_at=None if rests else now,
                started_at=now,
                expires_at=now + LONG,
            )
        )
    return _browser(app, name, secret, node.private.sessions.person(secret))


def _through(node: Node, app: Flask, client_id: str, organization_id: str, roles: tuple[Role, ...]) -> Caller:
    """A person of these roles who lent a program everything."""
    side, now, key = node.private, node.clock(), random_key()
    person_id = _register(node, organization_id, roles)
    with side.database.work() as session:
        session.add(
            Grant(
                id=key,
                client_id=client_id,
                person_id=person_id,
                organization_id=organization_id,
                scopes=" ".join(ALL_SCOPES),
                granted_at=now,
                expires_at=now + LONG,
            )
        )
    token = side.oauth.tokens.make_for_person(
        client_id=client_id, subject=person_id, scopes=ALL_SCOPES, grant_id=key
    )
    return _program(app, f"{_words(roles)} through a program", token, side.oauth.tokens.actor(token))


def _register(node: Node, organization_id: str, roles: tuple[Role, ...]) -> str:
    directory, key = node.private.directory, random_key()
    person_id = directory.add_person(f"{key}@lake.example", "Somebody", PASSWORD)
    directory.grant(person_id, organization_id, roles)
    return person_id


def _browser(app: Flask, name: str, secret: str, actor: Actor | None) -> Caller:
    client = app.test_client()
    if secret:
        with client.session_transaction() as cookie:
            cookie[SECRET] = secret
    page = client.get("/account" if actor else "/signin").text
    found = _TOKEN.search(page)
    assert found is not None, f"{name}: no form on the first page"
    return Caller(name, "page", actor, client, csrf=found[1])


def _program(app: Flask, name: str, token: str, actor: Actor | None) -> Caller:
    headers = {"Authorization": f"Bearer {token}"}
    return Caller(name, "api", actor, app.test_client(), headers=headers)


def _words(roles: tuple[Role, ...]) -> str:
    if roles == EVERYTHING:
        return "person of every role"
    return roles[0].value if roles else "person without a role"
