"""Responses: compact JSON, entity tags, and how long who may keep a copy."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from flask import Response, request

from registry.errors import PreconditionMissing, Stale

PRIVATE = "no-store"
"""For what only some may see, and for what people ask: no copy anywhere."""
PUBLIC = "public, max-age=60"
"""For records: short, because an erased record must soon be gone from every cache."""
STEADY = "public, max-age=3600"
"""For what changes with a release of the software only."""
_ETAG = re.compile(r'"([0-9]{1,9})"')


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
    response.add_etag()
    response.make_conditional(request)
    return response


def expected_lock() -> int:
    """The version that ``If-Match`` names; raises ``PreconditionMissing``, or ``Stale`` for a foreign tag."""
    given = request.headers.get("If-Match")
    if given is None:
        raise PreconditionMissing
    match = _ETAG.fullmatch(given.strip())
    if match is None:
        raise Stale
    return int(match[1])


def moment(at: datetime | None) -> str | None:
    """A time in RFC 3339, UTC, to the second."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else None
