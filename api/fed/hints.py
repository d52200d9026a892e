"""Hints between nodes: a log has grown, and which checkpoints of others were seen here."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, request

from api import problems
from api.auth import counted
from api.node import the_node
from api.reply import PRIVATE, PUBLIC, document, dumps
from registry.errors import CommonsError, Malformed, TooLarge
from registry.strict_json import parse

BODY_MAX: Final = 1024
"""Bytes of a hint."""

blueprint = Blueprint("hints", __name__)
blueprint.register_error_handler(CommonsError, problems.from_error)


@blueprint.post("/fed/ping")
@counted("read")
def ping() -> Response:
    """``{"origin": …, "size": …}``: look sooner. It carries no content, and so needs nobody's word.

    The answer is the same whether this log is followed or not.
    """
    if (request.content_length or 0) > BODY_MAX:
        raise TooLarge(limit=f"{BODY_MAX} bytes")
    found = parse(request.get_data()[:BODY_MAX])
    origin = found.get("origin") if isinstance(found, dict) else None
    if not isinstance(origin, str):
        raise Malformed
    the_node().federation.peers.hint(origin)
    response = Response(status=202)
    response.headers["Cache-Control"] = PRIVATE
    return response


@blueprint.get("/fed/seen")
@counted("read")
def seen() -> Response:
    """The newest checkpoint of each log that is followed here, as it was signed; more ears hear a fork."""
    notes = the_node().federation.peers.seen()
    return document(dumps({"items": notes, "next": None}), "application/json", PUBLIC)
