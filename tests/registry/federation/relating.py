"""Nodes that this test writes say of their records how they belong to those of others."""

from __future__ import annotations

import hashlib
import json

from registry.federation.rules import Mode, Policy
from registry.ledger.claims import Point, Related
from registry.ledger.envelopes import Coding, Envelope, Op
from tests.registry.federation.conftest import Here
from tests.registry.federation.other_node import DAY, Kept, OtherNode

THIRD_URL = "https://third.example"


def third_of(here: Here) -> OtherNode:
    """One more node that answers."""
    node = OtherNode(3, "Third Node", THIRD_URL)
    here.network.nodes[THIRD_URL] = node
    return node


def point(node: OtherNode, record_id: str) -> Point:
    """The newest revision of a record as its node's log tells of it."""
    said, _ = node.said[record_id]
    return Point(record_id, said.revision, said.leaf)


def relate(node: OtherNode, said: Related) -> int:
    """Put a claim into a node's log and sign; gives its position."""
    position, payload = len(node.leaves), said.to_payload()
    salt = hashlib.sha256(str(position).encode()).digest()
    envelope = Envelope(
        Op.RELATE,
        said.object.id,
        said.object.revision,
        said.object.leaf,
        node.identity.id,
        "CLEAR",
        "relation",
        1,
        Coding("0.2.0"),
        hashlib.sha256(salt + payload).hexdigest(),
        len(payload),
        DAY.isoformat(),
    )
    node.leaves.append(envelope.to_bytes())
    node.kept[position] = Kept(salt, json.loads(payload))
    node.sign()
    return position


def pull(here: Here, node: OtherNode) -> int:
    """Read on in the node's log, met now if need be; gives how many entries could not be believed."""
    here.office.peers.pin(here.office.peers.meet(node.url), Policy(Mode.SHOW))
    pulled = here.office.puller.pull(node.identity.short)
    assert pulled.trouble == ""
    return pulled.quarantined
