"""``/.well-known/incident-commons``: what another node reads before it follows this one."""

from __future__ import annotations

from flask import Blueprint, Response

from api import problems
from api.auth import counted
from api.node import the_node
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
    own = node.federation.witnessing.own
    if own is not None:
        told["witness"] = own.to_json()
    return document(dumps(told), "application/json", PUBLIC)
