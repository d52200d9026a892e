"""Who is calling: a bearer token (RFC 6750 section 2.1) and nothing else.

Cookies are never looked at here, so a page of somebody else's cannot make a browser act (CSRF).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from flask import Response, request

from api import limits
from api.node import PrivateSide, the_node
from registry.errors import N_, CommonsError, NotAllowed, NotSignedIn
from registry.identity.oauth.tokens import TOKEN_MAX
from registry.identity.rules import Actor

View = Callable[..., Response]


def the_actor() -> Actor:
    """The client whose token came; raises ``NotSignedIn``, or ``NotFound`` on a public-only node."""
    side = the_node().private
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token:
        raise NotSignedIn(N_("Send a token: Authorization: Bearer …"))
    known = _known(side, token) if len(token) <= TOKEN_MAX and token.isascii() else None
    if known is None:
        raise NotSignedIn(N_("This token is not valid here."), bearer="refused")
    return known


def _known(side: PrivateSide, token: str) -> Actor | None:
    """A signed token of ours has three parts; a long-lived one of a program has no dot in it."""
    return side.oauth.tokens.actor(token) if "." in token else side.sessions.client(token)


def counted(kind: str) -> Callable[[View], View]:
    """Let a view that anybody may call be called as often as the limits of this kind allow.

    A good token has the request counted for its program and person, so that their neighbours do not
    matter; anything else, a database that is down included, has it counted for the address.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def limited(*args: Any, **kwargs: Any) -> Response:
            actor = None
            if "Authorization" in request.headers:
                with suppress(CommonsError):
                    actor = the_actor()
            limits.take(kind, actor)
            return view(*args, **kwargs)

        return limited

    return decorate


def needs(*scopes: str, kind: str) -> Callable[[View], View]:
    """Let a view be called only with a token of all these scopes; the actor becomes its first argument.

    Counts the request under the limits of this kind, and tokens that are not valid for the address.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Response:
            try:
                actor = the_actor()
            except NotSignedIn:
                limits.take("refused")
                raise
            limits.take(kind, actor)
            lacking = [scope for scope in scopes if scope not in actor.scopes]
            if lacking:
                raise NotAllowed(N_("This token lacks the scope %(scope)s."), scope=" ".join(lacking))
            return view(actor, *args, **kwargs)

        return guarded

    return decorate
