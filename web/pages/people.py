"""Who is using the pages: the person behind the session cookie, and the way to the sign-in page."""

from __future__ import annotations

from typing import NoReturn
from urllib.parse import urlsplit

from flask import abort, g, redirect, request, session, url_for

from api.node import the_node
from registry.errors import NotAllowed
from registry.identity.rules import Actor, Permission
from registry.identity.sessions import SignedIn

SECRET = "sid"  # noqa: S105 - the name of a key in the signed cookie
NEXT_MAX = 500
"""Characters of an address to return to."""


def current_actor() -> Actor | None:
    """The person signed in, or None; looked up once a request and anew in each, so that an end counts."""
    if "actor" not in g:
        g.actor = _actor()
    actor: Actor | None = g.actor
    return actor


def require_actor(permission: Permission | None = None) -> Actor:
    """The person signed in; sends everybody else to sign in and come back.

    Raises ``NotFound`` on a node without private pages and ``NotAllowed`` without the permission.
    """
    the_node().private  # noqa: B018 - raises where such pages do not exist
    actor = current_actor()
    if actor is None:
        _sign_in_first()
    if permission is not None and not actor.holds(permission):
        raise NotAllowed
    return actor


def begin(signed_in: SignedIn) -> None:
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


def _actor() -> Actor | None:
    side = the_node().private_side
    secret = session.get(SECRET) if side is not None else None
    if side is None or not isinstance(secret, str):
        return None
    return side.sessions.person(secret)


def _sign_in_first() -> NoReturn:
    here = request.full_path.rstrip("?") if request.method == "GET" else "/"
    abort(redirect(url_for("signin.form", next=here)))
