"""Hints between nodes: a log has grown, and which checkpoints of others were seen here."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, request

from api import problems
from api.auth import counted
from api.node import the_node
from api.reply import PRIVATE, PUBLIC, document, dumps
from registry.errors import N_, CommonsError, Invalid, Problem, TooLarge
from registry.strict_json import parse

BODY_MAX: Final = 1024
"""Bytes of a hint."""
NO_HINT = N_("Send a JSON object with origin and size.")
NO_ORIGIN = N_("Give the name of the log, such as node.example/air-log.")
NO_SIZE = N_("Give the number of entries of the log: a whole number from 0 on.")

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
    the_node().federation.peers.hint(_origin(parse(request.get_data()[:BODY_MAX])))
    response = Response(status=202)
    response.headers["Cache-Control"] = PRIVATE
    return response


def _origin(hint: Any) -> str:
    """The log that has grown; raises ``Invalid`` for anything but a hint."""
    if not isinstance(hint, dict):
        raise Invalid([Problem("", NO_HINT)])
    origin, size, wrong = hint.get("origin"), hint.get("size"), []
    if not isinstance(origin, str):
        wrong.append(Problem("/origin", NO_ORIGIN))
    if type(size) is not int or size < 0:
        wrong.append(Problem("/size", NO_SIZE))
    if wrong:
        raise Invalid(wrong)
    return str(origin)


@blueprint.get("/fed/seen")
@counted("read")
def seen() -> Response:
    """The newest checkpoint of each log that is followed here, as it was signed; more ears hear a fork."""
    notes = the_node().federation.peers.seen()
    return document(dumps({"items": notes, "next": None}), "application/json", PUBLIC)
