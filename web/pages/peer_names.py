"""Names of other nodes on pages; asked of the database once a request."""

from __future__ import annotations

from typing import Final

from flask import g

from api.node import the_node
from registry.federation.standing import PeerState

NODE_ID: Final = 52
"""Characters of a full node id; no other source of records has a key so long."""


def name(source: str) -> str:
    """What the node with this full id calls itself; the key itself for any other source."""
    return _known()[source][0] if len(source) == NODE_ID and source in _known() else source


def is_frozen(source: str) -> bool:
    """Whether nothing new is taken from this node, because its log contradicts itself."""
    return source in _known() and _known()[source][1] is PeerState.FROZEN


def _known() -> dict[str, tuple[str, PeerState]]:
    if "peers" not in g:
        g.peers = the_node().federation.peers.names()
    found: dict[str, tuple[str, PeerState]] = g.peers
    return found


HELPERS = {"is_frozen": is_frozen}
"""What templates call by these names."""
