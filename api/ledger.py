"""The log of this node as files that anybody may copy (C2SP tlog-tiles), and proofs for thin readers.

The addresses are those of static files. All but the checkpoint and the payloads never change.
"""

from __future__ import annotations

import re
from typing import Final

from flask import Blueprint, Response
from werkzeug.exceptions import HTTPException

from api import limits, problems
from api.asked import numbers, only
from api.fed import readers
from api.node import the_node
from api.payload_lines import BYTES, payloads_of, told
from api.reply import PUBLIC, document, dumps
from registry.errors import CommonsError, NotFound
from registry.ledger.exact import base64_of
from registry.ledger.refusal import Refused
from registry.ledger.tiles import parse_path

ROOT: Final = "/ledger/"
NEWEST: Final = "public, max-age=5"
FOR_EVER: Final = "public, max-age=31536000, immutable"
_COMMITMENT: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)

blueprint = Blueprint("api_ledger", __name__, url_prefix="/ledger")
blueprint.register_error_handler(CommonsError, problems.from_error)
blueprint.register_error_handler(HTTPException, problems.from_http)


@blueprint.before_request
def count() -> None:
    """Let mirrors read fast, and nobody without end."""
    limits.take("log")


blueprint.before_request(readers.admit)
blueprint.after_request(readers.not_for_all)


@blueprint.get("/checkpoint")
def checkpoint() -> Response:
    """The newest signed note."""
    only()
    return document(the_node().log_reader.checkpoint(), "text/plain", NEWEST)


@blueprint.get("/key")
def key() -> Response:
    """The key of the log as one word. Compare it with what the node told you elsewhere."""
    only()
    return document(f"{the_node().log.key.vkey}\n".encode(), "text/plain", PUBLIC)


@blueprint.get("/rotations")
def rotations() -> Response:
    """How the log came to that key from its first one; empty if it has its first one still."""
    only()
    items = [one.to_json() for one in the_node().log_reader.rotations()]
    return document(dumps({"items": items, "next": None}), "application/json", NEWEST)


@blueprint.get("/tile/<path:tile>")
def tile(tile: str) -> Response:
    """A tile of hashes, or a bundle of entries."""
    only()
    try:
        asked = parse_path(f"tile/{tile}")
    except Refused as refused:
        raise NotFound from refused
    return document(the_node().log_reader.tile(asked), BYTES, FOR_EVER)


@blueprint.get("/payload/<commitment>")
def payload(commitment: str) -> Response:
    """Salt and payload behind one commitment; 410 once they were erased."""
    only()
    if _COMMITMENT.fullmatch(commitment) is None:
        raise NotFound
    line = the_node().log_reader.payload(commitment)
    return document(dumps(told(line)), "application/json", PUBLIC)


@blueprint.get("/payloads")
def payloads() -> Response:
    """Payloads of the entries ``from`` ≤ index < ``to``, perhaps not up to the end."""
    first, after = numbers("from", "to")
    return payloads_of(the_node().log_reader.payloads(first, after), PUBLIC)


@blueprint.get("/proof")
def proof() -> Response:
    """That entry ``index`` is in the log of ``size`` entries: hashes, leaf side first."""
    index, size = numbers("index", "size")
    path = the_node().log_reader.inclusion(index, size)
    said = {"index": index, "size": size, "hashes": [base64_of(one) for one in path]}
    return document(dumps(said), "application/json", FOR_EVER)


@blueprint.get("/consistency")
def consistency() -> Response:
    """That the log of ``from`` entries is the beginning of the log of ``to``."""
    old, new = numbers("from", "to")
    path = the_node().log_reader.consistency(old, new)
    said = {"from": old, "to": new, "hashes": [base64_of(one) for one in path]}
    return document(dumps(said), "application/json", FOR_EVER)
