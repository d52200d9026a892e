"""Three nodes in a ring over real sockets whose lines are cut anywhere: healed, they agree, and are quiet.

Each follows the next one itself, and the one after that through the next one's copy. Records come, change
and go at each of them meanwhile.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from api.node import Node
from registry.federation.office import open_office
from registry.federation.own_witness import load_witness, make_witness
from registry.federation.pulled import MASS_WITHDRAWAL
from registry.federation.rules import Mode, Policy
from registry.fetching import Fetcher
from registry.record import store
from registry.record.ids import air_id
from registry.record.models import RecordRow, VersionRow
from registry.record.node import create_node
from registry.record.types import Because, Origin, Provenance, RecordState, RecordType, Tombstone
from tests.conftest import SettableClock
from tests.factories import settings_in
from tests.registry.federation.lines import Line, line
from tests.registry.record.samples import record
from tests.web.chrome import served
from web.app import create_app
from web.wiring import build, close

STEPS: Final = int(os.environ.get("COMMONS_CUTS", "60"))
"""Things that happen before everything is healed; the bar is 2,000 (``make chaos``)."""
NAMES: Final = ("first", "second", "third")
CHANGES: Final = (RecordState.REVISED, RecordState.RETRACTED, RecordState.REINSTATED)
NEXT: Final = {"first": "second", "second": "third", "third": "first"}


class Dice:
    """Draws that are the same each time."""

    def __init__(self) -> None:
        self._thrown = count()

    def one_of(self, things: Sequence[Any]) -> Any:
        """One of these."""
        drawn = sha256(b"%d" % next(self._thrown)).digest()
        return things[int.from_bytes(drawn[:8], "big") % len(things)]


class RingNode:
    """A whole node, and its lines to the two others."""

    def __init__(self, node: Node, clock: SettableClock) -> None:
        self.node, self.clock, self.made = node, clock, 0
        witness = load_witness(node.settings.data_dir, node.identity, clock)
        getter = Fetcher(loopback=True)
        self.office = open_office(node.public, getter, node.identity, node.taxonomy, clock, witness)
        self.line: Line

    def follow(self, address: str) -> None:
        self.office.peers.pin(self.office.peers.meet(address), Policy(Mode.SHOW))

    def pull(self) -> list[tuple[int, str]]:
        """Look at both peers: entries and trouble of each."""
        pulled = [self.office.puller.pull(peer.short) for peer in self.office.peers.every()]
        self.node.log.publish()  # what was erased elsewhere is acknowledged
        return [(one.entries, one.trouble) for one in pulled]

    def publish(self) -> None:
        """One more record of this node."""
        self.made += 1
        key = air_id(self.node.identity.short, 2026, self.made)
        provenance = Provenance(Origin.OWN, "own", licence="CC BY 4.0")
        new = record(key, type=RecordType.REPORT, provenance=provenance, derived=(), raw={}, related=())
        with self.node.public.work() as session:
            store.create(session, new)
        self.node.log.publish()

    def change(self, dice: Dice) -> None:
        """Let one of its records be revised, retracted, reinstated or erased."""
        with self.node.public.work() as session:
            own = RecordRow.source == "own"
            query = select(RecordRow.id).where(own, RecordRow.state != RecordState.ERASED.value)
            standing = sorted(session.scalars(query))
            if not standing:
                return
            old, day = store.load(session, dice.one_of(standing)), self.clock.now.date()
            state = dice.one_of([*CHANGES, RecordState.ERASED])
            if state is RecordState.ERASED:
                store.erase(session, Tombstone(old.id, "privacy", day))
            else:
                store.revise(session, replace(old, state=state, modified=day, because=Because("facts")))
        self.node.log.publish()

    def knows(self) -> dict[str, Any]:
        """Record → revision, state and account of all that can be read here.

        A record that was gone before anybody read it is nowhere else, nor is a stone in its place.
        """
        with self.node.public.read() as session:
            query = select(RecordRow, VersionRow).join(
                VersionRow,
                (VersionRow.record_id == RecordRow.id) & (VersionRow.revision == RecordRow.revision),
            )
            found = session.execute(query.where(RecordRow.state != RecordState.ERASED.value))
            return {row.id: (row.revision, row.state, version.payload["account"]) for row, version in found}


@pytest.fixture
def ring(tmp_path: Path, bare_folder: Path, clock: SettableClock) -> Iterator[dict[str, RingNode]]:
    with ExitStack() as stack:
        nodes, ports = {}, {}
        for name in NAMES:
            shutil.copytree(bare_folder, tmp_path / name)
            for own in ("node.json", "node.key", "witness.key", "witness.note"):
                (tmp_path / name / own).unlink()
            make_witness(tmp_path / name, create_node(tmp_path / name, clock.now.date(), f"{name}.example"))
            node = build(settings_in(tmp_path / name), clock)
            stack.callback(close, node)
            nodes[name] = RingNode(node, clock)
            nodes[name].publish()
            ports[name] = urlsplit(stack.enter_context(served(create_app(node)))).port
        for name, one in nodes.items():
            one.line = stack.enter_context(line(ports[NEXT[name]] or 0))
            one.follow(one.line.url)
            one.pull()
        for name, one in nodes.items():
            one.follow(f"{one.line.url}/mirror/{nodes[NEXT[NEXT[name]]].node.identity.id}")
        yield nodes


def test_lines_that_were_cut_anywhere_leave_no_trace(ring: dict[str, RingNode], record_property: Any) -> None:
    dice, troubles = Dice(), 0
    nodes = list(ring.values())
    for _ in range(STEPS):
        one = dice.one_of(nodes)
        match dice.one_of(range(5)):
            case 0:
                one.line.cut(dice.one_of([0, 1, 200, 1_000, 5_000]))
            case 1:
                one.line.heal()
            case 2:
                one.publish()
            case 3:
                one.change(dice)
            case _:
                pulled = one.pull()
                troubles += sum(bool(trouble) for _, trouble in pulled)
                assert {trouble for _, trouble in pulled} <= {
                    "",
                    "fetch-broken",
                    "fetch-slow",
                    "fetch-unreachable",
                    "mass-withdrawal",
                    "relay-behind",
                }
    for one in nodes:
        one.line.heal()
    rounds = _settle(nodes)
    knows = [one.knows() for one in nodes]
    assert knows[0] == knows[1] == knows[2]
    assert 3 < len(knows[0]) < sum(one.made for one in nodes)
    positions, carried = [one.node.records.position() for one in nodes], [one.line.carried for one in nodes]
    for _ in range(3):
        assert [one.pull() for one in nodes] == [[(0, ""), (0, "")]] * 3
    assert [one.node.records.position() for one in nodes] == positions  # no phantom updates
    quiet = [(one.line.carried - before) / 6 for one, before in zip(nodes, carried, strict=True)]
    assert max(quiet) < 1_000  # bytes of an answer to a look with nothing new
    record_property(
        "figures",
        f"{STEPS} steps, {troubles} pulls cut short, {len(knows[0])} records, {rounds} rounds to agree",
    )


def _settle(nodes: list[RingNode]) -> int:
    """Rounds until nobody hears anything new; a person at each allows what is stopped."""
    for rounds in range(20):
        looks = [look for one in nodes for look in one.pull()]
        stopped = [
            (one.office.peers, peer.short)
            for one in nodes
            for peer in one.office.peers.every()
            if peer.trouble == MASS_WITHDRAWAL
        ]
        for peers, short in stopped:
            peers.allow_withdrawals(short)
        if not stopped and not any(entries for entries, _ in looks):
            return rounds
    raise AssertionError("three nodes go on for ever")
