"""Earlier versions of a report: which a reviewer may read, and that what is hidden stays hidden in them."""

from __future__ import annotations

import pytest

from registry.errors import NotAllowed, NotFound
from registry.intake.personal.things import name_of
from registry.intake.rules import State
from tests.factories import account
from tests.registry.house import House

PHONE, NAME = "+254 722 000 111", "Wanjiru Kamau"


def again(house: House, first: str, then: str) -> str:
    """A report whose organization was asked for changes, changed it twice, and sent it again."""
    key = house.draft(text="A draft that was never sent.")
    member, reviewer = house.people.member, house.people.reviewer
    house.side.intake.revise(member, key, account(text=first), expected=None)
    house.side.intake.submit(member, key)
    house.side.reviews.claim(reviewer, key)
    house.side.reviews.request_changes(reviewer, key, "Which?")
    house.side.intake.revise(member, key, account(text="Half of it."), expected=None)
    house.side.intake.revise(member, key, account(text=then), expected=None)
    house.side.intake.submit(member, key)
    return key


def test_only_versions_that_were_decided_on_are_there(house: House) -> None:
    key = again(house, "The dose was doubled.", "The dose was tripled.")
    (earlier,) = house.side.reviewing.versions.of(house.people.reviewer, key)
    assert earlier.number == 2
    assert house.side.reviewing.versions.read(house.people.reviewer, key, 2).text == "The dose was doubled."
    for number in (1, 3, 4, 5, 0):  # a draft, one that was not sent, the newest, and none
        with pytest.raises(NotFound):
            house.side.reviewing.versions.read(house.people.reviewer, key, number)


def test_what_the_organization_hides_today_is_hidden_in_all_of_them(house: House) -> None:
    key = house.draft(text=f"Call {PHONE} and ask Mrs {NAME}.")
    member, reviewer = house.people.member, house.people.reviewer
    house.side.intake.submit(member, key)
    house.side.reviews.claim(reviewer, key)
    house.side.reviews.request_changes(reviewer, key, "Which?")
    house.side.personal.choose(member, key, {name_of(f"Mrs {NAME}"): "hide"}, expected=None)
    house.side.intake.revise(member, key, account(text=f"Mrs {NAME} was told."), expected=None)
    house.side.intake.submit(member, key)
    old = house.side.reviewing.versions.read(reviewer, key, 1)
    assert old.text == "Call [PHONE-1] and ask [PERSON-1]."


def test_while_the_organization_works_on_it_there_is_nothing_to_compare(house: House) -> None:
    key = again(house, "One.", "Two.")
    house.side.reviews.request_changes(house.people.reviewer, key, "Again?")
    assert house.state(key) == State.CHANGES_REQUESTED
    assert house.side.reviewing.versions.of(house.people.reviewer, key) == ()


def test_they_go_with_the_original_and_strangers_see_none(house: House) -> None:
    key = again(house, "One.", "Two.")
    with pytest.raises(NotAllowed):
        house.side.reviewing.versions.of(house.people.member, key)
    house.side.custody.originals.erase(house.people.member, key)
    with pytest.raises(NotFound):
        house.side.reviewing.versions.read(house.people.reviewer, key, 2)
