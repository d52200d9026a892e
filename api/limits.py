"""How much each program, person and address may ask of this node: one table, and the headers that tell.

The headers are those of draft-ietf-httpapi-ratelimit-headers-11 (sections 3 and 4): ``RateLimit-Policy``
says what is allowed, ``RateLimit`` what is left. Both come with every answer that was counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from math import ceil

from flask import Response, g, request

from api.node import the_node
from registry.errors import TooManyTries
from registry.identity.rules import Actor
from registry.limits import Allowance, Limit

MINUTE = 60
ROWS = 100
"""Rows of a file that count as one try of ``bulk``."""


class By(StrEnum):
    """For whom tries are counted."""

    PROGRAM = "program"
    PERSON = "person"
    ADDRESS = "address"


TABLE: dict[str, dict[By, int]] = {
    # The API and its pages. A program that acts for a person is counted as both.
    "read": {By.PROGRAM: 600, By.PERSON: 300, By.ADDRESS: 300},
    "search": {By.PROGRAM: 600, By.PERSON: 120, By.ADDRESS: 120},
    "log": {By.ADDRESS: 3000},  # mirrors read tiles, which caches in front may keep for ever
    "write": {By.PROGRAM: 60, By.PERSON: 60},
    "upload": {By.PROGRAM: 30, By.PERSON: 30},  # each has a picture drawn anew
    "bulk": {By.PROGRAM: 60, By.PERSON: 60},  # hundreds of rows in files
    "typing": {By.PROGRAM: 120, By.PERSON: 60},  # what resembles what is being written or judged
    "refused": {By.ADDRESS: 60},  # tokens that are not valid here
    "receipt": {By.ADDRESS: 20},  # codes tried to follow a report
    # Endpoints where programs show who they are; a program is counted from each address apart.
    "token": {By.ADDRESS: 120, By.PROGRAM: 60},
    "device-poll": {By.ADDRESS: 300, By.PROGRAM: 240},  # one device asks twelve times a minute
    "device": {By.ADDRESS: 12},  # each is a row that nobody signed in for
    "revoke": {By.ADDRESS: 120, By.PROGRAM: 60},
    "introspect": {By.ADDRESS: 600, By.PROGRAM: 600},
    "credentials": {By.PROGRAM: 10},  # tries from places where the program never succeeded
}
"""What is asked for → by whom it is counted → how often a minute, at 100 percent."""


def take(kind: str, actor: Actor | None = None) -> None:
    """Count this request for the program and the person who ask, without either for the address.

    Raises ``TooManyTries`` when one of them has nothing left.
    """
    for by, name in _counted(actor):
        take_one(kind, by, name)


def take_one(kind: str, by: By, *who: str) -> None:
    """Count this request under one line of the table, if there is such a line; raises ``TooManyTries``."""
    node = the_node()
    percent = node.settings.limits_percent
    if not percent or by not in TABLE[kind]:
        return
    limit = scaled(kind, by, percent)
    try:
        allowance = node.limiter.take(limit, *who)
    except TooManyTries as refused:
        _told().append(Allowance(limit, 0, int(str(refused.facts["retry_after"]))))
        raise
    _told().append(allowance)


def take_rows(actor: Actor, rows: int) -> None:
    """Count a file of so many rows for the program and the person who send it.

    Raises ``TooManyTries`` when one of them has not enough left; then nothing is counted for that one.
    """
    node = the_node()
    percent = node.settings.limits_percent
    for by, name in _counted(actor) if percent else ():
        limit = scaled("bulk", by, percent)
        times = min(max(1, ceil(rows / ROWS)), limit.tries)
        allowance = node.limiter.look(limit, name)
        if allowance.remaining < times:
            _told().append(allowance)
            raise TooManyTries(retry_after=allowance.reset_seconds, limit=limit.name)
        for _ in range(times):
            allowance = node.limiter.take(limit, name)
        _told().append(allowance)


def here() -> str:
    """The address that the request is counted by, an IPv6 network for an address in it."""
    return request.remote_addr or ""


@lru_cache(maxsize=1000)
def scaled(kind: str, by: By, percent: int) -> Limit:
    """A line of the table at so many percent, never less than one try."""
    return Limit(f"{kind}-{by}", max(1, TABLE[kind][by] * percent // 100), MINUTE)


def tell(response: Response) -> Response:
    """Put onto an answer what is allowed and what is left of it."""
    told = _told()
    if told:
        response.headers["RateLimit-Policy"] = ", ".join(
            f'"{one.limit.name}";q={one.limit.tries};w={one.limit.seconds}' for one in told
        )
        response.headers["RateLimit"] = ", ".join(
            f'"{one.limit.name}";r={one.remaining};t={one.reset_seconds}' for one in told
        )
    return response


def _counted(actor: Actor | None) -> Iterator[tuple[By, str]]:
    if actor is None:
        yield By.ADDRESS, here()
        return
    # The person first: what is refused to one person must not use up the program of all the others.
    if actor.client_id != actor.id:
        yield By.PERSON, actor.id
    if actor.client_id is not None:
        yield By.PROGRAM, actor.client_id


def _told() -> list[Allowance]:
    if "allowances" not in g:
        g.allowances = []
    told: list[Allowance] = g.allowances
    return told
