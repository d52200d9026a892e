"""A receipt code: what it opens for whoever holds it, state by state, and what it never opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from registry.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.intake.following.adding import Writer
from registry.intake.following.rules import ADDITIONS_MAX, TEXT_MAX
from registry.intake.rules import State
from tests.registry.house import House, at_once

Way = Callable[[House, str], object]


def _submit(house: House, key: str) -> None:
    house.side.intake.submit(house.people.member, key)


def _claim(house: House, key: str) -> None:
    house.side.reviews.claim(house.people.reviewer, key)


def _ask(house: House, key: str) -> None:
    house.side.reviews.request_changes(house.people.reviewer, key, "Which dose?")


def _accept(house: House, key: str) -> None:
    house.side.reviews.accept(house.people.reviewer, key)


def _decline(house: House, key: str) -> None:
    house.side.reviews.decline(house.people.reviewer, key, "unsafe", "")


def _appeal(house: House, key: str) -> None:
    house.side.reviewing.appeals.make(house.people.member, key, "It was safe.")


def _reserve(house: House, _key: str) -> None:
    house.side.publication.reserve()


def _publish(house: House, _key: str) -> None:
    house.side.publication.publish_batch()


def _revise(house: House, key: str) -> None:
    house.side.revising.reopen(house.people.member, key)


def _withdraw(house: House, key: str) -> None:
    house.side.intake.withdraw(house.people.member, key)


WAYS: dict[State, tuple[Way, ...]] = {
    State.DRAFT: (),
    State.SUBMITTED: (_submit,),
    State.IN_REVIEW: (_submit, _claim),
    State.CHANGES_REQUESTED: (_submit, _claim, _ask),
    State.ACCEPTED: (_submit, _claim, _accept),
    State.SCHEDULED: (_submit, _claim, _accept, _reserve),
    State.PUBLISHED: (_submit, _claim, _accept, _publish),
    State.REVISING: (_submit, _claim, _accept, _publish, _revise),
    State.DECLINED: (_submit, _claim, _decline),
    State.APPEALED: (_submit, _claim, _decline, _appeal),
    State.WITHDRAWN: (_submit, _withdraw),
}
ADDS = set(State) - {State.DRAFT, State.WITHDRAWN}
TAKES_BACK = set(State) - {State.SCHEDULED, State.PUBLISHED, State.DECLINED, State.WITHDRAWN}


def brought_to(house: House, state: State, **changes: Any) -> tuple[str, str]:
    """Id and code of a report in this state."""
    key = house.draft(**changes)
    for act in WAYS[state]:
        act(house, key)
    return key, house.side.intake.receipt(house.people.member, key)


@pytest.mark.parametrize("state", State)
def test_what_can_be_done_in_each_state(small_house: House, state: State) -> None:
    house = small_house
    key, code = brought_to(house, state)
    taken_back = State.PUBLISHED if state is State.REVISING else State.WITHDRAWN
    seen = house.side.following.by_code(code)
    assert (seen.may_add, seen.may_withdraw) == (state in ADDS, state in TAKES_BACK)
    if state in ADDS:
        house.side.following.add_by_code(code, "The clinic has changed its settings.")
    else:
        with pytest.raises(Conflict):
            house.side.following.add_by_code(code, "The clinic has changed its settings.")
    assert house.state(key) == state
    if state in TAKES_BACK:
        assert house.side.following.withdraw_by_code(code).status.state is taken_back
    else:
        with pytest.raises(Conflict):
            house.side.following.withdraw_by_code(code)
    assert house.state(key) == (taken_back if state in TAKES_BACK else state)


def test_questions_are_read_and_answers_reach_both_sides(house: House) -> None:
    key, code = brought_to(house, State.CHANGES_REQUESTED)
    (question,) = house.side.following.by_code(code).questions
    assert (question.text, question.open) == ("Which dose?", True)
    house.side.following.add_by_code(code, "Twice the dose. Call Ada on +254 722 000 111.")
    house.side.following.add(house.people.member, key, "We asked the ward as well.")
    own = house.side.following.additions(house.people.member, key)
    assert [one.writer for one in own] == [Writer.HOLDER, Writer.ORGANIZATION]
    assert "+254 722 000 111" in own[0].text
    read = house.side.following.for_reviewers(house.people.reviewer, key, "en")
    assert read[0].text == "Twice the dose. Call Ada on [PHONE-1]."
    assert read[1].text == "We asked the ward as well."
    house.side.intake.submit(house.people.member, key)
    (question,) = house.side.following.by_code(code).questions
    assert not question.open


def test_a_code_that_falls_into_other_hands_opens_no_text(house: House) -> None:
    key, code = brought_to(house, State.SUBMITTED)
    seen = house.side.following.add_by_code(code, "A word that tells.")
    assert len(seen.added) == 1
    for secret in ("tells", key, "Lake Health", "Chatbot", house.people.member.id):
        assert secret not in repr(seen)


def test_nothing_that_was_added_lies_open_in_the_database(house: House) -> None:
    _, code = brought_to(house, State.SUBMITTED)
    house.side.following.add_by_code(code, "A word that tells.")
    (row,) = house.ask("SELECT sealed FROM addition")
    assert b"tells" not in bytes(row[0])


def test_a_page_that_is_sent_twice_adds_once(house: House) -> None:
    key, code = brought_to(house, State.SUBMITTED)
    for _ in range(2):
        house.side.following.add_by_code(code, "  Once. ")
    assert [one.text for one in house.side.following.additions(house.people.member, key)] == ["Once."]


@pytest.mark.parametrize("text", ["", " \n ", "x" * (TEXT_MAX + 1)])
def test_an_addition_says_something_and_not_too_much(small_house: House, text: str) -> None:
    _, code = brought_to(small_house, State.SUBMITTED)
    with pytest.raises(Invalid) as refused:
        small_house.side.following.add_by_code(code, text)
    assert [problem.pointer for problem in refused.value.problems] == ["/text"]


def test_a_report_takes_no_end_of_additions_from_nobody(small_house: House) -> None:
    key, code = brought_to(small_house, State.SUBMITTED)
    for number in range(ADDITIONS_MAX):
        small_house.side.following.add_by_code(code, f"Number {number}")
    with pytest.raises(Conflict):
        small_house.side.following.add_by_code(code, "One more")
    assert len(small_house.side.following.additions(small_house.people.member, key)) == ADDITIONS_MAX


def test_strangers_neither_add_nor_read(house: House) -> None:
    key, _ = brought_to(house, State.SUBMITTED)
    following, people = house.side.following, house.people
    with pytest.raises(NotFound):
        following.add(people.other_member, key, "Mine")
    with pytest.raises(NotFound):
        following.additions(people.other_member, key)
    with pytest.raises(NotAllowed):
        following.for_reviewers(people.member, key, "en")
    with pytest.raises(NotFound):
        following.add_by_code("0" * 24, "Mine")
    assert following.additions(people.member, key) == ()


def test_of_many_who_take_it_back_at_once_one_does(house: House) -> None:
    _, code = brought_to(house, State.SUBMITTED)
    results = at_once(6, lambda _: house.side.following.withdraw_by_code(code))
    assert sum(isinstance(result, Conflict) for result in results) == 5


def test_the_trail_says_that_it_was_the_holder(house: House) -> None:
    key, code = brought_to(house, State.SUBMITTED)
    house.side.following.add_by_code(code, "More.")
    house.side.following.withdraw_by_code(code)
    last = house.side.intake.history(house.people.member, key)[-2:]
    assert [(step.action, step.actor_role, step.actor_id) for step in last] == [
        ("add", "receipt-holder", None),
        ("withdraw", "receipt-holder", None),
    ]
