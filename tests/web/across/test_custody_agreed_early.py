"""Somebody agreed to a successor before the old node, which had written on, handed over itself."""

from __future__ import annotations

import pytest

from registry.errors import Conflict
from registry.federation.standing import PeerState
from registry.federation.succession_rules import Verdict
from tests.web.across.lost import Three, accept, lost, state, verdict


def agreed_early(three: Three, *, erases: bool = False) -> tuple[str, str]:
    """South agreed to what east accepted; north was back, went on, handed over, and east accepted again.

    With ``erases`` east erased the first record in between. Gives the first record and what came later.
    """
    north, east, south = three
    first, _ = lost(three)
    accept(east, north)
    south.pull(east)
    south.town.node.federation.successions.confirm(north.short)
    south.follow(north)
    if erases:
        east.change(first, "erase", "someone-recognizable")
        south.pull(east)
    east.town.node.federation.custodian.read_on(north.short)
    later = north.publish("Later")
    north.town.node.federation.custodian.hand_over()
    north.sign()
    east.pull(north)
    accept(east, north, gone=False)
    south.pull(east)
    return first, later


def test_taking_it_back_reads_on_to_the_hand_over_and_follows_that(three: Three) -> None:
    north, east, south = three
    _, later = agreed_early(three)
    office = south.town.node.federation
    assert office.puller.pull(north.short).trouble == "returned"
    assert (state(south, north), verdict(south, north)) == (PeerState.KEPT, Verdict.ANOTHER)
    office.successions.take_back(north.short)
    south.pull(north, east)
    assert (state(south, north), verdict(south, north)) == (PeerState.KEPT, Verdict.HANDED_OVER)
    assert south.town.node.records.read(later).account.title == "Later"
    assert office.puller.pull(north.short).trouble == ""


def test_after_the_successor_did_anything_there_is_no_way_back(three: Three) -> None:
    north, _, south = three
    agreed_early(three, erases=True)
    assert south.town.node.federation.puller.pull(north.short).trouble == "returned"
    with pytest.raises(Conflict, match="counts here already"):
        south.town.node.federation.successions.take_back(north.short)
