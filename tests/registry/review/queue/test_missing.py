"""Missed targets: marked once each, in the trail, listed for stewards without a word of the report."""

from __future__ import annotations

import pytest

from registry.errors import NotAllowed
from registry.intake.rules import State
from registry.review.queue.missing import LateList
from tests.registry.house import House


def escalations(house: House, key: str) -> int:
    return [action for action, _, _ in house.steps(key)].count("escalate")


def listed(house: House) -> LateList:
    return house.side.reviewing.desk.missed.listed(house.people.steward)


def test_each_missed_target_is_marked_once(house: House) -> None:
    waiting, held = house.submitted(), house.claimed()
    asked, accepted, draft = house.claimed(), house.accepted(), house.draft()
    house.side.reviews.request_changes(house.people.reviewer, asked, "Say more.")
    mark = house.side.reviewing.desk.missed.mark
    house.clock.forward(days=4)
    assert mark() == 0
    house.clock.forward(seconds=1)
    assert (mark(), mark()) == (2, 0)
    assert [escalations(house, key) for key in (waiting, held, asked, accepted, draft)] == [1, 1, 0, 0, 0]
    step = house.ask("SELECT actor_role, old, new, reason FROM audit_event WHERE action = 'escalate'")
    assert {tuple(row) for row in step} == {
        ("registry", "submitted", "submitted", None),
        ("registry", "in_review", "in_review", None),
    }


def test_what_comes_back_after_changes_can_be_missed_again(house: House) -> None:
    key = house.claimed()
    house.clock.forward(days=5)
    assert house.side.reviewing.desk.missed.mark() == 1
    house.side.reviews.claim(house.people.reviewer, key)
    house.side.reviews.request_changes(house.people.reviewer, key, "Say more.")
    house.side.intake.submit(house.people.member, key)
    assert house.side.reviewing.desk.missed.mark() == 0
    house.clock.forward(days=5)
    assert house.side.reviewing.desk.missed.mark() == 1
    assert escalations(house, key) == 2


def test_the_steward_sees_that_and_how_long_but_not_what(house: House) -> None:
    house.submitted(title="Unlisted words")
    house.clock.forward(hours=1)
    house.claimed(title="Other words")
    house.clock.forward(days=3)
    assert listed(house) == LateList((), 0)
    house.clock.forward(days=2)
    house.side.reviews.claim(house.people.other_reviewer, held_by_nobody(house))
    found = listed(house)
    assert [(one.state, one.severity, one.held) for one in found.items] == [
        (State.SUBMITTED, "severity/serious", False),
        (State.IN_REVIEW, "severity/serious", True),
    ]
    assert found.total == 2
    assert "words" not in str(found)
    for actor in (house.people.member, house.people.reviewer):
        with pytest.raises(NotAllowed):
            house.side.reviewing.desk.missed.listed(actor)


def held_by_nobody(house: House) -> str:
    """The report whose claim has lapsed."""
    return str(house.ask("SELECT id FROM submission WHERE state = 'in_review'")[0][0])
