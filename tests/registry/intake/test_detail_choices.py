"""What an organization chooses about personal details: kept, guarded, and still there in the next version."""

from __future__ import annotations

from typing import Any

import pytest

from registry.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from registry.identity.rules import Actor
from registry.intake.personal.rules import Choice
from registry.intake.personal.things import name_of
from tests.factories import account
from tests.registry import opened
from tests.registry.house import House, at_once
from tests.registry.neighbours import join

NAME, MAIL, PHONE = "Wanjiru Kamau", "wanjiru.kamau@clinic.example", "+254 712 345 678"
ALL = (NAME, MAIL, PHONE)


def told(**changes: Any) -> dict[str, Any]:
    return account(text=f"The clerk {NAME} wrote from {MAIL}. Call {PHONE}.") | changes


def chosen(house: House, key: str, actor: Actor | None = None) -> dict[str, Choice | None]:
    """Words → what the organization chose, of the three that these stories hold."""
    found = house.side.personal.found(actor or house.people.member, key)
    by_thing = {one.detail.thing: one.organization for one in found.decided}
    return {words: by_thing[name_of(words)] for words in ALL if name_of(words) in by_thing}


def choose(house: House, key: str, choices: dict[str, str], expected: int | None = None) -> None:
    things = {name_of(words): choice for words, choice in choices.items()}
    house.side.personal.choose(house.people.member, key, things, expected=expected)


def rows(house: House, key: str) -> set[tuple[str, str, str]]:
    """Thing, stage and choice of every row, asked of the database itself."""
    return opened.choices(house.private, key)


def test_choices_are_kept_and_can_be_changed(house: House) -> None:
    key = house.draft(**told())
    assert chosen(house, key) == {NAME: None, MAIL: None, PHONE: None}
    choose(house, key, {NAME: "hide", MAIL: "reviewers", PHONE: "keep"})
    assert chosen(house, key) == {NAME: Choice.HIDE, MAIL: Choice.REVIEWERS, PHONE: Choice.KEEP}
    choose(house, key, {PHONE: "hide"})
    assert chosen(house, key) == {NAME: Choice.HIDE, MAIL: Choice.REVIEWERS, PHONE: Choice.HIDE}
    assert len(rows(house, key)) == 3


def test_the_book_says_that_somebody_chose_and_never_what_about(house: House) -> None:
    key = house.draft(**told())
    choose(house, key, {NAME: "hide", MAIL: "keep"})
    (event,) = house.ask("SELECT * FROM audit_event WHERE action = 'decide-details'")
    assert house.people.member.id in tuple(event)
    for words in ALL:
        assert name_of(words) not in str(tuple(event))
    kept = str([tuple(row) for row in house.ask("SELECT * FROM detail_choice")])
    for words in ALL:
        assert words not in kept
        assert name_of(words) not in kept


def test_choices_last_as_long_as_the_thing_is_there(house: House) -> None:
    key = house.draft(**told())
    choose(house, key, {NAME: "hide", MAIL: "keep"})
    intake = house.side.intake
    other = account(title=f"About {NAME}", text=f"It was {NAME}, said the clerk. {PHONE}")
    intake.revise(house.people.member, key, other, expected=None)
    assert chosen(house, key) == {NAME: Choice.HIDE, PHONE: None}
    intake.revise(house.people.member, key, told(), expected=None)
    assert chosen(house, key) == {NAME: Choice.HIDE, MAIL: Choice.KEEP, PHONE: None}


def test_a_choice_from_an_old_page_is_refused(house: House) -> None:
    key = house.draft(**told())
    seen = house.side.intake.read(house.people.member, key).summary.lock
    choose(house, key, {NAME: "hide"}, expected=seen)
    with pytest.raises(Stale):
        choose(house, key, {NAME: "keep"}, expected=seen)
    assert chosen(house, key)[NAME] is Choice.HIDE


def test_of_choices_at_once_one_counts(house: House) -> None:
    key = house.draft(**told())
    seen = house.side.intake.read(house.people.member, key).summary.lock
    results = at_once(4, lambda n: choose(house, key, {NAME: list(Choice)[n % 3].value}, expected=seen))
    assert sum(result is None for result in results) == 1
    assert sum(isinstance(result, Stale) for result in results) == 3
    assert len(rows(house, key)) == 1


@pytest.mark.parametrize(
    ("thing", "choice", "says"),
    [
        ("0" * 32, "hide", "not in the report"),
        ("", "hide", "not in the report"),
        ("x" * 5_000, "hide", "not in the report"),
        (name_of(NAME), "publish", "hide, reviewers, keep"),
        (name_of(NAME), "", "hide, reviewers, keep"),
        (name_of(NAME), "KEEP", "hide, reviewers, keep"),
    ],
)
def test_what_makes_no_sense_is_refused_whole(small_house: House, thing: str, choice: str, says: str) -> None:
    key = small_house.draft(**told())
    with pytest.raises(Invalid) as refused:
        small_house.side.personal.choose(
            small_house.people.member, key, {name_of(MAIL): "hide", thing: choice}, expected=None
        )
    (problem,) = refused.value.problems
    assert says in str(problem)
    assert rows(small_house, key) == set()


def test_nothing_chosen_changes_nothing(small_house: House) -> None:
    key = small_house.draft(**told())
    seen = small_house.side.intake.read(small_house.people.member, key).summary.lock
    choose(small_house, key, {}, expected=seen)
    assert small_house.side.intake.read(small_house.people.member, key).summary.lock == seen
    assert [action for action, _, _ in small_house.steps(key)] == ["create"]


def test_other_organizations_reports_do_not_exist(house: House) -> None:
    key, personal = house.draft(**told()), house.side.personal
    for where in (key, "0" * 32):
        with pytest.raises(NotFound):
            personal.found(house.people.other_member, where)
        with pytest.raises(NotFound):
            personal.choose(house.people.other_member, where, {name_of(NAME): "keep"}, expected=None)
    for stranger in (house.people.reviewer, house.people.steward):
        with pytest.raises(NotAllowed):
            personal.found(stranger, key)
        with pytest.raises(NotAllowed):
            personal.choose(stranger, key, {name_of(NAME): "keep"}, expected=None)
    assert rows(house, key) == set()


def test_a_colleague_goes_on_where_one_stopped(house: House) -> None:
    key = house.draft(**told())
    choose(house, key, {NAME: "hide"})
    colleague = join(house, "colleague", house.people.member, *house.people.member.roles)
    house.side.personal.choose(colleague, key, {name_of(MAIL): "keep"}, expected=None)
    assert chosen(house, key, colleague) == {NAME: Choice.HIDE, MAIL: Choice.KEEP, PHONE: None}


def test_once_it_was_sent_nothing_can_be_chosen_until_changes_are_asked_for(house: House) -> None:
    people, side, key = house.people, house.side, house.submitted(**told())
    for act in (lambda: None, lambda: side.reviews.claim(people.reviewer, key)):
        act()
        with pytest.raises(Conflict):
            choose(house, key, {NAME: "hide"})
    side.reviews.request_changes(people.reviewer, key, "Say more.")
    choose(house, key, {NAME: "hide"})
    side.intake.submit(people.member, key)
    with pytest.raises(Conflict):
        choose(house, key, {NAME: "keep"})
    assert chosen(house, key)[NAME] is Choice.HIDE
    side.intake.withdraw(people.member, key)
    with pytest.raises(Conflict):
        choose(house, key, {NAME: "keep"})
