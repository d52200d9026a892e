"""How often programs may call the endpoints where they show who they are.

Secrets here have 256 bits, so what is limited is the work that trying costs us, and what must not
happen is that somebody who tries locks out the program they play. So a program is counted from each
address apart, and what all places together may try is asked only of places where the program has
not succeeded within the day.
"""

from __future__ import annotations

from contextlib import suppress

from flask import g, request

from api.limits import By, here, take_one
from api.node import the_node
from registry.errors import TooManyTries
from registry.identity.oauth.rules import DEVICE_GRANT
from registry.limits import Limit

KNOWN = Limit("known place", tries=1, seconds=86_400)
"""Used up where a program has succeeded: a fact that the limiter remembers, not a limit."""


def arrived(kind: str) -> None:
    """Count a request for the address that it came from; raises ``TooManyTries``."""
    if kind == "token" and request.form.get("grant_type") == DEVICE_GRANT:
        kind = "device-poll"
    g.oauth_kind, g.oauth_programs = kind, set()
    take_one(kind, By.ADDRESS, here())


def program(client_id: str) -> None:
    """Count a request for the program that it looks up, however it wrote the id; raises ``TooManyTries``."""
    if "oauth_kind" not in g or client_id in g.oauth_programs:
        return
    g.oauth_programs.add(client_id)
    take_one(g.oauth_kind, By.PROGRAM, client_id, here())
    if _shows_credentials() and not _is_known(client_id):
        take_one("credentials", By.PROGRAM, client_id)


def succeeded() -> None:
    """Remember that the programs of this request are at home where it came from."""
    if not _shows_credentials() or not the_node().settings.limits_percent:
        return
    for client_id in g.oauth_programs:
        with suppress(TooManyTries):
            the_node().limiter.take(KNOWN, client_id, here())


def refusal() -> dict[str, str]:
    """What a program is told that asked too often; one that waits for its person goes on waiting.

    RFC 6749 has no word for it at these endpoints; RFC 8628 section 3.5 has one for devices.
    """
    waits = g.oauth_kind == "device-poll"
    return {
        "error": "slow_down" if waits else "temporarily_unavailable",
        "error_description": "Too many requests. Wait as long as Retry-After says.",
    }


def _shows_credentials() -> bool:
    return "Authorization" in request.headers or "client_assertion" in request.form


def _is_known(client_id: str) -> bool:
    return the_node().limiter.look(KNOWN, client_id, here()).remaining == 0
