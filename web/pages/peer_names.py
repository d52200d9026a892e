"""Names of other nodes on pages; asked of the database once a request."""

from __future__ import annotations

from typing import Final

from flask import g

from api.node import the_node
from registry.account.fields import web_link
from registry.federation.peers import Named
from registry.federation.standing import PeerState

NODE_ID: Final = 52
"""Characters of a full node id; no other source of records has a key so long."""


def name(source: str) -> str:
    """What the node with this full id calls itself; the key itself for any other source."""
    return _known()[source].name if len(source) == NODE_ID and source in _known() else source


def is_frozen(source: str) -> bool:
    """Whether nothing new is taken from this node, because its log contradicts itself."""
    return source in _known() and _known()[source].state is PeerState.FROZEN


def keeper_of(source: str) -> str | None:
    """The name of the node, this one perhaps, that keeps the records of this node since that is gone."""
    short = _known()[source].keeper if source in _known() else None
    return None if short is None else named(short)


def named(short: str) -> str:
    """What the node with this short id calls itself, this one too; the id for one that is not known."""
    node = the_node()
    if short == node.identity.short:
        return node.settings.node_name
    return next((one.name for node_id, one in _known().items() if node_id.startswith(short)), short)


def home(node_id: str | None) -> Named | None:
    """Name and address of a node that is followed here; None for any other."""
    return _known().get(node_id or "")


def to_pass_to() -> list[tuple[str, str]]:
    """Ids and names of the nodes to which a report may be passed on, for a select."""
    return [(node_id, one.name) for node_id, one in _known().items() if one.follows]


def _known() -> dict[str, Named]:
    if "peers" not in g:
        g.peers = the_node().federation.peers.names()
    found: dict[str, Named] = g.peers
    return found


HELPERS = {
    "is_frozen": is_frozen,
    "keeper_of": keeper_of,
    "node_named": named,
    "home_of": home,
    "web_link": web_link,
}
"""What templates call by these names."""
