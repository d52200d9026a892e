"""Everything about other nodes, built once by the composition root."""

from __future__ import annotations

from dataclasses import dataclass

from registry.clock import Clock
from registry.db.public import PublicDatabase
from registry.federation.acknowledging import acknowledging
from registry.federation.judging import Judging
from registry.federation.peers import Peers
from registry.federation.pulling import Puller
from registry.federation.relaying import Relay
from registry.federation.remote import Getter
from registry.record.node import NodeIdentity
from taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class FederationOffice:
    """The services of this room."""

    peers: Peers
    puller: Puller
    judging: Judging
    relay: Relay


def open_office(
    public: PublicDatabase, getter: Getter, own: NodeIdentity, taxonomy: Taxonomy, clock: Clock
) -> FederationOffice:
    """The services, on the public side only; ``getter`` is the way out to other nodes."""
    puller = Puller(public, getter, taxonomy, clock, acknowledging(own.id, clock))
    return FederationOffice(
        peers=Peers(public, getter, own, clock),
        puller=puller,
        judging=Judging(public, puller.reader, clock),
        relay=Relay(public),
    )
