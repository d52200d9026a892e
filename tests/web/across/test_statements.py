"""What partners of one node say of a record of another: who says so, and from how many it is told."""

from __future__ import annotations

from registry.federation.rules import Mode
from registry.identity.rules import Actor
from registry.intake.similar.rules import Kind
from registry.record.relations import ABOUT
from tests.web.across.nodes import LEAST, Place

Three = tuple[Place, Place, Place]
SEEN = "published statements say so"


def counted(place: Place, record: str) -> tuple[int, int]:
    """How many statements, of how many nodes."""
    found = place.related(record)
    listed = [one["record"]["id"] for one in found["items"] if one["kind"] == ABOUT]
    assert len(set(listed)) == len(listed) == found["counts"].get(ABOUT, 0)
    return found["counts"].get(ABOUT, 0), found["sources"].get(ABOUT, 0)


def partners(place: Place) -> list[Actor]:
    people = place.town.people
    return [people.member, people.other_member, place.partner("Third", "a third house")]


def test_disputes_fixes_and_replies_come_with_the_node_that_published_them(three: Three) -> None:
    north, east, south = three
    record = north.publish("The dose was doubled")
    for place in (east, south):
        place.follow(north)
        place.pull(north)
    east.say(Kind.DISPUTE, record, east.town.people.member)
    east.say(Kind.FIX, record, east.town.people.member)
    north.follow(east)
    north.pull(east)
    south.follow(east)
    south.pull(east)
    for place in (north, south):
        assert place.related(record)["counts"] == {"disputes": 1, "fixes": 1}
        text = place.page(record)
        assert text.count("East Node") == 2
        assert "Disputed by others" in text
    for mode, heard in ((Mode.HIDDEN, {}), (Mode.SHOW, {"disputes": 1, "fixes": 1})):
        north.set_mode(east, mode)
        assert north.related(record)["counts"] == heard


def test_seen_here_too_is_summed_once_enough_partners_say_so(three: Three) -> None:
    north, east, south = three
    record = north.publish("The dose was doubled")
    for place in (east, south):
        place.follow(north)
        place.pull(north)
    one, two, three_ = partners(east)
    east.say(Kind.STATEMENT, record, one, two)
    assert counted(east, record) == (0, 0)  # two of three: nothing is published
    east.say(Kind.STATEMENT, record, three_)
    assert counted(east, record) == (LEAST, 1)
    north.follow(east)
    north.pull(east)
    assert counted(north, record) == (LEAST, 1)
    assert f"{LEAST} {SEEN}" in north.page(record)
    south.say(Kind.STATEMENT, record, *partners(south))
    assert counted(south, record) == (LEAST, 1)
    for way in (None, north, None):  # from itself and from a copy: nobody is counted twice
        south.follow(east, by_way_of=way)
        south.pull(east)
        assert counted(south, record) == (2 * LEAST, 2)
    assert "They come from 2 nodes." in south.page(record)
    assert f"At least {LEAST} different organizations say so." in south.page(record)
    assert south.related(record)["at_least"] == {ABOUT: LEAST}
    assert "may be counted at each" not in east.page(record)  # it knows of its own only


def test_from_too_few_nothing_is_told(three: Three) -> None:
    north, east, _ = three
    record = north.publish("The dose was doubled")
    east.follow(north)
    east.pull(north)
    clinics = [east.partner(name, "a clinic") for name in ("One", "Two", "Three")]
    east.say(Kind.STATEMENT, record, *clinics)
    assert counted(east, record) == (LEAST, 1)
    north.follow(east)
    north.pull(east)
    assert counted(north, record) == (0, 0)  # they may all be one
    assert north.related(record)["at_least"] == {}
    assert "Nobody has said so yet." in north.town.signed_in("member").open(f"/records/{record}").text
