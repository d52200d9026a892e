"""Figures go through the door once a day, from the trail, and say nothing of who reported."""

from __future__ import annotations

from registry.record.openness import PublicFigures
from tests.registry.house import House

QUARTER_LATER = 100


def test_figures_are_counted_once_a_day_and_the_trails_hash_stays(house: House) -> None:
    for _ in range(5):
        house.accepted()
    house.submitted()
    for _ in range(2):
        house.side.reviews.decline(house.people.reviewer, house.claimed(), "test", "")
    first = house.ask("SELECT hash FROM audit_event ORDER BY id DESC LIMIT 1")[0][0]
    public = PublicFigures(house.public)
    assert public.newest() is None
    assert house.side.transparency.refresh()
    house.draft()
    assert not house.side.transparency.refresh()
    told = public.newest()
    assert told is not None
    assert told.head == first
    assert told.figures["running"]["counts"]["received"] == "0-4", "what came in today is told later"

    house.clock.forward(days=QUARTER_LATER)
    assert house.side.transparency.refresh()
    told = public.newest()
    assert told is not None
    (quarter,) = told.figures["quarters"]
    assert (quarter["counts"]["received"], quarter["counts"]["accepted"]) == (8, 5)
    assert (quarter["counts"]["declined:test"], quarter["counts"]["declined"]) == (None, None)
    assert told.figures["total"]["declined"] == {"value": 0, "exact": False}
    assert quarter["times"]["submitted"] == {"median": 0, "p95": None}
    assert public.heads() == [first, told.head]
    assert house.ask_public("SELECT count(*) FROM review_figures") == [(1,)]


def test_nothing_of_people_and_organizations_goes_through(house: House) -> None:
    house.accepted()
    house.clock.forward(days=QUARTER_LATER)
    house.side.transparency.refresh()
    told = str(house.ask_public("SELECT * FROM review_figures"))
    ids = house.ask("SELECT id FROM organization UNION SELECT id FROM person UNION SELECT id FROM submission")
    assert ids
    assert not [row[0] for row in ids if row[0] in told]
