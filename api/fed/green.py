"""The log for partners (TLP:GREEN) below ``/fed/green``, for partners whose requests are signed (RFC 9421).

Everybody else is told that there is no such thing, in the same bytes whether anything is shared here, with
whom, or at all. Nothing here is kept in caches, and nothing is handed on of what was read elsewhere.
"""

from __future__ import annotations

from flask import Blueprint, Response, request

from api import limits, problems
from api.fed.readers import signed_address
from api.node import the_node
from api.payload_lines import BYTES, payloads_of
from api.reply import PRIVATE, document, dumps
from registry.errors import CommonsError, NotFound
from registry.federation.new_key import private_half
from registry.federation.vouching import PREFIX, describe_green, vouch
from registry.ledger.exact import base64_of, number
from registry.ledger.keys import LogSigner
from registry.ledger.reading import LogReader
from registry.ledger.refusal import Refused
from registry.ledger.tiles import parse_path
from registry.publication.green.office import GreenOffice
from taxonomy.migration import versions

blueprint = Blueprint("green_log", __name__, url_prefix=PREFIX)
blueprint.register_error_handler(CommonsError, problems.from_error)


@blueprint.before_request
def admit() -> None:
    """Raises ``NotFound`` for all but partners."""
    limits.take("log")
    side = the_node().private_side
    address = signed_address()
    if side is None or not side.green.readers.admits(request.method, address, dict(request.headers)):
        raise NotFound


@blueprint.after_request
def for_partners_alone(response: Response) -> Response:
    """Scripts of other sites read nothing here."""
    response.headers.pop("Access-Control-Allow-Origin", None)
    return response


@blueprint.get("/descriptor")
def descriptor() -> Response:
    """Which log it is; the key of the public log vouches for it."""
    node, green = the_node(), _green()
    log_key, url = node.log.key, node.settings.base_url.rstrip("/")
    signer = LogSigner(log_key.name, private_half(node.settings.data_dir, log_key))
    statement = vouch(signer, node.identity.id, green.identity.id)
    told = describe_green(green.identity, node.settings.node_name, url, versions(node.taxonomy), statement)
    told["log"]["vkey"] = green.log.key.vkey
    told["rotations"] = [one.note.decode("utf-8") for one in green.log.rotations()]
    return document(dumps(told), "application/json", PRIVATE)


@blueprint.get("/checkpoint")
def checkpoint() -> Response:
    """The newest signed note."""
    return document(_log().checkpoint(), "text/plain", PRIVATE)


@blueprint.get("/rotations")
def rotations() -> Response:
    """How the log came to its present key."""
    items = [one.to_json() for one in _log().rotations()]
    return document(dumps({"items": items, "next": None}), "application/json", PRIVATE)


@blueprint.get("/tile/<path:tile>")
def tile(tile: str) -> Response:
    """A tile of hashes, or a bundle of entries."""
    try:
        asked = parse_path(f"tile/{tile}")
    except Refused as refused:
        raise NotFound from refused
    return document(_log().tile(asked), BYTES, PRIVATE)


@blueprint.get("/payloads")
def payloads() -> Response:
    """Payloads of the entries ``from`` ≤ index < ``to``, perhaps not up to the end."""
    return payloads_of(_log().payloads(_number("from"), _number("to")), PRIVATE)


@blueprint.get("/consistency")
def consistency() -> Response:
    """That the log of ``from`` entries is the beginning of the log of ``to``."""
    old, new = _number("from"), _number("to")
    said = {"from": old, "to": new, "hashes": [base64_of(one) for one in _log().consistency(old, new)]}
    return document(dumps(said), "application/json", PRIVATE)


def _green() -> GreenOffice:
    return the_node().private.green


def _log() -> LogReader:
    return _green().log_reader


def _number(name: str) -> int:
    try:
        return number(request.args.get(name, ""), name)
    except Refused as refused:
        raise NotFound from refused
