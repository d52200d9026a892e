"""The world of these tests: a node, a victim with everything that can be asked for, and everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from api.node import Node
from api.paths import KEY_PATTERN
from registry.db.private import PrivateBase
from registry.limits import Limiter
from tests.conftest import SettableClock
from tests.factories import settings_in
from tests.web.strangers.callers import Caller, everybody
from tests.web.strangers.routes import ROUTES, Route
from tests.web.strangers.things import Thing, Victim, build, settle
from web import wiring
from web.app import create_app
from web.setup import initialise

DAY = 86_400
Rows = set[tuple[str, str]]


@dataclass(frozen=True)
class World:
    """Everything, made once: tests only ask."""

    node: Node
    app: Flask
    victim: Victim
    things: list[Thing]
    callers: list[Caller]
    scopes: dict[str, frozenset[str]]

    def needed(self, rule: Rule, method: str) -> frozenset[str]:
        """The scopes that the API's own description asks for."""
        path = re.sub(r"<[^:>]+:(\w+)>", r"{\1}", rule.rule)
        return self.scopes.get(f"{method} {path}", frozenset())

    def expected(self, caller: Caller, rule: Rule, method: str) -> int:
        """What a stranger is told of what is not theirs: who are you, you may not, there is nothing."""
        door, route = "api" if rule.rule.startswith("/api/") else "page", ROUTES[rule.endpoint]
        if caller.actor is None or caller.door != door:
            return 303 if door == "page" and method == "GET" else 401
        lacking = self.needed(rule, method) - caller.actor.scopes
        if (door == "api" and lacking) or not caller.actor.holds(route.needs):
            return 403
        return route.absent

    def asked_for(self, caller: Caller, rule: Rule, status: int) -> list[Thing]:
        """The things to ask for: all of the kind that are not rightly open, and one of each other kind.

        Where the door is not the caller's, one is enough. A public identifier is no key: addresses of other
        kinds of things do not even look at it.
        """
        route = ROUTES[rule.endpoint]
        others = [one for one in self.one_of_each() if one.kind == route.kind or _is_key(one.key)]
        if (caller.door == "api") != rule.rule.startswith("/api/"):
            return [thing for thing in others if thing.kind == route.kind]
        held = status == route.absent
        of_the_kind = [thing for thing in self.things if thing.kind == route.kind]
        asked = [thing for thing in of_the_kind if not (held and is_rightful(thing, route))]
        return asked + [thing for thing in others if thing.kind != route.kind]

    def one_of_each(self) -> list[Thing]:
        """The first thing of each kind."""
        return list({thing.kind: thing for thing in reversed(self.things)}.values())

    def caller(self, name: str) -> Caller:
        """One of them by name."""
        return next(caller for caller in self.callers if caller.name == name)

    def rows(self) -> Rows:
        """Every row of the private database that names the victim or one of the things."""
        keys = [self.victim.organization_id, *(thing.key for thing in self.things)]
        found: Rows = set()
        with self.node.private.database.read() as session:
            for table in PrivateBase.metadata.sorted_tables:
                whole = {repr(tuple(row)) for row in session.execute(select(table))}
                found |= {(table.name, row) for row in whole if any(key in row for key in keys)}
        return found


@contextmanager
def opened(folder: Path) -> Iterator[World]:
    """The world, in which a day passes between any two looks at the clock of the limits."""
    clock = SettableClock()
    settings = settings_in(folder, second_factor=True)
    initialise(settings, clock)
    node = wiring.build(settings, clock)
    side = node.private
    endless = Limiter("memory://", settings.secret_key, clock, ticks=count(step=DAY).__next__)
    node = replace(node, private_side=replace(side, limiter=endless))
    app, victim = create_app(node), settle(node)
    yield World(node, app, victim, build(victim), list(everybody(node, app)), _scopes(app))
    wiring.close(node)


def _is_key(text: str) -> bool:
    return re.fullmatch(KEY_PATTERN, text) is not None


def is_rightful(thing: Thing, route: Route) -> bool:
    """Whether those with the permission may ask for this thing of somebody else's."""
    return thing.kind == route.kind and thing.label in route.rightful


def _scopes(app: Flask) -> dict[str, frozenset[str]]:
    """``GET /api/v1/…`` → scopes, from the API's own description."""
    paths = app.test_client().get("/api/v1/openapi.json").get_json()["paths"]
    return {
        f"{method.upper()} {path}": frozenset(
            scope for one in operation.get("security", []) for scope in one.get("bearer", [])
        )
        for path, operations in paths.items()
        for method, operation in operations.items()
        if isinstance(operation, dict)
    }
