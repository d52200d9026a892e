"""This node as a witness of its peers' logs, exactly as C2SP tlog-witness says.

The submission prefix is ``/fed``, the monitoring prefix ``/fed/witnessed``.
"""

from __future__ import annotations

import re
from typing import Final

from flask import Blueprint, Response, request

from api import problems
from api.auth import counted
from api.node import the_node
from api.reply import PRIVATE, document
from registry.errors import CommonsError, NotFound, TooLarge
from registry.federation.submissions import BODY_MAX, SIZE_TYPE
from registry.federation.witnessing import OtherSize

TEXT: Final = "text/plain; charset=utf-8"
FRESH: Final = "public, max-age=5"
_HASH: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)

blueprint = Blueprint("witness", __name__)
blueprint.register_error_handler(CommonsError, problems.from_error)


@blueprint.post("/fed/add-checkpoint")
@counted("read")
def add() -> Response:
    """Old size, consistency proof and checkpoint of a log: signature lines, if it only grew.

    Nobody has to sign in: what counts is the log's own signature.
    """
    if (request.content_length or 0) > BODY_MAX:
        raise TooLarge(limit=f"{BODY_MAX} bytes")
    try:
        lines = the_node().federation.witnessing.add(request.get_data())
    except OtherSize as other:
        return _answer(f"{other.size}\n".encode(), 409, SIZE_TYPE)
    return _answer(lines, 200, TEXT)


@blueprint.get("/fed/witnessed/<origin_hash>/checkpoint")
@counted("read")
def newest(origin_hash: str) -> Response:
    """The newest checkpoint that was cosigned here of the log with this SHA-256 of its origin."""
    if _HASH.fullmatch(origin_hash) is None:
        raise NotFound
    return document(the_node().federation.witnessing.newest(origin_hash), TEXT, FRESH)


def _answer(body: bytes, status: int, media_type: str) -> Response:
    response = Response(body, status, content_type=media_type)
    response.headers["Cache-Control"] = PRIVATE
    return response
