"""Who is using the pages: the person behind the session cookie, and the way to the sign-in page."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import g, request, session

from api.node import the_node
from registry.errors import N_, NotAllowed, NotSignedIn
from registry.identity.factors.pending import Pending
from registry.identity.rules import FACTOR_ROLES, PERMISSIONS, Actor, Permission
from registry.identity.starting import SignedIn
from web.pages import tokens

SECRET = "sid"  # noqa: S105 - the name of a key in the signed cookie
VISIT = "visit"
"""Key of the cookie of somebody who reports without an account."""
WAITING, MARK = "half", "mark"
"""Keys of the cookie between the two steps: the pending sign-in's secret, and the account's mark."""
NEXT_MAX = 2_000
"""Characters of an address to return to; a program's question to a person is the longest."""
LOCK_DIGITS = 9


class FactorMissing(NotAllowed):
    """The person's role allows it, but rests until a second factor is shown."""

    message = N_("This part of your work opens once you have shown a second factor.")


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
    sign in and come back) without a person, ``NotAllowed`` without the permission, and
    ``FactorMissing`` where a role that rests may have it.
    """
    the_node().require_private()
    actor = current_actor()
    if actor is None:
        raise NotSignedIn
    if permission is not None and not actor.holds(permission):
        raise FactorMissing if _would_hold(actor, permission) else NotAllowed
    return actor


def remember(signed_in: SignedIn) -> None:
    """Start a session in a fresh cookie: nothing from before the sign-in stays in it."""
    session.clear()
    session[SECRET] = signed_in.secret
    tokens.fresh_for(signed_in.actor.id)
    g.actor = signed_in.actor


def visit(secret: str) -> None:
    """Let somebody without an account on to their report, in a fresh cookie."""
    session.clear()
    session[VISIT] = secret
    guest = the_node().private.nameless.guest(secret)
    if guest is not None:
        tokens.fresh_for(guest.id)
    g.actor = guest


def wait(pending: Pending, mark: str) -> None:
    """Go on to the second step in a fresh cookie; ``mark`` is the account's for ``devices``."""
    session.clear()
    session[WAITING], session[MARK] = pending.secret, mark
    g.actor = None


def waiting_secret() -> str:
    """The secret of the sign-in that waits for its second step; empty without one."""
    return str(session.get(WAITING, ""))


def waiting_mark() -> str:
    """The mark of the account that is half signed in."""
    return str(session.get(MARK, ""))


def stop_waiting() -> None:
    """Forget the sign-in that waited."""
    session.pop(WAITING, None)
    session.pop(MARK, None)


def session_secret() -> str:
    """The secret of this session; empty for somebody who is not signed in."""
    return str(session.get(SECRET, ""))


def risen(secret: str) -> None:
    """Go on in the same session under its new secret, after a second factor was set up in it."""
    session[SECRET] = secret
    g.pop("actor", None)


def end() -> None:
    """End the session on the server and empty the cookie."""
    secret, visiting = session.get(SECRET), session.get(VISIT)
    if secret:
        the_node().private.sessions.sign_out(secret)
    if visiting:
        the_node().private.nameless.leave(visiting)
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
    return read_lock(request.form.get("lock", ""))


def read_lock(lock: str) -> int:
    """A version as a form carries it; -1, which none is, for what is no number of a version."""
    return int(lock) if lock.isascii() and lock.isdecimal() and len(lock) <= LOCK_DIGITS else -1


def _would_hold(actor: Actor, permission: Permission) -> bool:
    return actor.lacks_factor and bool(PERMISSIONS[permission].roles & FACTOR_ROLES)


def _actor() -> Actor | None:
    side = the_node().private_side
    if side is None:
        return None
    secret, visiting = session.get(SECRET), session.get(VISIT)
    if isinstance(secret, str):
        return side.sessions.person(secret)
    return side.nameless.guest(visiting) if isinstance(visiting, str) else None
