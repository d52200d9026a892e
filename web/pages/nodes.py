"""``/node``: this node, its log, and the other nodes that it follows."""

from __future__ import annotations

from flask import Blueprint, render_template

from api.node import the_node
from registry.errors import N_
from registry.federation.rules import Mode
from web.pages import language

blueprint = Blueprint("nodes", __name__)

MODES = {
    Mode.SHOW: N_("Shown as soon as they are checked"),
    Mode.HOLD: N_("Shown once a reviewer here has looked"),
    Mode.HIDDEN: N_("Copied, not shown"),
    Mode.BLOCKED: N_("Not read"),
}
"""What becomes of a node's records here, in words."""
TROUBLES = {
    "fork": N_("It signed two histories that cannot both be true. Both are kept as evidence."),
    "rollback": N_("It signed a shorter log than before. Both signatures are kept as evidence."),
    "mass-withdrawal": N_("It withdrew many records at once. A person has to allow that here."),
    "fetch-unreachable": N_("It could not be reached."),
    "fetch-slow": N_("It answered too slowly."),
    "fetch-large": N_("It answered with more than this node reads at once."),
    "fetch-status": N_("It refused to answer."),
    "rotation-other": N_("It changed the key of its log in a way that its former key did not sign."),
    "rotation-malformed": N_("It changed the key of its log in a way that its former key did not sign."),
    "signature-missing": N_("It signs its log with a key that is not known here."),
    "fetch-stranger": N_("It hands out its log only to nodes that it follows, and does not follow this one."),
    "returned": N_(
        "It is back: it signed more after the end that its successor accepted. Nothing of that is taken,"
        " unless the people who run this node take back that it is gone."
    ),
    "rate": N_("It signed more entries than this node takes of it in a day. It is read on tomorrow."),
    "relay-behind": N_("The copy that is read has less of the log than before."),
}
"""Why the last look at a node ended early, in words; other codes are for whoever runs this node."""
PROVED = frozenset({"fork", "rollback", "returned"})
"""Troubles of which the signed notes are shown at ``/fed/seen``."""

REFUSALS = {
    "witness-403": N_("It does not know the key of our log."),
    "witness-404": N_("It does not follow our log."),
    "witness-409": N_("It knows another size of our log than it said."),
    "witness-422": N_("It says that our log does not continue the one that it cosigned before."),
    "witness-ahead": N_(
        "It cosigned more entries of our log than there are. This may be an older copy of it."
    ),
    "fetch-unreachable": N_("It could not be reached."),
    "fetch-slow": N_("It answered too slowly."),
}
"""Why a node did not cosign when it was asked last, in words."""


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
        troubles=TROUBLES,
        proved=PROVED,
        evidence_url=language.site_path("/fed/seen"),
        descriptor_url=language.site_path("/.well-known/incident-commons"),
        checkpoint_url=language.site_path("/ledger/checkpoint"),
    )
