"""Another node beside the town, whose log is in memory: met, followed and read by the town's node."""

from __future__ import annotations

from registry.federation.office import FederationOffice, open_office
from registry.federation.rules import Mode, Policy
from tests.registry.federation.conftest import Network
from tests.registry.federation.other_node import OtherNode
from tests.web.town import Town


def read(town: Town, other: OtherNode) -> FederationOffice:
    """The federation of the town's node, with a way to this other one."""
    node = town.node
    return open_office(node.public, Network({other.url: other}), node.identity, node.taxonomy, town.clock)


def followed(town: Town, mode: Mode, records: int = 2) -> OtherNode:
    """Another node with so many records, which the town's node has read under this mode."""
    other = OtherNode(name="Nodo del Sur")
    other.publish(records)
    office = read(town, other)
    office.peers.pin(office.peers.meet(other.url), Policy(mode))
    office.puller.pull(other.identity.short)
    return other
