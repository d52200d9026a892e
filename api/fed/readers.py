"""Who may read the log and the copies: anybody, or nodes that are followed here and sign their requests."""

from __future__ import annotations

from flask import Response, request

from api import problems
from api.node import the_node
from registry.errors import N_, NotSignedIn
from registry.federation.signed_requests import WANTED
from registry.ledger.refusal import Refused

UNSIGNED = N_("This node hands out its log only to nodes that it follows. Sign the request (RFC 9421).")


def admit() -> Response | None:
    """None for whoever may read; else the answer that says what to sign."""
    node = the_node()
    if not node.settings.signed_reads:
        return None
    try:
        node.federation.callers.recognize(request.method, signed_address(), dict(request.headers))
    except Refused:
        refused = problems.from_error(NotSignedIn(UNSIGNED))
        refused.headers["WWW-Authenticate"] = "Signature"
        refused.headers["Accept-Signature"] = WANTED
        return refused
    return None


def signed_address() -> str:
    """The whole address of this request, as whoever asks has to sign it."""
    query = request.query_string.decode("latin-1")
    base = the_node().settings.base_url.rstrip("/")
    return f"{base}{request.path}{'?' if query else ''}{query}"


def not_for_all(response: Response) -> Response:
    """Keep what only some may read out of caches that serve all."""
    if the_node().settings.signed_reads:
        told = response.headers.get("Cache-Control", "")
        response.headers["Cache-Control"] = told.replace("public", "private")
    return response
