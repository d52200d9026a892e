"""``/.well-known/incident-commons``: what another node reads before it follows this one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from api import problems
from api.auth import counted
from api.node import Node, the_node
from api.reply import PUBLIC, document, dumps
from registry.errors import CommonsError
from registry.federation.descriptor import PATH, describe
from taxonomy.migration import versions

blueprint = Blueprint("descriptor", __name__)
blueprint.register_error_handler(CommonsError, problems.from_error)


@blueprint.get(PATH)
@counted("read")
def read() -> Response:
    """The descriptor; its shape is in ``registry.federation.descriptor``."""
    node = the_node()
    url = node.settings.base_url.rstrip("/")
    told = describe(
        node.identity,
        node.settings.node_name,
        url,
        versions(node.taxonomy),
        node.federation.peers.mirrors(url),
        node.log.state().signed or 0,
    )
    told["log"]["vkey"] = node.log.key.vkey
    told["rotations"] = [one.note.decode("utf-8") for one in node.log.rotations()]
    told["policy"]["readers"] = "peers" if node.settings.signed_reads else "anybody"
    told["custody"] = _custody(node)
    own = node.federation.witnessing.own
    if own is not None:
        told["witness"] = own.to_json()
    return document(dumps(told), "application/json", PUBLIC)


def _custody(node: Node) -> dict[str, Any]:
    """Who follows this node, and whose records it keeps; the logs say so, this only repeats it."""
    will = node.federation.custodian.standing().will
    kept = [{"id": one, "entries": entries} for one, entries in node.federation.successions.kept()]
    return {
        "says": None if will is None else will.said.says,
        "successor": None if will is None else will.successor_id,
        "entry": None if will is None else will.position,
        "keeps": kept,
    }
