"""One act on several reports: a look first, then each under its own guards and its own lock."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from registry.errors import CommonsError, Conflict, Invalid, NotAllowed, NotFound, Stale
from registry.intake.rules import State
from registry.review.queue.batch import ACTS, Batch, Outcome, Picked
from registry.review.queue.rules import PAGE_MAX
from registry.review.workflow import Act
from tests.factories import account
from tests.registry.house import House, at_once

NOBODY = "0" * 32


def batch(house: House) -> Batch:
    return house.side.reviewing.desk.batch


def kinds(outcomes: tuple[Outcome, ...]) -> list[type[CommonsError] | None]:
    return [None if one.refused is None else type(one.refused) for one in outcomes]


def some_of_each(house: House) -> dict[str, str]:
    """Reports by what makes them different to ``reviewer``."""
    theirs = house.submitted(title="Theirs")
    house.side.reviews.claim(house.people.other_reviewer, theirs)
    about = house.submitted(title="About me", entities={"deployers": [house.people.reviewer.organization]})
    gone = house.submitted(title="Gone")
    house.side.intake.withdraw(house.people.member, gone)
    return {
        "free": house.submitted(title="Free"),
        "mine": house.claimed(title="Mine"),
        "theirs": theirs,
        "about me": about,
        "taken back": gone,
        "accepted": house.accepted(title="Accepted"),
        "nowhere": NOBODY,
    }


WOULD = {
    Act.CLAIM: [None, Conflict, Conflict, NotFound, NotFound, Conflict, NotFound],
    Act.RELEASE: [Conflict, None, Conflict, NotFound, NotFound, Conflict, NotFound],
    Act.DECLINE: [Conflict, None, Conflict, NotFound, NotFound, Conflict, NotFound],
}
"""Act → what it answers for each of ``some_of_each``, in their order."""
HIDDEN = ("about me", "taken back", "nowhere")


@pytest.mark.parametrize("act", ACTS)
def test_the_look_tells_what_then_happens_and_changes_nothing(house: House, act: Act) -> None:
    there = some_of_each(house)
    before = {key: (house.state(key), len(house.steps(key))) for key in there.values() if key != NOBODY}
    seen = batch(house).preview(house.people.reviewer, act, list(there.values()))
    assert kinds(seen) == WOULD[act]
    assert {key: (house.state(key), len(house.steps(key))) for key in before} == before
    assert [one.line is None for one in seen] == [name in HIDDEN for name in there]
    picked = [Picked(one.id, one.line.submission.lock if one.line else None) for one in seen]
    done = batch(house).act(house.people.reviewer, act, picked, "test", "")
    assert kinds(done) == WOULD[act]
    changed = {key for key, (state, _) in before.items() if house.state(key) != state}
    assert changed == {one.id for one in done if one.refused is None}


def test_what_changed_since_it_was_seen_is_left_alone(house: House) -> None:
    first, second = house.claimed(), house.claimed()
    seen = batch(house).preview(house.people.reviewer, Act.DECLINE, [first, second])
    picked = [Picked(one.id, one.line.submission.lock) for one in seen if one.line]
    house.side.reviews.release(house.people.reviewer, first)
    house.side.reviews.claim(house.people.reviewer, first)
    done = batch(house).act(house.people.reviewer, Act.DECLINE, picked, "test", "")
    assert kinds(done) == [Stale, None]
    assert done[0].refused is not None
    assert done[0].refused.text == "It was claimed in the meantime."
    assert (house.state(first), house.state(second)) == (State.IN_REVIEW.value, State.DECLINED.value)


def _revised(house: House, key: str) -> None:
    house.side.reviews.request_changes(house.people.reviewer, key, "Say more.")
    house.side.intake.revise(house.people.member, key, account(), expected=None)


def _asked(house: House, key: str) -> None:
    house.side.reviews.request_changes(house.people.reviewer, key, "Say more.")


def _answered(house: House, key: str) -> None:
    _asked(house, key)
    house.side.intake.submit(house.people.member, key)


MEANWHILE: dict[str, Callable[[House, str], object]] = {
    "It was taken back in the meantime.": lambda house, key: house.side.intake.withdraw(
        house.people.member, key
    ),
    "It was put back into the queue in the meantime.": lambda house, key: house.side.reviews.release(
        house.people.reviewer, key
    ),
    "Changes were asked for in the meantime.": _asked,
    "It was sent again in the meantime.": _answered,
    "A new version was written in the meantime.": _revised,
    "It was declined in the meantime.": lambda house, key: house.side.reviews.decline(
        house.people.reviewer, key, "test", ""
    ),
}


@pytest.mark.parametrize("sentence", MEANWHILE)
def test_each_row_says_what_has_changed(house: House, sentence: str) -> None:
    key = house.claimed()
    seen = house.side.queue.some(house.people.reviewer, [key])[key].submission.lock
    MEANWHILE[sentence](house, key)
    (done,) = batch(house).act(house.people.reviewer, Act.RELEASE, [Picked(key, seen)])
    assert done.refused is not None
    assert done.refused.text == sentence


def test_nobody_learns_that_way_what_is_hidden_from_them(house: House) -> None:
    key = house.submitted(entities={"deployers": [house.people.reviewer.organization]})
    house.side.intake.withdraw(house.people.member, key)
    for actor, sentence in (
        (house.people.reviewer, "There is nothing at this address."),
        (house.people.other_reviewer, "It was taken back in the meantime."),
    ):
        (done,) = batch(house).act(actor, Act.CLAIM, [Picked(key, 1)])
        assert done.refused is not None
        assert done.refused.text == sentence


def test_a_bad_reason_is_told_before_anything_is_done(house: House) -> None:
    keys = [house.claimed(), house.claimed()]
    for reason, note in (("", ""), ("no such", ""), ("other", " "), ("test", "x" * 5_001)):
        with pytest.raises(Invalid):
            batch(house).act(house.people.reviewer, Act.DECLINE, [Picked(key) for key in keys], reason, note)
    assert {house.state(key) for key in keys} == {State.IN_REVIEW.value}


def test_a_batch_has_bounds_and_needs_the_permission(small_house: House) -> None:
    reviewer, member = small_house.people.reviewer, small_house.people.member
    for act, keys in ((Act.ACCEPT, [NOBODY]), (Act.CLAIM, []), (Act.CLAIM, [NOBODY] * (PAGE_MAX + 1))):
        with pytest.raises(Invalid):
            batch(small_house).preview(reviewer, act, keys)
        with pytest.raises(Invalid):
            batch(small_house).act(reviewer, act, [Picked(key) for key in keys])
    with pytest.raises(NotAllowed):
        batch(small_house).preview(member, Act.CLAIM, [NOBODY])


def test_named_twice_it_is_done_once(house: House) -> None:
    key = house.submitted()
    done = batch(house).act(house.people.reviewer, Act.CLAIM, [Picked(key), Picked(key)])
    assert kinds(done) == [None]
    assert [action for action, _, _ in house.steps(key)].count("claim") == 1


def test_two_who_claim_the_same_batch_at_once_share_it_without_a_double(house: House) -> None:
    keys = [house.submitted() for _ in range(4)]
    both = (house.people.reviewer, house.people.other_reviewer)
    picked = [Picked(key) for key in keys]
    results = at_once(2, lambda number: batch(house).act(both[number], Act.CLAIM, picked))
    won = [{one.id for one in each if one.refused is None} for each in results if isinstance(each, tuple)]
    assert len(won) == 2
    assert won[0] | won[1] == set(keys)
    assert not won[0] & won[1]
