"""Copies of other nodes' logs below ``/mirror/<full node id>``, in the shapes of the logs themselves."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response

from api import limits, problems
from api.asked import numbers
from api.fed import readers
from api.node import the_node
from api.payload_lines import payloads_of
from api.reply import PUBLIC, document, dumps
from registry.errors import CommonsError, NotFound
from registry.ledger.refusal import Refused
from registry.ledger.tiles import parse_path

ROOT: Final = "/mirror/<string(length=52):node_id>"
FRESH: Final = "public, max-age=5"
"""For a checkpoint: C2SP tlog-tiles asks for a few seconds at most."""
FOREVER: Final = "public, max-age=31536000, immutable"

blueprint = Blueprint("mirrors", __name__)
blueprint.register_error_handler(CommonsError, problems.from_error)


@blueprint.before_request
def count() -> None:
    """Let mirrors of mirrors read fast, and nobody without end."""
    limits.take("log")


blueprint.before_request(readers.admit)
blueprint.after_request(readers.not_for_all)


@blueprint.get(f"{ROOT}/descriptor")
def descriptor(node_id: str) -> Response:
    """Who the copied node is."""
    return document(dumps(the_node().federation.relay.descriptor(node_id)), "application/json", PUBLIC)


@blueprint.get(f"{ROOT}/checkpoint")
def checkpoint(node_id: str) -> Response:
    """The newest checkpoint that was copied to its end."""
    return document(the_node().federation.relay.checkpoint(node_id), "text/plain", FRESH)


@blueprint.get(f"{ROOT}/rotations")
def rotations(node_id: str) -> Response:
    """How the copied log came to its present key."""
    items = [one.to_json() for one in the_node().federation.relay.rotations(node_id)]
    return document(dumps({"items": items, "next": None}), "application/json", FRESH)


@blueprint.get(f"{ROOT}/<path:path>")
def tile(node_id: str, path: str) -> Response:
    """A bundle of entries, or a tile of the hashes that they lead to."""
    try:
        asked = parse_path(path)
    except Refused as refused:
        raise NotFound from refused
    raw = the_node().federation.relay.tile(node_id, asked)
    return document(raw, "application/octet-stream", FOREVER)


@blueprint.get(f"{ROOT}/consistency")
def consistency(node_id: str) -> Response:
    """That a shorter copy is the beginning of a longer one."""
    old, new = numbers("from", "to")
    hashes = the_node().federation.relay.consistency(node_id, old, new)
    return document(dumps({"from": old, "to": new, "hashes": hashes}), "application/json", PUBLIC)


@blueprint.get(f"{ROOT}/payloads")
def payloads(node_id: str) -> Response:
    """Payloads of entries ``from`` up to and without ``to``."""
    first, after = numbers("from", "to")
    return payloads_of(the_node().federation.relay.payloads(node_id, first, after), PUBLIC)
