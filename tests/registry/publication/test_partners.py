"""How many saw it too is public only from so many organizations on, and no statement before that."""

from __future__ import annotations

import pytest

from registry.identity.rules import Actor, Role
from registry.intake.similar.rules import Kind
from registry.intake.similar.telling import Telling
from registry.publication.service import Publication
from registry.publication.terms import PublicationTerms
from registry.record.relations import ABOUT
from taxonomy import load
from tests.factories import keep_details, register
from tests.registry.house import NODE, House
from tests.registry.intake.revising.test_revising import published, record_of
from tests.registry.intake.similar.test_naming import SAID

LEAST = 3


@pytest.fixture
def door(house: House) -> Publication:
    """The door of a node on which three have to say so."""
    return Publication(
        house.private,
        house.public,
        house.clock,
        PublicationTerms(NODE, load().version, seen_from=LEAST),
    )


def somebody(house: House, name: str) -> Actor:
    """A member of an organization of its own."""
    side = house.side
    return register(side.directory, side.sessions, f"of-{name}", f"House of {name}", [Role.MEMBER])


def say(house: House, who: Actor, record_id: str) -> str:
    """Id of an accepted statement."""
    made = house.side.intake.create(
        who, SAID, channel="form", submit=True, telling_of=Telling(Kind.STATEMENT, record_id)
    )
    key = made.view.summary.id
    house.side.reviews.claim(house.people.reviewer, key)
    keep_details(house.side, house.people.reviewer, key)
    house.side.reviews.accept(house.people.reviewer, key)
    return key


def counted(house: House, record_id: str) -> int:
    """How many statements anybody can count."""
    return house.records.pointing_to(record_id, [ABOUT]).counts.get(ABOUT, 0)


def test_statements_wait_until_enough_organizations_say_so(house: House, door: Publication) -> None:
    about = record_of(house, published(house))
    first = say(house, house.people.member, about)
    twice = say(house, house.people.member, about)  # the same organization again is no other one
    second = say(house, house.people.other_member, about)
    assert door.publish_batch() == []
    assert {house.state(key) for key in (first, twice, second)} == {"accepted"}
    assert counted(house, about) == 0
    third = say(house, somebody(house, "third"), about)
    assert len(door.publish_batch()) == 4
    assert {house.state(key) for key in (first, twice, second, third)} == {"published"}
    assert counted(house, about) == 4
    say(house, somebody(house, "fourth"), about)
    assert len(door.publish_batch()) == 1  # it is known by now that several saw it


def test_each_record_counts_for_itself_and_reports_do_not_wait(house: House, door: Publication) -> None:
    one, other = (record_of(house, published(house, title=title)) for title in ("One", "Other"))
    for name in ("first", "second"):
        say(house, somebody(house, name), one)
        say(house, somebody(house, f"{name}-again"), other)
    report = house.accepted(title="A report")
    assert len(door.publish_batch()) == 1
    assert house.state(report) == "published"
    assert (counted(house, one), counted(house, other)) == (0, 0)


def test_people_without_an_account_wait_and_do_not_count(house: House, door: Publication) -> None:
    about, nameless = record_of(house, published(house)), house.side.nameless
    keys = []
    for _ in range(LEAST):
        guest = nameless.guest(nameless.start("en"))
        assert guest is not None
        keys.append(say(house, guest, about))
    assert door.publish_batch() == []
    for name in ("first", "second", "third"):
        say(house, somebody(house, name), about)
    assert len(door.publish_batch()) == 2 * LEAST
    assert {house.state(key) for key in keys} == {"published"}


def test_what_was_taken_back_counts_no_more(house: House, door: Publication) -> None:
    about = record_of(house, published(house))
    people = [somebody(house, name) for name in ("first", "second", "third")]
    keys = [say(house, who, about) for who in people]
    house.side.intake.withdraw(people[0], keys[0])
    assert door.publish_batch() == []
