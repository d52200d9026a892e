"""What nodes say in their logs of whose records they keep: as much of it is read as is asked for."""

from __future__ import annotations

from registry.federation import wills
from registry.federation.models import CustodyRow, PeerRow
from registry.ledger.custody import ACCEPTS, NAMES
from registry.ledger.envelopes import Op, Standing
from tests.registry.house import House

OURS = "A" * 52
ENTRY, BEFORE = "b" * 64, "c" * 64


def test_a_node_that_says_it_many_times_is_told_once(house: House) -> None:
    said = [("N" * 10, ACCEPTS, ENTRY)] * 3 + [("S" * 10, ACCEPTS, BEFORE), ("O" * 10, NAMES, ENTRY)]
    with house.public.work() as session:
        for position, (origin, kind, previous) in enumerate(said):
            row = CustodyRow(origin=origin, position=position, about=OURS, kind=kind, revision=1)
            row.leaf, row.previous = "a" * 64, previous
            session.add(row)
    with house.public.read() as session:
        assert wills.keepers(session, OURS, ENTRY) == ["N" * 10]
        assert wills.keepers(session, "B" * 52, ENTRY) == []


def test_what_a_log_said_last_of_some_nodes_is_all_that_is_read(house: House) -> None:
    peer, others = PeerRow(short="N" * 10, node_id="N" * 52), [letter * 52 for letter in "ABC"]
    with house.public.work() as session:
        for position in range(30):
            row = CustodyRow(origin=peer.short, position=position, about=others[position % 3], kind=ACCEPTS)
            row.revision, row.leaf = position, f"{position:064}"
            session.add(row)
        session.add(
            CustodyRow(origin="S" * 10, position=27, about=others[0], kind=ACCEPTS, revision=1, leaf=ENTRY)
        )
    with house.public.read() as session:
        found = wills.said(session, peer, [others[0], others[2], "D" * 52, "AIR-NNNNNNNNNN-2026-000001"])
        assert found == {
            others[0]: Standing(27, f"{27:064}", Op.CUSTODY),
            others[2]: Standing(29, f"{29:064}", Op.CUSTODY),
        }
        assert wills.has_ended(session, peer) is False
