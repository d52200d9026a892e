"""A record of one node and one of another tell of one event: who says so, where it is shown, how it ends."""

from __future__ import annotations

from contextlib import closing

from registry.federation.rules import Mode
from registry.fetching import Fetcher
from registry.ledger.book import TemporaryBook
from registry.ledger.keys import parse_vkey
from registry.ledger.sources import AddressSource
from registry.ledger.verifying import verify
from tests.web.across.nodes import Place

Three = tuple[Place, Place, Place]
EVENT = "this is the same event as"


def related(three: Three) -> tuple[str, str]:
    """A record of north, and one of east that says that both tell of one event; all have read it."""
    north, east, south = three
    theirs = north.publish("The dose was doubled in the north")
    east.follow(north)
    east.pull(north)
    ours = east.publish("The dose was doubled in the east")
    east.group(ours, theirs)
    for one, others in ((north, (east,)), (south, (north, east))):
        for other in others:
            one.follow(other)
        one.pull(*others)
    return theirs, ours


def claims(place: Place, record: str) -> list[tuple[str, str, str, str]]:
    found = place.related(record)["claims"]
    return [(one["node_name"], one["relation"], one["record"], one["related"]) for one in found]


def test_both_nodes_and_a_third_show_who_says_so(three: Three) -> None:
    north, east, south = three
    theirs, ours = related(three)
    said = [("East Node", "same-as", ours, theirs)]
    for place in (north, south):
        for record in (theirs, ours):
            assert claims(place, record) == said
        assert f"East Node says that {EVENT}" in place.page(theirs)
        assert "The dose was doubled in the east" in place.page(theirs)
        assert f"East Node says that {EVENT}" in place.page(ours)
    assert claims(east, theirs) == []  # its own word is in its own record
    assert "The dose was doubled in the north" in east.page(ours)
    assert "The dose was doubled in the east" in east.page(theirs)
    for place in three:
        kept = place.town.node.records.read(theirs)
        assert (kept.related, kept.revision) == ((), 1)


def test_it_is_known_by_its_entry_and_comes_once_by_whatever_way(three: Three) -> None:
    north, east, south = three
    theirs, ours = related(three)
    (said,) = south.related(theirs)["claims"]
    assert (said["node"], said["position"]) == (east.id, 2)
    south.follow(east, by_way_of=north)
    south.follow(north, by_way_of=east)
    again = south.pull(east, north)
    assert [one.entries for one in again] == [0, 0]
    assert south.related(theirs)["claims"] == [said]
    assert claims(north, theirs) == [("East Node", "same-as", ours, theirs)]


def test_a_node_that_only_reads_copies_hears_it_too(three: Three) -> None:
    north, east, south = three
    theirs = north.publish("The dose was doubled in the north")
    east.follow(north)
    east.pull(north)
    ours = east.publish("The dose was doubled in the east")
    east.group(ours, theirs)
    north.follow(east)
    north.pull(east)
    south.follow(east, by_way_of=north)
    south.pull(east)
    assert claims(south, ours) == []  # what it names is not here yet
    south.follow(north, by_way_of=east)
    south.pull(north)
    assert claims(south, ours) == [("East Node", "same-as", ours, theirs)]


def test_undoing_it_is_another_entry(three: Three) -> None:
    north, east, south = three
    theirs, ours = related(three)
    east.change(ours, "separate", "other-event")
    size = east.town.node.log.state().size
    for place in (north, south):
        place.pull(east)
        assert claims(place, theirs) == claims(place, ours) == []
        assert EVENT not in place.page(theirs)
    east.sign()
    assert east.town.node.log.state().size == size == 5
    east.group(ours, theirs)
    north.pull(east)
    assert claims(north, theirs) == [("East Node", "same-as", ours, theirs)]


def test_a_merged_record_says_into_which_and_reinstating_it_takes_that_back(three: Three) -> None:
    north, east, _ = three
    theirs, ours = related(three)
    east.merge(ours, theirs)
    north.pull(east)
    assert claims(north, theirs) == [
        ("East Node", "same-as", ours, theirs),
        ("East Node", "duplicate-of", ours, theirs),
    ]
    east.change(ours, "reinstate", "in-error")
    north.pull(east)
    assert claims(north, theirs) == [("East Node", "same-as", ours, theirs)]


def test_hidden_and_blocked_nodes_say_nothing_here(three: Three) -> None:
    north, east, _ = three
    theirs, _ = related(three)
    for mode, heard in ((Mode.HIDDEN, 0), (Mode.HOLD, 1), (Mode.BLOCKED, 0), (Mode.SHOW, 1)):
        north.set_mode(east, mode)
        assert len(claims(north, theirs)) == heard, mode
        assert (EVENT in north.page(theirs)) is bool(heard), mode


def test_what_was_retracted_or_erased_is_not_related_to_anything(three: Three) -> None:
    north, east, south = three
    theirs, ours = related(three)
    east.change(ours, "retract", "wrong")
    north.pull(east)
    assert claims(north, theirs) == []
    north.change(theirs, "erase", "safety")
    south.pull(north, east)
    east.pull(north)
    assert claims(south, ours) == []
    east.sign()
    south.pull(east)  # and its log, with acknowledgement and claims, is believed as a whole


def test_a_waiting_record_has_no_claims_until_it_is_shown(three: Three) -> None:
    north, east, _ = three
    theirs = north.publish("The dose was doubled in the north")
    east.follow(north)
    east.pull(north)
    ours = east.publish("The dose was doubled in the east")
    east.group(ours, theirs)
    north.follow(east, Mode.HOLD)
    north.pull(east)
    assert claims(north, theirs) == []
    desk = north.town.side.foreign
    waiting = desk.waiting(north.town.people.reviewer).lines
    assert [one.waiting.record.id for one in waiting] == [ours]
    north.judge(ours, shows=True)
    assert claims(north, theirs) == [("East Node", "same-as", ours, theirs)]


def test_the_log_with_claims_is_whole_for_everybody_who_checks_it(three: Three) -> None:
    _, east, _ = three
    _, ours = related(three)
    east.change(ours, "separate", "not-certain")
    source = AddressSource(f"{east.url}/ledger", Fetcher(loopback=True))
    with closing(TemporaryBook()) as book:
        whole = verify(source, parse_vkey(source.key()), book, lambda _done, _of: None)
    assert (whole.checkpoint.size, whole.payloads, whole.erased) == (5, 5, 0)
