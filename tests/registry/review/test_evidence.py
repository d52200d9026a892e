"""Attachments before reviewers: what was sent, in words that give nobody away, and for reviewers only."""

from __future__ import annotations

import pytest

from registry.errors import NotAllowed, NotFound
from registry.intake.attachments.views import AttachmentView
from registry.intake.personal.things import name_of
from registry.intake.rules import State
from tests.registry.house import House
from tests.registry.intake.attachments.desk import WORDS, attach, in_state

SENT = set(State) - {State.DRAFT, State.REVISING, State.WITHDRAWN}
PHONE = "+254 712 345 678"


def seen(house: House, key: str) -> tuple[AttachmentView, ...]:
    return house.side.reviewing.evidence.of(house.people.reviewer, key)


@pytest.mark.parametrize("state", State)
def test_reviewers_see_the_files_of_what_was_sent(small_house: House, state: State) -> None:
    key, reviewer = in_state(small_house, state), small_house.people.reviewer
    if state not in SENT:
        with pytest.raises(NotFound):
            seen(small_house, key)
        return
    (one,) = seen(small_house, key)
    assert small_house.side.reviewing.evidence.content(reviewer, key, one.id).data == WORDS
    assert small_house.side.reviewing.evidence.of(small_house.people.other_reviewer, key) == (one,)


def test_what_is_added_while_changes_are_requested_is_seen_once_it_is_sent(house: House) -> None:
    key, side = in_state(house, State.CHANGES_REQUESTED), house.side
    new = attach(house, key, data=b"new words").item
    assert new.id not in {one.id for one in seen(house, key)}
    with pytest.raises(NotFound):
        side.reviewing.evidence.content(house.people.reviewer, key, new.id)
    side.intake.submit(house.people.member, key)
    assert [one.number for one in seen(house, key)] == [1, 2]
    assert side.reviewing.evidence.content(house.people.reviewer, key, new.id).data == b"new words"


def test_what_is_removed_is_gone_for_reviewers_at_once(house: House) -> None:
    key = in_state(house, State.CHANGES_REQUESTED)
    (one,) = seen(house, key)
    house.side.attachments.own.remove(house.people.member, key, one.id, expected=None)
    assert seen(house, key) == ()


@pytest.mark.parametrize("choice", [None, "hide", "reviewers"])
def test_a_description_is_read_like_the_report(house: House, choice: str | None) -> None:
    """A telephone number is hidden unless the organization shows it to reviewers."""
    key, side, me = house.draft(text=f"Call {PHONE} for help."), house.side, house.people.member
    attach(house, key, shown=f"The screen with {PHONE} on it")
    if choice:
        side.personal.choose(me, key, {name_of(PHONE): choice}, expected=None)
    side.intake.submit(me, key)
    (one,) = seen(house, key)
    shown = "The screen with [PHONE-1] on it" if choice != "reviewers" else f"The screen with {PHONE} on it"
    assert one.description == shown
    assert side.attachments.own.of(me, key).items[0].description == f"The screen with {PHONE} on it"


def test_for_others_there_is_nothing(small_house: House) -> None:
    key, side = in_state(small_house, State.SUBMITTED), small_house.side
    (one,) = seen(small_house, key)
    people = small_house.people
    for actor, refusal in (
        (people.member, NotAllowed),
        (people.other_member, NotAllowed),
        (people.steward, NotAllowed),
    ):
        for act in (
            lambda actor=actor: side.reviewing.evidence.of(actor, key),
            lambda actor=actor: side.reviewing.evidence.content(actor, key, one.id),
        ):
            with pytest.raises(refusal):
                act()
    with pytest.raises(NotFound):
        side.reviewing.evidence.content(people.reviewer, small_house.submitted(), one.id)
