"""What is done in the tests of reports for partners."""

from __future__ import annotations

from typing import Any

from registry.federation.pulled import Pulled
from registry.intake.labels import Label
from registry.intake.similar.telling import Telling
from registry.publication.green.office import GreenOffice
from tests.factories import account, keep_details
from tests.web.across.nodes import Place

TEXT = "Quetzalcoatlus: the triage assistant sent people with chest pain home."
WORD = "Quetzalcoatlus"
"""A word that stands in nothing else."""


def green(place: Place) -> GreenOffice:
    return place.town.side.green


def share(
    place: Place, title: str = "Triage assistant sent people home", *, signs: bool = True, **changes: Any
) -> str:
    """Take a report for partners the whole way and sign; gives the id of its record."""
    side, people = place.town.side, place.town.people
    raw = account(title=title, text=TEXT, **changes)
    made = side.intake.create(
        people.member, raw, channel="form", submit=True, telling_of=Telling(label=Label.GREEN)
    )
    key = made.view.summary.id
    side.reviews.claim(people.reviewer, key)
    keep_details(side, people.reviewer, key)
    side.reviews.accept(people.reviewer, key)
    (record,) = side.publication.publish_batch()
    if signs:
        sign(place)
    return record


def sign(place: Place) -> None:
    green(place).log.publish()


def partners(one: Place, other: Place) -> None:
    """Let both follow each other, and each read what the other shares."""
    for here, there in ((one, other), (other, one)):
        here.follow(there)
        green(here).partners.grant(there.short)


def shared(north: Place, east: Place, **changes: Any) -> str:
    """Have north share a record, and east read it; gives its id."""
    sign(north)
    partners(north, east)
    record = share(north, **changes)
    assert pull(east, north).trouble == ""
    return record


def pull(here: Place, there: Place) -> Pulled:
    return green(here).partners.pull(there.id)
