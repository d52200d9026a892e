"""Reading a JSON body that may be hostile.

Its size is bounded by the web server's side
(``MAX_CONTENT_LENGTH``) before anything is read; ``registry.strict_json`` bounds what it holds.
"""

from __future__ import annotations

from typing import Any

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from registry.errors import N_, Invalid, Problem
from registry.strict_json import parse

ACCEPTED = "application/json"


def read_object(request: Request) -> dict[str, Any]:
    """The JSON object in the body; ``{}`` when there is no body at all.

    Raises ``Malformed`` with the position where there is one, ``Invalid`` when it is JSON but not an
    object, and Werkzeug's 413 and 415.
    """
    if request.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise UnsupportedMediaType
    raw = request.get_data(cache=False)
    # A body that does not say its length (chunked) is cut where the limit is, without a word.
    if request.content_length is None and len(raw) == request.max_content_length:
        raise RequestEntityTooLarge
    if not raw and "Content-Type" not in request.headers:
        return {}
    if request.mimetype != ACCEPTED:
        raise UnsupportedMediaType
    value = parse(raw)
    if not isinstance(value, dict):
        raise Invalid([Problem("", N_("This should be an object with named fields."))])
    return value
