"""Gzip for public pages, static files, and the pages of the report form.

Compressing a secret beside text that a stranger chose leaks the secret through the length (BREACH).
Pages shown to a signed-in person are therefore left alone, unless they say that they repeat nothing of
their request: then there is no text of a stranger's choice beside what is secret. What a form sends is
answered by a page that does repeat it and is not compressed; and a form's token is signed anew each second.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlencode

from flask import Flask, Response, g, request

WORTHWHILE = 1000
"""Bytes below which compression gains nothing."""
LEVEL = 9
PUBLIC_BLUEPRINTS = frozenset({"search", "record", "about", "openness"})
TYPES = frozenset({"text/html", "text/css", "text/javascript", "image/svg+xml"})


def register(app: Flask) -> None:
    """Compress answers that may be compressed."""
    app.after_request(compress)


def repeats_nothing_but(query: Mapping[str, str]) -> None:
    """Say that the page repeats nothing of its request but this query, which holds known words only."""
    g.query = urlencode(query)
    g.repeats_nothing = True


def tells_nobody_anything() -> None:
    """Say that nothing on the page is secret, whatever it repeats: unless somebody is signed in after all.

    The token of its form is no secret without the signature that each second makes anew.
    """
    g.nothing_secret = g.get("actor") is None


def compress(response: Response) -> Response:
    """The same answer, shorter where the browser understands gzip or goes on at once."""
    if response.status_code == HTTPStatus.SEE_OTHER:
        response.set_data(b"")  # nobody reads it, and a report leads through a dozen of them
        response.headers.pop("Content-Type", None)
    public = request.endpoint == "static" or request.blueprint in PUBLIC_BLUEPRINTS
    if (
        not ((public and not g.get("actor")) or g.get("repeats_nothing") or g.get("nothing_secret"))
        or response.status_code != HTTPStatus.OK
        or response.mimetype not in TYPES
    ):
        return response
    response.vary.add("Accept-Encoding")
    if not request.accept_encodings.quality("gzip") or "Content-Encoding" in response.headers:
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) >= WORTHWHILE:
        response.set_data(gzip.compress(body, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        etag, _ = response.get_etag()
        if etag is not None:
            response.set_etag(etag, weak=True)
    return response
