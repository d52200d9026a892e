"""This node, and another one that it follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import text

from api.payload_lines import told
from registry.config import Settings
from registry.db.public import PublicDatabase
from registry.errors import Gone
from registry.federation.office import FederationOffice, open_office
from registry.federation.pulled import Pulled
from registry.federation.rules import EVERYTHING, Mode, Policy, Scope
from registry.fetching import NO_MORE, Answer, FetchFailed, Why
from registry.record.node import NodeIdentity, load_node
from registry.record.reading import Records
from registry.record.types import PublicRecord
from taxonomy import load
from tests.conftest import SettableClock
from tests.registry.federation.other_node import OtherNode


@dataclass
class Network:
    """Which node answers at which host; the only thing here that is not real."""

    nodes: dict[str, OtherNode] = field(default_factory=dict)

    def get(
        self, url: str, *, limit: int, seconds: float, tag: str = "", headers: Mapping[str, str] = NO_MORE
    ) -> Answer:
        node = next((node for base, node in self.nodes.items() if url.startswith(base)), None)
        if node is None:
            raise FetchFailed(Why.UNREACHABLE)
        return node.get(url, limit=limit, seconds=seconds, tag=tag, headers=headers)


@dataclass
class Here:
    """This node: its services of this room, its public database, and the other node."""

    public: PublicDatabase
    office: FederationOffice
    records: Records
    network: Network
    other: OtherNode
    clock: SettableClock

    def follow(self, mode: Mode = Mode.SHOW, scope: Scope = EVERYTHING) -> str:
        """Meet the other node and pin its key; gives its short id."""
        return self.office.peers.pin(self.office.peers.meet(self.other.url), Policy(mode, scope)).short

    def pull(self) -> Pulled:
        """Read on in the other node's log."""
        return self.office.puller.pull(self.other.identity.short)

    def shown(self) -> dict[str, PublicRecord]:
        """Every record of the other node that can be read here."""
        return self.records.read_many(list(self.other.records))

    def relayed(self, start: int, end: int) -> list[dict[str, Any]]:
        """The payloads that this node hands on of the other's."""
        lines = self.office.relay.payloads(self.other.identity.id, start, end)
        return [{"index": one.index, **told(one)} for one in lines]

    def ask(self, question: str, **values: object) -> list[tuple[Any, ...]]:
        """What the public database itself says."""
        with self.public.read() as session:
            return [tuple(row) for row in session.execute(text(question), values)]

    def is_gone(self, record_id: str) -> bool:
        """Whether a tombstone stands where the record was."""
        try:
            self.records.read(record_id)
        except Gone:
            return True
        return False


def here_in(public: PublicDatabase, own: NodeIdentity, clock: SettableClock) -> Here:
    """This node with its public database, and another one that answers."""
    other = OtherNode()
    network = Network({other.url: other})
    return Here(
        public, open_office(public, network, own, load(), clock), Records(public), network, other, clock
    )


@pytest.fixture
def here(bare: Settings, public_db: PublicDatabase, clock: SettableClock) -> Here:
    """On each engine in turn."""
    return here_in(public_db, load_node(bare.data_dir), clock)
