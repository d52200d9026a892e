"""Everything about other nodes, built once by the composition root."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from registry.clock import Clock
from registry.db.public import PublicDatabase
from registry.federation.acknowledging import acknowledging
from registry.federation.callers import Callers
from registry.federation.claims import Claims
from registry.federation.custodian import Custodian
from registry.federation.handed import HandedOver
from registry.federation.judging import Judging
from registry.federation.offering import Offering, Poster
from registry.federation.own_past import OwnPast
from registry.federation.own_witness import OwnWitness
from registry.federation.peers import Peers
from registry.federation.pulling import Puller
from registry.federation.relaying import Relay
from registry.federation.remote import Getter
from registry.federation.successions import Successions
from registry.federation.witnessing import Witnessing
from registry.record.node import NodeIdentity
from taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class FederationOffice:
    """The services of this room."""

    peers: Peers
    puller: Puller
    judging: Judging
    relay: Relay
    witnessing: Witnessing
    offering: Offering
    claims: Claims
    callers: Callers
    custodian: Custodian
    handed: HandedOver
    successions: Successions
    own_past: OwnPast


class Way(Getter, Poster, Protocol):
    """The way out to other nodes."""


def open_office(
    public: PublicDatabase,
    way: Way,
    own: NodeIdentity,
    taxonomy: Taxonomy,
    clock: Clock,
    witness: OwnWitness | None = None,
) -> FederationOffice:
    """The services, on the public side only; ``way`` leads to other nodes.

    Without ``witness`` this node cosigns nothing.
    """
    puller = Puller(public, way, taxonomy, clock, acknowledging(own.id, clock))
    return FederationOffice(
        peers=Peers(public, way, own, clock),
        puller=puller,
        judging=Judging(public, puller.reader, clock, own.id),
        relay=Relay(public),
        witnessing=Witnessing(public, witness),
        offering=Offering(public, way, own, clock),
        claims=Claims(public),
        callers=Callers(public),
        custodian=Custodian(public, own, taxonomy.version, clock),
        handed=HandedOver(public, own.id),
        successions=Successions(public, puller.succeed),
        own_past=OwnPast(public, way, own, clock),
    )
