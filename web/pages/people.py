"""Who is using the pages: the person behind the session cookie, and the way to the sign-in page."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import g, request, session

from api.node import the_node
from registry.errors import NotAllowed, NotSignedIn
from registry.identity.rules import Actor, Permission
from registry.identity.starting import SignedIn

SECRET = "sid"  # noqa: S105 - the name of a key in the signed cookie
NEXT_MAX = 2_000
"""Characters of an address to return to; a program's question to a person is the longest."""
LOCK_DIGITS = 9


def current_actor() -> Actor | None:
    """The person signed in, or None; looked up once a request and anew in each, so that an end counts."""
    if "actor" not in g:
        g.actor = None  # an error page about a database that is down must not ask it again
        g.actor = _actor()
    actor: Actor | None = g.actor
    return actor


def require_actor(permission: Permission | None = None) -> Actor:
    """The person signed in.

    Raises ``NotFound`` on a node without private pages, ``NotSignedIn`` (which leads a reader to
    sign in and come back) without a person, and ``NotAllowed`` without the permission.
    """
    the_node().private  # noqa: B018 - raises where such pages do not exist
    actor = current_actor()
    if actor is None:
        raise NotSignedIn
    if permission is not None and not actor.holds(permission):
        raise NotAllowed
    return actor


def remember(signed_in: SignedIn) -> None:
    """Start a session in a fresh cookie: nothing from before the sign-in stays in it."""
    session.clear()
    session[SECRET] = signed_in.secret
    g.actor = signed_in.actor


def end() -> None:
    """End the session on the server and empty the cookie."""
    secret = session.get(SECRET)
    if secret:
        the_node().private.sessions.sign_out(secret)
    session.clear()
    g.actor = None


def safe_next(target: str | None, otherwise: str) -> str:
    """The address to go on to, if it is a path of this site; else ``otherwise``.

    Refuses other hosts, ``//host``, backslashes that browsers read as slashes, and control characters.
    """
    if not target or len(target) > NEXT_MAX or not target.startswith("/"):
        return otherwise
    if target.startswith("//") or "\\" in target or any(ord(character) < ord("!") for character in target):
        return otherwise
    try:
        parts = urlsplit(target)
    except ValueError:
        return otherwise
    return otherwise if parts.scheme or parts.netloc else target


def lock_seen() -> int:
    """The version that a page with a form showed (its field ``lock``); -1, which none is, without one."""
    lock = request.form.get("lock", "")
    return int(lock) if lock.isascii() and lock.isdecimal() and len(lock) <= LOCK_DIGITS else -1


def _actor() -> Actor | None:
    side = the_node().private_side
    secret = session.get(SECRET) if side is not None else None
    if side is None or not isinstance(secret, str):
        return None
    return side.sessions.person(secret)
