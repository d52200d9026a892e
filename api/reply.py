"""Responses: compact JSON, entity tags, and how long who may keep a copy."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import urlsafe_b64encode
from datetime import datetime
from typing import Any

from flask import Response, request

from registry.errors import N_, Malformed, PreconditionMissing, Stale

PRIVATE = "no-store"
"""For what only some may see, and for what people ask: no copy anywhere."""
PUBLIC = "public, max-age=60"
"""For records: short, because an erased record must soon be gone from every cache."""
STEADY = "public, max-age=3600"
"""For what changes with a release of the software only."""
TAG_BYTES = 12
"""Of a hash, as an ETag. Short, for other nodes send it every few minutes."""
_OURS = re.compile(r'"([0-9]{1,9})"', re.ASCII)
_ANY = re.compile(r'\*|(W/)?"[^"\x00-\x20]*"(\s*,\s*(W/)?"[^"\x00-\x20]*")*')
"""What may stand in ``If-Match`` at all (RFC 9110 section 8.8.3)."""


def dumps(data: Any) -> bytes:
    """Compact JSON in UTF-8."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def reply(data: Any, status: int = 200, *, cache: str = PRIVATE, lock: int | None = None) -> Response:
    """A JSON response; ``lock`` is the version that its ETag names."""
    response = Response(dumps(data), status, mimetype="application/json")
    response.headers["Cache-Control"] = cache
    if lock is not None:
        response.set_etag(str(lock))
    return response


def document(body: bytes, mimetype: str, cache: str) -> Response:
    """A public document with an ETag over its bytes; answers 304 to who has it already."""
    response = Response(body, mimetype=mimetype)
    response.headers["Cache-Control"] = cache
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.set_etag(urlsafe_b64encode(hashlib.sha256(body).digest()[:TAG_BYTES]).decode("ascii"))
    response.make_conditional(request)
    return response


def expected_lock() -> int:
    """The version that ``If-Match`` names.

    Raises ``PreconditionMissing`` without one, ``Malformed`` for what is no entity tag at all, and
    ``Stale`` for one that we never gave: a list, a weak tag, or ``*``, which names no version.
    """
    given = request.headers.get("If-Match", "").strip()
    if not given:
        raise PreconditionMissing
    match = _OURS.fullmatch(given)
    if match is not None:
        return int(match[1])
    if _ANY.fullmatch(given):
        raise Stale
    raise Malformed(N_('If-Match should be an ETag in quotes, such as "2".'))


def moment(at: datetime | None) -> str | None:
    """A time in RFC 3339, UTC, to the second."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else None
