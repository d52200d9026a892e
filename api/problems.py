"""One table: which error of the field becomes which problem response (RFC 9457).

Everything a caller sees of an error is made here. Inner texts of unknown errors never get out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response
from werkzeug.exceptions import HTTPException, UnsupportedMediaType

from registry import errors
from registry.errors import N_, CommonsError, Gone, Invalid, NotReady, NotSignedIn, Problem, TooManyTries
from registry.identity.sessions import SignInRefused

CONTENT_TYPE = "application/problem+json"
TYPE = "urn:incident-commons:problem:"
"""Prefix of every problem type; the rest is the slug of the table."""
REALM = 'Bearer realm="Incident Commons"'
"""Challenge of every 401 (RFC 6750 section 3)."""
ERRORS_MAX = 100
"""Problems listed in one response; a hostile body could have thousands."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a caller is told: HTTP status, slug of the problem type, title."""

    status: int
    slug: str
    title: str


TABLE: dict[type[CommonsError], Kind] = {
    errors.Malformed: Kind(400, "malformed", N_("The request could not be read")),
    errors.NotSignedIn: Kind(401, "not-signed-in", N_("A token is needed")),
    SignInRefused: Kind(401, "sign-in-refused", N_("Sign-in refused")),
    errors.NotAllowed: Kind(403, "not-allowed", N_("Not allowed")),
    errors.NotFound: Kind(404, "not-found", N_("Not found")),
    errors.Conflict: Kind(409, "conflict", N_("Not possible in the present state")),
    errors.NotReady: Kind(409, "not-ready", N_("Not ready yet")),
    errors.Gone: Kind(410, "gone", N_("Removed")),
    errors.Stale: Kind(412, "stale", N_("Changed in the meantime")),
    errors.TooLarge: Kind(413, "too-large", N_("Too large")),
    errors.Invalid: Kind(422, "invalid", N_("Some answers need attention")),
    errors.PreconditionMissing: Kind(428, "precondition-missing", N_("If-Match is missing")),
    errors.TooManyTries: Kind(429, "too-many-tries", N_("Too many tries")),
    errors.Unavailable: Kind(503, "unavailable", N_("Not available right now")),
    errors.CommonsError: Kind(500, "internal", N_("Something went wrong")),
}
"""Error class → what the caller is told; a subclass without a line of its own gets its parent's."""

BY_STATUS: dict[int, Kind] = {kind.status: kind for kind in reversed(TABLE.values())}
"""Status → the first line of the table with it."""

HTTP_TEXT: dict[int, str] = {
    400: N_("The request could not be read."),
    404: N_("There is nothing at this address."),
    405: N_("This address does not do that. The header Allow says what it does."),
    413: N_("This is too large for this address."),
    414: N_("The address is too long."),
    431: N_("The headers are too large. Send fewer, or shorter ones."),
    415: N_("Send JSON with Content-Type: application/json, not compressed."),
    500: N_("Something went wrong here. It was noted; please try again later."),
}
"""Status → sentence for errors that come from the web server's side rather than from the field."""


class WrongMedia(UnsupportedMediaType):
    """A body of a kind that its address does not take, with a sentence of ours that says what it takes."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


def from_error(error: CommonsError) -> Response:
    """The response for an error of the field."""
    kind = next(TABLE[cls] for cls in type(error).__mro__ if cls in TABLE)
    members: dict[str, Any] = {}
    if isinstance(error, (Invalid, NotReady)):
        members["errors"] = _listed(error.problems)
        detail = error.message
    else:
        detail = error.text
    if isinstance(error, TooManyTries) and "limit" in error.facts:
        members["violated-policies"] = [error.facts["limit"]]
    if isinstance(error, Gone):
        members |= {name: error.facts.get(name) for name in ("reason", "removed", "successor")}
    return problem(kind, detail, members, _headers(error))


def from_http(error: HTTPException) -> Response:
    """The response for an error that Flask or Werkzeug raised; keeps headers such as ``Allow``."""
    status = error.code or 500
    kind = BY_STATUS.get(status) or Kind(status, error.name.lower().replace(" ", "-"), error.name)
    kept = {name: value for name, value in error.get_headers() if name != "Content-Type"}
    said = error.sentence if isinstance(error, WrongMedia) else HTTP_TEXT.get(status, error.name + ".")
    return problem(kind, said, {}, kept)


def problem(kind: Kind, detail: str, members: Mapping[str, Any], headers: Mapping[str, str]) -> Response:
    """A problem response with extension members."""
    body = {
        "type": TYPE + kind.slug,
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        **members,
    }
    response = Response(json.dumps(body, separators=(",", ":")), kind.status, headers)
    response.headers["Content-Type"] = CONTENT_TYPE
    response.headers["Cache-Control"] = "no-store"
    return response


def _listed(problems: Iterable[Problem]) -> list[dict[str, str]]:
    shown = list(problems)
    listed = [{"pointer": found.pointer, "detail": str(found)} for found in shown[:ERRORS_MAX]]
    if len(shown) > ERRORS_MAX:
        listed.append({"pointer": "", "detail": f"… and {len(shown) - ERRORS_MAX} more."})
    return listed


def _headers(error: CommonsError) -> dict[str, str]:
    headers = {}
    if isinstance(error, (NotSignedIn, SignInRefused)):
        refused = ', error="invalid_token"' if "bearer" in error.facts else ""  # RFC 6750 section 3.1
        headers["WWW-Authenticate"] = REALM + refused
    if "scope" in error.facts:
        headers["WWW-Authenticate"] = f'{REALM}, error="insufficient_scope", scope="{error.facts["scope"]}"'
    if "retry_after" in error.facts:
        headers["Retry-After"] = str(error.facts["retry_after"])
    return headers
