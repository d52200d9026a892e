"""What can still be erased and judged once a log has ended, and once a node that was thought lost is back.

North is lost, east keeps its records; see ``lost.py``. A log has to stay whole for whoever checks all of it.
"""

from __future__ import annotations

from sqlalchemy import func, select

from registry.federation.rules import Mode
from registry.ledger.models import PayloadRow
from tests.web.across.lost import Three, accept, is_gone, lost, whole
from tests.web.across.nodes import Place


def ends(place: Place, heir: Place) -> None:
    """A node hands over to another one that it follows: nothing follows in its log."""
    if heir.short not in {one.short for one in place.town.node.federation.peers.every()}:
        place.follow(heir)
    place.town.node.federation.custodian.name(heir.short)
    place.town.node.federation.custodian.hand_over()
    place.sign()


def said(place: Place) -> int:
    """How many payloads lie beside the log that are no revision of a record of the node itself."""
    with place.town.node.public.read() as session:
        return session.scalar(select(func.count()).select_from(PayloadRow)) or 0


def test_a_node_that_ended_erases_what_it_shows_and_its_log_stays_whole(three: Three) -> None:
    north, east, _ = three
    first, second = lost(three)
    ends(north, east)
    size = north.town.node.log.state().size
    north.change(first, "erase", "safety")
    assert (is_gone(north, first), is_gone(north, second)) == (True, False)
    assert (whole(north).checkpoint.size, whole(north).erased) == (size, 1)


def test_a_keeper_that_ended_erases_what_it_keeps(three: Three) -> None:
    north, east, south = three
    first, second = lost(three)
    accept(east, north)
    east.change(first, "retract", "wrong")
    ends(east, south)
    size, before = east.town.node.log.state().size, said(east)
    east.change(first, "erase", "safety")
    east.change(second, "erase", "safety")
    assert (is_gone(east, first), is_gone(east, second)) == (True, True)
    assert (said(east), whole(east).checkpoint.size) == (before - 1, size)  # the retraction held the record


def test_a_node_that_ended_still_decides_what_it_shows(three: Three) -> None:
    _, east, south = three
    first, second = lost(three, mode=Mode.HOLD)
    ends(east, south)
    size = east.town.node.log.state().size
    east.judge(first, shows=True)
    east.judge(second, shows=False)
    assert east.town.node.federation.judging.count() == 0
    assert east.town.node.records.read(first).revision == 1
    assert east.town.node.log.state().size == size


def test_what_a_keeper_said_of_a_record_before_does_not_contradict_its_erasure(three: Three) -> None:
    north, east, _ = three
    first, _ = lost(three, mode=Mode.HOLD)
    assert east.judge_all() == 2
    accept(east, north)
    east.change(first, "retract", "wrong")
    east.change(first, "erase", "safety")
    assert whole(east).erased == 1  # its review of the record holds nothing of it, and is there


def test_what_a_node_that_is_back_erases_is_gone_from_the_log_of_who_kept_it(three: Three) -> None:
    north, east, _ = three
    first, _ = lost(three)
    accept(east, north)
    before = said(east)
    east.change(first, "retract", "wrong")
    assert said(east) == before + 1
    east.town.node.federation.custodian.read_on(north.short)
    north.change(first, "erase", "safety")
    (pulled,) = east.pull(north)
    east.sign()
    assert (pulled.erased, said(east)) == ([first], before)
    assert whole(east).erased == 1
