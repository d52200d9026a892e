"""What was approved of a record that is kept for a lost node, and cannot be done when the door comes.

North is lost, east keeps its records; see ``lost.py``.
"""

from __future__ import annotations

from registry.federation import mirror
from registry.record.types import RecordState
from registry.review.aftercare.rules import ChangeState
from tests.web.across.lost import Three, accept, is_gone, lost, whole
from tests.web.across.nodes import Place
from tests.web.across.test_custody_ends import ends


def became(place: Place, key: str) -> tuple[ChangeState, str | None]:
    """How a change stands, and the code of why it was not done."""
    found = place.town.side.reviewing.care.changes.read(place.town.people.reviewer, key)
    return found.state, found.refusal


def revisions(place: Place, record: str) -> list[tuple[int, str]]:
    return [(one.revision, one.state.value) for one in place.town.node.records.versions(record)]


def test_one_that_cannot_be_done_holds_up_no_other(three: Three) -> None:
    """What north published of a record is not at east any more when the door comes."""
    north, east, _ = three
    first, second = lost(three)
    own = east.publish("Another of east")
    accept(east, north)
    stuck = east.approve(first, "retract", "wrong")
    later = [east.approve(own, "retract", "wrong"), east.approve(second, "erase", "safety")]
    with east.town.node.public.work() as session:
        mirror.purge(session, first)
    door = east.town.side.record_changes
    assert door.carry_out(early=True) == [second, own]
    east.sign()
    assert became(east, stuck) == (ChangeState.OVERTAKEN, "missing")
    assert [became(east, one) for one in later] == [(ChangeState.DONE, None)] * 2
    assert (revisions(east, first), is_gone(east, second)) == ([(1, "published")], True)
    assert door.carry_out(early=True) == []
    assert whole(east).checkpoint.size == east.town.node.log.state().size
    page = east.town.signed_in("reviewer").open(f"/review/records/{first}").text
    assert "Something that it needs is not here any more" in page


def test_nothing_waits_at_the_door_of_a_log_that_has_ended(three: Three) -> None:
    _, east, south = three
    lost(three)
    own = east.publish("Another of east")
    key = east.approve(own, "retract", "wrong")
    ends(east, south)
    assert east.town.side.record_changes.carry_out(early=True) == []
    assert became(east, key) == (ChangeState.OVERTAKEN, "log-ended")
    assert east.town.node.records.read(own).state is RecordState.PUBLISHED
    east.change(own, "erase", "safety")
    assert is_gone(east, own)


def test_what_was_approved_while_it_was_kept_is_not_done_once_its_node_is_back(three: Three) -> None:
    """No log would say so, and what the node itself says next would not be shown."""
    north, east, _ = three
    first, second = lost(three)
    accept(east, north)
    keys = [east.approve(first, "retract", "wrong"), east.approve(second, "erase", "safety")]
    east.town.node.federation.custodian.read_on(north.short)
    assert east.town.side.record_changes.carry_out(early=True) == [second]
    assert [became(east, one) for one in keys] == [
        (ChangeState.OVERTAKEN, "not-kept"),
        (ChangeState.DONE, None),
    ]
    north.reword(first, "What north says of it now.")
    east.pull(north)
    assert revisions(east, first) == [(1, "published"), (2, "revised")]
    assert whole(east).checkpoint.size == east.town.node.log.state().size
