"""A lost node came back, went on, and is lost again: its keeper goes on after what the node said last.

North is lost, east keeps its records; see ``lost.py``.
"""

from __future__ import annotations

import pytest

from registry.errors import Conflict
from registry.federation.succession_rules import Verdict
from registry.record.types import RecordState
from tests.web.across.lost import Three, accept, is_gone, lost, verdict, whole


def again(three: Three, *, rewordings: int) -> tuple[str, str]:
    """East retracted the first record, north came back and reworded it, and east keeps all again."""
    north, east, _ = three
    first, second = lost(three)
    accept(east, north)
    east.change(first, "retract", "wrong")
    east.town.node.federation.custodian.read_on(north.short)
    for number in range(rewordings):
        north.reword(first, f"What north says of it now ({number}).")
    north.publish("Another")
    east.pull(north)
    accept(east, north)
    return first, second


def read(three: Three) -> tuple[int, int]:
    """South reads both logs and follows the keeper; how many entries counted, and were set aside."""
    north, east, south = three
    south.pull(north, east)
    assert verdict(south, north) is Verdict.READY
    settled = south.town.node.federation.successions.confirm(north.short)
    return settled.counted, settled.refused


def test_a_keeper_follows_what_the_node_said_after_it_was_back(three: Three) -> None:
    _, east, south = three
    first, _ = again(three, rewordings=2)
    found = east.town.node.records.read(first)
    assert (found.revision, found.state) == (3, RecordState.REVISED)
    east.change(first, "retract", "wrong")
    east.change(first, "reinstate", "in-error")
    assert whole(east).checkpoint.size == east.town.node.log.state().size
    assert read(three) == (2, 1)  # its first retraction follows nothing any more
    told = south.town.node.records.read(first)
    assert (told.revision, told.state) == (5, RecordState.REINSTATED)
    assert told.account.text == "What north says of it now (1)."


def test_a_keeper_goes_on_with_its_own_where_the_node_said_nothing_more(three: Three) -> None:
    _, east, south = three
    first, _ = again(three, rewordings=0)
    east.change(first, "reinstate", "in-error")
    assert whole(east).checkpoint.size == east.town.node.log.state().size
    assert read(three) == (2, 0)
    told = south.town.node.records.read(first)
    assert (told.revision, told.state) == (3, RecordState.REINSTATED)


def test_where_both_gave_one_number_the_node_counts_and_the_keeper_can_only_erase(three: Three) -> None:
    """What stands at east is not what north said last; nobody judges what they do not see."""
    _, east, south = three
    first, _ = again(three, rewordings=1)
    with pytest.raises(Conflict, match="Only the node that published"):
        east.approve(first, "reinstate", "in-error")
    east.change(first, "erase", "safety")
    assert whole(east).checkpoint.size == east.town.node.log.state().size
    assert read(three) == (1, 1)
    assert (is_gone(east, first), is_gone(south, first)) == (True, True)


def test_what_a_keeper_erased_stays_erased(three: Three) -> None:
    north, east, south = three
    first, second = lost(three)
    accept(east, north)
    east.change(first, "erase", "safety")
    east.town.node.federation.custodian.read_on(north.short)
    north.reword(first, "What north says of it now.")
    east.pull(north)
    accept(east, north)
    east.change(second, "retract", "wrong")
    assert whole(east).checkpoint.size == east.town.node.log.state().size
    assert read(three) == (2, 0)
    assert (is_gone(east, first), is_gone(south, first)) == (True, True)
