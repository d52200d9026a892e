"""Who says in its log that it keeps this node's records."""

from __future__ import annotations

from registry.federation import wills
from registry.federation.models import CustodyRow
from registry.ledger.custody import ACCEPTS, NAMES
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
