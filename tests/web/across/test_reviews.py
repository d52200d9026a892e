"""A review at one node counts at another that trusts it: what is shown, what waits, how much work it is."""

from __future__ import annotations

import pytest

from registry.federation.rules import Mode
from tests.web.across.nodes import Place

Three = tuple[Place, Place, Place]


def held(three: Three, *, trusted: bool = True) -> str:
    """A record of north that waits at east and south; south trusts east."""
    north, east, south = three
    record = north.publish("The dose was doubled")
    for place in (east, south):
        place.sign()
        place.follow(north, Mode.HOLD)
        place.pull(north)
    south.follow(east)
    south.trust(east, trusted=trusted)
    south.pull(east)
    return record


def is_shown(place: Place, record: str) -> bool:
    return record in place.town.node.records.read_many([record])


def waiting(place: Place) -> int:
    return place.town.side.foreign.count(place.town.people.reviewer)


def test_a_review_elsewhere_is_enough_where_its_node_is_trusted(three: Three) -> None:
    _, east, south = three
    record = held(three)
    assert (waiting(east), waiting(south)) == (1, 1)
    east.judge(record, shows=True)
    south.pull(east)
    assert is_shown(south, record)
    assert (waiting(east), waiting(south)) == (0, 0)
    assert "It is shown here because East Node reviewed it." in south.page(record)
    assert south.read(record)["reviewed_by"] == east.id
    assert "because" not in east.page(record)
    assert "reviewed_by" not in east.read(record)
    assert south.town.node.log.state().size == 0  # what counts through others is not said on


def test_without_trust_everybody_looks_and_trust_counts_for_what_waits(three: Three) -> None:
    _, east, south = three
    record = held(three, trusted=False)
    east.judge(record, shows=True)
    south.pull(east)
    assert (is_shown(south, record), waiting(south)) == (False, 1)
    south.trust(east)
    assert (is_shown(south, record), waiting(south)) == (True, 0)
    assert "Count here for records of other nodes" in south.town.visitor().open("/node").text
    south.trust(east, trusted=False)
    assert is_shown(south, record)  # what is shown stays shown


def test_a_review_that_is_here_before_its_record_counts_when_that_comes(three: Three) -> None:
    north, east, south = three
    south.follow(east)
    south.trust(east)
    record = north.publish("The dose was doubled")
    east.follow(north, Mode.HOLD)
    east.pull(north)
    east.judge(record, shows=True)
    south.pull(east)
    south.follow(north, Mode.HOLD)
    south.pull(north)
    assert (is_shown(south, record), waiting(south)) == (True, 0)


def test_what_the_node_says_otherwise_before_it_is_shown_counts_no_more(three: Three) -> None:
    north, east, south = three
    south.follow(east)
    south.trust(east)
    record = north.publish("The dose was doubled")
    east.follow(north, Mode.HOLD)
    east.pull(north)
    east.judge(record, shows=True)
    north.reword(record, "Twice the dose, and a name.")
    east.pull(north)
    east.judge(record, shows=False)
    south.pull(east)
    south.follow(north, Mode.HOLD)
    south.pull(north)
    assert (is_shown(south, record), waiting(south)) == (False, 1)


def test_a_review_is_of_one_revision(three: Three) -> None:
    north, east, south = three
    record = held(three)
    east.judge(record, shows=True)
    north.reword(record, "Three times the dose.")
    south.pull(north, east)
    assert south.town.node.records.read(record).revision == 1
    assert waiting(south) == 1
    east.pull(north)
    east.judge(record, shows=True)
    south.pull(east)
    assert south.town.node.records.read(record).account.text == "Three times the dose."
    assert waiting(south) == 0


def test_what_people_here_decided_counts_first(three: Three) -> None:
    _, east, south = three
    record = held(three)
    south.judge(record, shows=False)
    east.judge(record, shows=True)
    south.pull(east)
    assert not is_shown(south, record)
    assert waiting(south) == 0


def test_nobody_is_told_of_what_was_only_left_out_nor_of_own_records(three: Three) -> None:
    north, east, south = three
    record = held(three)
    east.judge(record, shows=False)
    assert east.town.node.log.state().size == 0
    north.follow(east, Mode.HOLD)
    north.trust(east)
    north.pull(east)
    assert is_shown(north, record)
    assert "reviewed_by" not in north.read(record)
    south.pull(east)
    assert waiting(south) == 1


@pytest.mark.parametrize("trusted", [True, False])
def test_review_work_does_not_grow_with_nodes_times_records(three: Three, *, trusted: bool) -> None:
    for place in three:
        for number in range(2):
            place.publish(f"Case {number} of {place.short}")
    for place in three:
        for other in three:
            if place is not other:
                place.follow(other, Mode.HOLD)
                place.trust(other, trusted=trusted)
    decisions = 0
    for _ in range(3):
        for place in three:
            place.pull(*(other for other in three if other is not place))
            decisions += place.judge_all()
    assert decisions == (2 * 3 if trusted else 2 * 3 * 2)  # once each, or once each at every other node
    for place in three:
        assert waiting(place) == 0
        assert place.town.node.records.count() == 2 * 3
