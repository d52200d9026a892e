"""``/node``: this node, its log, and the other nodes that it follows."""

from __future__ import annotations

from flask import Blueprint, render_template

from api.node import the_node
from web.node_words import MODES, PROVED, REFUSALS, TROUBLES
from web.pages import language
from web.pages.scope_words import only

blueprint = Blueprint("nodes", __name__)


@blueprint.get("/node")
def page() -> str:
    """Who this node is, whom it follows and how far, and who hands on its own log."""
    node = the_node()
    key, log = node.log.key, node.log.state()
    peers = node.federation.peers.every()
    return render_template(
        "node.html",
        identity=node.identity,
        key=key,
        log=log,
        custody=node.federation.custodian.standing(),
        peers=peers,
        mirrors=[one for one in peers if one.mirrors_us],
        cosigners=[one for one in peers if one.cosigned],
        refusals=REFUSALS,
        modes=MODES,
        only=only,
        troubles=TROUBLES,
        proved=PROVED,
        evidence_url=language.site_path("/fed/seen"),
        descriptor_url=language.site_path("/.well-known/incident-commons"),
        checkpoint_url=language.site_path("/ledger/checkpoint"),
    )
