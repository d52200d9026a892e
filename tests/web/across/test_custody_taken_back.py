"""Somebody said too early that a node was gone: it is read on, as long as its successor did nothing."""

from __future__ import annotations

import pytest

from registry.errors import Conflict
from registry.federation.standing import PeerState
from registry.federation.succession_rules import Verdict
from registry.record.types import RecordState
from tests.web.across.lost import Three, accept, handed_over, is_gone, lost, state, verdict


def confirmed(three: Three, *, back: bool = True) -> tuple[str, str]:
    """South said that north is gone; with ``back`` it has north's own address again. Gives the records."""
    north, east, south = three
    found = lost(three)
    accept(east, north)
    south.pull(east)
    south.town.node.federation.successions.confirm(north.short)
    if back:
        south.follow(north)
    return found


def test_a_node_that_was_not_gone_is_read_on(three: Three) -> None:
    north, _, south = three
    first, _ = confirmed(three)
    third = north.publish("Third")
    assert south.town.node.federation.puller.pull(north.short).trouble == "returned"
    successions = south.town.node.federation.successions
    assert successions.take_back(north.short) == north.short
    (pulled,) = south.pull(north)
    assert (pulled.entries, state(south, north)) == (1, PeerState.FOLLOWING)
    assert sorted(south.town.node.records.read_many([first, third])) == sorted([first, third])
    assert verdict(south, north) is Verdict.WENT_ON  # nobody can say it again by mistake
    with pytest.raises(Conflict, match="Nobody here said"):
        successions.take_back(north.short)


def test_what_the_successor_does_meanwhile_is_a_claim_again(three: Three) -> None:
    north, east, south = three
    first, _ = confirmed(three, back=False)
    south.town.node.federation.successions.take_back(north.short)
    east.change(first, "erase", "someone-recognizable")
    south.pull(east)
    assert (is_gone(south, first), verdict(south, north)) == (False, Verdict.READY)
    settled = south.town.node.federation.successions.confirm(north.short)
    assert (settled.erased, is_gone(south, first)) == ([first], True)


@pytest.mark.parametrize("kind", ["retract", "erase"])
def test_what_counted_cannot_be_taken_back(three: Three, kind: str) -> None:
    north, east, south = three
    first, _ = confirmed(three)
    east.change(first, kind, "wrong" if kind == "retract" else "someone-recognizable")
    south.pull(east)
    with pytest.raises(Conflict, match="counts here already"):
        south.town.node.federation.successions.take_back(north.short)
    assert state(south, north) is PeerState.KEPT
    if kind == "retract":
        assert south.town.node.records.read(first).state is RecordState.RETRACTED


def test_a_node_that_handed_over_is_not_taken_back(three: Three) -> None:
    north, east, south = three
    handed_over(three)
    south.pull(east)
    assert state(south, north) is PeerState.KEPT
    with pytest.raises(Conflict, match="its log has ended"):
        south.town.node.federation.successions.take_back(north.short)
