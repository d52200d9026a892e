"""Notes among reviewers: who writes and reads them, and how they stay inside."""

from __future__ import annotations

import pytest

from registry.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.intake.rules import State
from registry.review.noting.rules import REMARK_MAX, REMARKS_MAX
from tests.registry.house import House
from tests.registry.review.test_following import brought_to

ODD = "The dates do not fit together."
REVIEWED = frozenset(State) - {State.DRAFT, State.REVISING, State.WITHDRAWN}


@pytest.mark.parametrize("state", State)
def test_reviewers_note_something_on_whatever_they_may_read(small_house: House, state: State) -> None:
    house = small_house
    key, _ = brought_to(house, state)
    if state in REVIEWED:
        house.side.reviewing.remarks.write(house.people.reviewer, key, ODD)
        (seen,) = house.side.reviewing.remarks.of(house.people.other_reviewer, key)
        assert (seen.text, seen.writer, seen.mine, seen.version) == (ODD, "Reviewer", False, 1)
        assert house.side.reviewing.remarks.of(house.people.reviewer, key)[0].mine
    else:
        with pytest.raises(NotFound):
            house.side.reviewing.remarks.write(house.people.reviewer, key, ODD)
    assert house.state(key) == state


def test_nobody_outside_review_writes_or_reads(house: House) -> None:
    key, _ = brought_to(house, State.IN_REVIEW)
    house.side.reviewing.remarks.write(house.people.reviewer, key, ODD)
    for person in (house.people.member, house.people.other_member, house.people.steward):
        with pytest.raises(NotAllowed):
            house.side.reviewing.remarks.of(person, key)
        with pytest.raises(NotAllowed):
            house.side.reviewing.remarks.write(person, key, ODD)


def test_whose_organization_is_named_neither_writes_nor_reads(house: House) -> None:
    key = house.submitted(entities={"deployers": ["Fair Review"]})
    house.side.reviewing.remarks.write(house.people.reviewer, key, ODD)
    with pytest.raises(NotFound):
        house.side.reviewing.remarks.of(house.people.other_reviewer, key)
    with pytest.raises(NotFound):
        house.side.reviewing.remarks.write(house.people.other_reviewer, key, ODD)


def test_a_note_moves_nothing_that_the_submitter_sees(house: House) -> None:
    key, _ = brought_to(house, State.IN_REVIEW)
    before = house.side.intake.read(house.people.member, key).summary, house.steps(key)
    house.clock.forward(minutes=5)
    house.side.reviewing.remarks.write(house.people.reviewer, key, ODD)
    assert (house.side.intake.read(house.people.member, key).summary, house.steps(key)) == before
    (act,) = house.ask("SELECT action, organization_id FROM audit_event WHERE subject = 'remark'")
    assert tuple(act) == ("write", house.people.reviewer.organization_id)


def test_it_is_sealed_and_goes_with_the_original_uncounted(house: House) -> None:
    key, _ = brought_to(house, State.IN_REVIEW)
    house.side.reviewing.remarks.write(house.people.reviewer, key, ODD)
    (row,) = house.ask("SELECT sealed_text FROM review_remark")
    assert b"dates" not in bytes(row[0])
    receipt = house.side.custody.originals.erase(house.people.member, key)
    assert set(receipt.destroyed) == {"versions"}
    assert house.ask("SELECT number FROM review_remark") == []
    with pytest.raises(NotFound):
        house.side.reviewing.remarks.write(house.people.reviewer, key, "Late")


def test_a_page_that_is_sent_twice_keeps_one_note(small_house: House) -> None:
    key, _ = brought_to(small_house, State.SUBMITTED)
    for _ in range(2):
        small_house.side.reviewing.remarks.write(small_house.people.reviewer, key, f" {ODD} ")
    small_house.side.reviewing.remarks.write(small_house.people.other_reviewer, key, ODD)
    found = small_house.side.reviewing.remarks.of(small_house.people.reviewer, key)
    assert [(one.number, one.mine) for one in found] == [(1, True), (2, False)]


@pytest.mark.parametrize("text", ["", " \n ", "x" * (REMARK_MAX + 1)])
def test_a_note_says_something_and_not_too_much(small_house: House, text: str) -> None:
    key, _ = brought_to(small_house, State.SUBMITTED)
    with pytest.raises(Invalid) as refused:
        small_house.side.reviewing.remarks.write(small_house.people.reviewer, key, text)
    assert [problem.pointer for problem in refused.value.problems] == ["/text"]


def test_a_report_takes_no_end_of_notes_from_nobody(small_house: House) -> None:
    key, _ = brought_to(small_house, State.SUBMITTED)
    for number in range(REMARKS_MAX):
        small_house.side.reviewing.remarks.write(small_house.people.reviewer, key, f"Number {number}")
    with pytest.raises(Conflict):
        small_house.side.reviewing.remarks.write(small_house.people.reviewer, key, "One more")
