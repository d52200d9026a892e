"""Giving reports to reviewers and taking the next one: bounds of independence, wishes, load, and races."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from registry.errors import Conflict, Invalid, NotAllowed
from registry.identity.rules import Actor
from registry.intake.rules import State
from registry.review.pools.rules import ASKED_AGAIN, AT_ONCE, GIVEN_FOR
from registry.review.queue.rules import QueueRequest
from tests.registry.house import House, at_once


def give(house: House) -> int:
    return house.side.reviewing.own_work.assigning.run()


def wish(house: House, actor: Actor, **raw: Any) -> None:
    house.side.reviewing.own_work.choose(actor, raw)


def next_for(house: House, actor: Actor) -> str | None:
    return house.side.reviewing.own_work.take_next(actor)


def given(house: House) -> dict[str, str | None]:
    """Report → the reviewer to whom it was given last."""
    return dict(house.ask("SELECT submission_id, reviewer_id FROM review_assignment"))


def reviewers(house: House) -> tuple[Actor, Actor]:
    return house.people.reviewer, house.people.other_reviewer


def test_every_report_is_given_to_somebody_and_the_load_is_even(house: House) -> None:
    keys = [house.submitted() for _ in range(7)]
    assert give(house) == 7
    counted = Counter(given(house).values())
    assert set(given(house)) == set(keys)
    assert sorted(counted.values()) == [3, 4]
    assert set(counted) == {one.id for one in reviewers(house)}
    assert give(house) == 0, "once is enough"
    assert [step for step in house.steps(keys[0]) if step[0] == "give"] == [
        ("give", "submitted", "submitted")
    ]


def test_nobody_is_given_a_report_of_their_own_organization_or_one_that_names_it(house: House) -> None:
    named = house.submitted(entities={"deployers": ["Open Review"]})
    assert give(house) == 1
    assert given(house) == {named: house.people.other_reviewer.id}


def test_a_report_for_which_there_is_nobody_is_asked_about_again_later(house: House) -> None:
    for one in reviewers(house):
        wish(house, one, languages=["fr"])
    key = house.submitted()
    assert (give(house), given(house)) == (0, {key: None})
    wish(house, house.people.reviewer)
    assert give(house) == 0
    house.clock.now += ASKED_AGAIN
    assert give(house) == 1
    assert given(house) == {key: house.people.reviewer.id}


def test_what_nobody_takes_on_is_given_to_somebody_else(house: House) -> None:
    key = house.submitted()
    give(house)
    first = given(house)[key]
    house.clock.now += GIVEN_FOR
    assert give(house) == 1
    assert {first, given(house)[key]} == {one.id for one in reviewers(house)}


def test_who_pauses_or_holds_enough_is_given_nothing(house: House) -> None:
    pausing, other = reviewers(house)
    wish(house, pausing, until="2026-12-24")
    for _ in range(AT_ONCE + 1):
        house.submitted()
    assert give(house) == AT_ONCE
    assert Counter(given(house).values()) == {other.id: AT_ONCE, None: 1}


def test_what_somebody_is_spared_is_neither_given_to_them_nor_their_next(house: House) -> None:
    spared, other = reviewers(house)
    wish(house, spared, spared=["harm/physical"])
    classification = {"harm": ["harm/death"]}
    key = house.submitted(classification=house_codes(house) | classification)
    give(house)
    assert given(house) == {key: other.id}
    assert next_for(house, spared) is None
    assert next_for(house, other) == key


def house_codes(house: House) -> dict[str, list[str]]:
    """The classification of a usual report."""
    view = house.side.intake.read(house.people.member, house.draft())
    return {facet: list(codes) for facet, codes in view.account.classification.items()}


def test_a_report_that_comes_back_to_the_queue_is_given_anew(house: House) -> None:
    key = house.submitted()
    give(house)
    taker = next(one for one in reviewers(house) if one.id == given(house)[key])
    house.side.reviews.claim(taker, key)
    house.clock.forward(minutes=5)
    house.side.reviews.release(taker, key)
    assert give(house) == 1
    assert given(house)[key] != taker.id


def test_the_next_one_is_what_was_given_then_what_fits_then_what_is_urgent(house: House) -> None:
    reviewer, other = reviewers(house)
    wish(house, other, languages=["fr"])
    first, second = house.submitted(), house.submitted()
    wish(house, reviewer, most=1)
    assert give(house) == 1
    mine = next(key for key, who in given(house).items() if who == reviewer.id)
    assert next_for(house, reviewer) == mine
    with pytest.raises(Conflict, match="as many as you wished"):
        next_for(house, reviewer)
    with pytest.raises(Conflict, match="as many as you wished"):
        house.side.reviews.claim(reviewer, first if mine == second else second)
    wish(house, reviewer)
    assert next_for(house, reviewer) in {first, second} - {mine}
    assert next_for(house, reviewer) is None


def test_what_was_given_to_others_is_nobody_elses_next_but_may_be_claimed(house: House) -> None:
    key = house.submitted()
    give(house)
    owner = next(one for one in reviewers(house) if one.id == given(house)[key])
    stranger = next(one for one in reviewers(house) if one.id != owner.id)
    assert next_for(house, stranger) is None
    house.side.reviews.claim(stranger, key)
    assert house.state(key) == State.IN_REVIEW


def test_what_was_given_stands_among_what_is_mine(house: House) -> None:
    keys = [house.submitted(), house.submitted()]
    give(house)
    for one in reviewers(house):
        page = house.side.queue.page(one, QueueRequest(mine=True))
        assert [line.submission.id for line in page.items] == [
            key for key in keys if given(house)[key] == one.id
        ]


def test_two_who_ask_at_once_never_get_the_same_report(house: House) -> None:
    for _ in range(4):
        house.submitted()
    got = at_once(4, lambda number: next_for(house, reviewers(house)[number % 2]))
    taken = [key for key in got if isinstance(key, str)]
    assert len(set(taken)) == len(taken) == 4


def test_wishes_are_a_reviewers_own(house: House) -> None:
    with pytest.raises(NotAllowed):
        house.side.reviewing.own_work.wishes(house.people.member)
    with pytest.raises(Invalid):
        wish(house, house.people.reviewer, sectors=["sector/none-such"])
    wish(house, house.people.reviewer, languages=["ar"], sectors=["sector/health"])
    assert house.side.reviewing.own_work.wishes(house.people.reviewer).languages == {"ar"}
    assert house.side.reviewing.own_work.wishes(house.people.other_reviewer).languages == set()
