"""An appeal from its beginning to its end, on both engines."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from registry.errors import Conflict, Invalid, NotFound, Stale
from registry.intake.rules import State
from registry.review.appealing.rules import REJECT_REASONS
from registry.review.queue.rules import Queue, QueueRequest, Sort
from registry.review.rules import Decision
from tests.factories import bring, keep_details
from tests.registry.house import House, at_once
from tests.registry.review.appealing.court import WHY, appealed, declined, taken

DAYS, TARGET = timedelta(days=30), timedelta(days=14)


def test_an_appeal_that_is_right_puts_the_report_into_review_of_whoever_says_so(house: House) -> None:
    people, side, key = house.people, house.side, taken(house)
    side.reviewing.appeals.uphold(people.other_reviewer, key, "It did go wrong.")
    assert house.state(key) == "in_review"
    keep_details(side, people.other_reviewer, key)
    assert side.reviews.accept(people.other_reviewer, key) is Decision.ACCEPT
    assert [step for step in house.steps(key) if step[0] in ("appeal", "uphold", "accept")] == [
        ("appeal", "declined", "appealed"),
        ("uphold", "appealed", "in_review"),
        ("accept", "in_review", "accepted"),
    ]
    told = side.reviews.decisions_for_submitter(people.member, key)
    assert [one.decision for one in told] == ["decline", "uphold", "accept"]
    assert told[1].note == "It did go wrong."


def test_an_appeal_that_is_rejected_is_the_end(house: House) -> None:
    people, side, key = house.people, house.side, taken(house)
    side.reviewing.appeals.reject(people.other_reviewer, key, "nothing-new", "We looked at all of it.")
    assert house.state(key) == "declined"
    last = side.reviews.decisions_for_submitter(people.member, key)[-1]
    assert (last.decision, last.reason_code, last.note) == (
        "reject-appeal",
        "nothing-new",
        "We looked at all of it.",
    )
    assert house.ask("SELECT 1 FROM review_claim") == []
    with pytest.raises(Conflict, match="final"):
        side.reviewing.appeals.make(people.member, key, "Once more.")
    assert side.reviewing.appeals.own(people.member, key).until is None


def test_there_is_one_appeal_even_if_the_report_is_declined_anew(house: House) -> None:
    people, side, key = house.people, house.side, taken(house)
    side.reviewing.appeals.uphold(people.other_reviewer, key)
    house.clock.forward(seconds=60)
    side.reviews.decline(people.other_reviewer, key, "test", "")
    with pytest.raises(Conflict, match="final"):
        side.reviewing.appeals.make(people.member, key, "Once more.")


def test_an_appeal_on_an_appeal_is_refused_in_a_sentence(house: House) -> None:
    key = appealed(house)
    with pytest.raises(Conflict, match="with reviewers already"):
        house.side.reviewing.appeals.make(house.people.member, key, "Faster!")


@pytest.mark.parametrize("state", State)
def test_only_what_was_declined_can_be_appealed_for(small_house: House, state: State) -> None:
    people, key = small_house.people, small_house.draft()
    bring(small_house.side, people.member, people.reviewer, key, state)
    appeals = small_house.side.reviewing.appeals
    if state is State.DECLINED:
        appeals.make(people.member, key, WHY)
        assert small_house.state(key) == "appealed"
        return
    assert appeals.own(people.member, key).until is None
    with pytest.raises(Conflict):
        appeals.make(people.member, key, WHY)
    assert small_house.state(key) == state.value


def test_an_appeal_waits_in_a_queue_of_its_own_with_its_own_target(house: House) -> None:
    people, side, key = house.people, house.side, declined(house)
    other = house.submitted(title="Another one")
    side.reviewing.appeals.make(people.member, key, WHY)
    for sort in Sort:
        page = side.queue.page(people.other_reviewer, QueueRequest(queue=Queue.APPEALS, sort=sort))
        assert [line.submission.id for line in page.items] == [key]
    assert page.items[0].due_at == house.clock() + TARGET
    counts = side.queue.counts(people.other_reviewer)
    waiting = {queue: counts.of(queue) for queue in Queue if counts.of(queue)}
    assert waiting == {Queue.REPORTS: 1, Queue.APPEALS: 1}
    listed = side.queue.page(people.other_reviewer, QueueRequest()).items
    assert [line.submission.id for line in listed] == [other]


def test_a_late_appeal_is_told_to_the_steward_once(house: House) -> None:
    people, desk, key = house.people, house.side.reviewing.desk, declined(house)
    house.clock.forward(days=20)
    desk.missed.mark()  # the target of the report itself is long past, and counts no more
    house.side.reviewing.appeals.make(people.member, key, WHY)
    house.clock.forward(seconds=int(TARGET.total_seconds()))
    counts = house.side.queue.counts
    assert (desk.missed.mark(), counts(people.other_reviewer).late(Queue.APPEALS)) == (0, 0)
    house.clock.forward(seconds=1)
    late = counts(people.other_reviewer)
    assert {queue: late.late(queue) for queue in Queue if late.late(queue)} == {Queue.APPEALS: 1}
    assert (desk.missed.mark(), desk.missed.mark()) == (1, 0)
    assert [one.id for one in desk.missed.listed(people.steward).items] == [key]
    house.side.reviews.claim(people.other_reviewer, key)
    house.side.reviewing.appeals.uphold(people.other_reviewer, key)
    assert desk.missed.listed(people.steward).total == 0, "the target of the report runs anew"
    assert counts(people.other_reviewer).late(Queue.APPEALS) == 0


def test_the_time_for_an_appeal_ends(house: House) -> None:
    people, appeals, key = house.people, house.side.reviewing.appeals, house.claimed()
    house.side.reviews.decline(people.reviewer, key, "test", "")
    end = house.clock() + DAYS
    house.clock.forward(seconds=int(DAYS.total_seconds()) - 1)
    assert appeals.own(people.member, key).until == end
    house.clock.forward(seconds=1)
    assert appeals.own(people.member, key).until is None
    with pytest.raises(Conflict, match="time for an appeal is over"):
        appeals.make(people.member, key, WHY)


@pytest.mark.parametrize("text", ["", " \n", "\u200b", "x" * 5_001])
def test_a_reason_says_something_and_is_bounded(small_house: House, text: str) -> None:
    key = declined(small_house)
    with pytest.raises(Invalid) as refused:
        small_house.side.reviewing.appeals.make(small_house.people.member, key, text)
    assert [one.pointer for one in refused.value.problems] == ["/text"]
    assert small_house.state(key) == "declined"


@pytest.mark.parametrize(("reason", "note"), [*product(REJECT_REASONS, ["", "x" * 5_001]), ("test", "So.")])
def test_a_rejection_says_why(small_house: House, reason: str, note: str) -> None:
    key = taken(small_house)
    with pytest.raises(Invalid):
        small_house.side.reviewing.appeals.reject(small_house.people.other_reviewer, key, reason, note)
    assert small_house.state(key) == "appealed"


def test_reviewers_read_the_reason_without_what_gives_people_away(house: House) -> None:
    people, key = house.people, appealed(house)
    seen = house.side.reviews.read(people.other_reviewer, key).appeal
    assert seen is not None
    assert "Two nurses saw it." in seen.text
    assert "712" not in seen.text
    own = house.side.reviewing.appeals.own(people.member, key).made
    assert own is not None
    assert own.text == WHY
    (stored,) = house.ask("SELECT sealed_reason FROM review_appeal")[0]
    assert b"nurses" not in bytes(stored)


def test_a_receipt_opens_an_appeal_and_no_text(house: House) -> None:
    appeals, key = house.side.reviewing.appeals, declined(house)
    code = house.side.intake.receipt(house.people.member, key)
    recourse, decided = appeals.by_code(code)
    assert recourse.until is not None
    assert [(one.decision, one.note) for one in decided] == [("decline", "Nothing went wrong.")]
    appeals.make_by_code(code, WHY)
    made = appeals.by_code(code)[0].made
    assert made is not None
    assert made.text == ""
    own = appeals.own(house.people.member, key).made
    assert own is not None
    assert (own.writer.value, own.text) == ("holder", WHY)
    with pytest.raises(NotFound):
        appeals.make_by_code("0000 0000 0000 0000 0000 0000", WHY)


def test_an_appeal_can_be_taken_back_with_the_report(house: House) -> None:
    people, key = house.people, taken(house)
    house.side.intake.withdraw(people.member, key)
    with pytest.raises(NotFound):
        house.side.reviewing.appeals.uphold(people.other_reviewer, key)


def test_a_page_that_is_old_decides_nothing(house: House) -> None:
    people, appeals, key = house.people, house.side.reviewing.appeals, taken(house)
    lock = house.side.reviews.read(people.other_reviewer, key).submission.summary.lock
    with pytest.raises(Stale):
        appeals.uphold(people.other_reviewer, key, expected=lock - 1)
    appeals.uphold(people.other_reviewer, key, expected=lock)
    with pytest.raises(Stale):
        appeals.reject(people.other_reviewer, key, "other", "So.", expected=lock)


def test_of_several_appeals_at_once_one_is_kept(house: House) -> None:
    people, key = house.people, declined(house)
    code = house.side.intake.receipt(people.member, key)
    appeals = house.side.reviewing.appeals

    def one(number: int) -> None:
        if number % 2:
            appeals.make_by_code(code, WHY)
        else:
            appeals.make(people.member, key, WHY)

    found = at_once(6, one)
    assert sorted(type(each).__name__ for each in found) == ["Conflict"] * 5 + ["NoneType"]
    assert [step[0] for step in house.steps(key)].count("appeal") == 1


def test_both_outcomes_at_once_are_one(house: House) -> None:
    people, appeals, key = house.people, house.side.reviewing.appeals, taken(house)

    def one(number: int) -> None:
        if number % 2:
            appeals.uphold(people.other_reviewer, key)
        else:
            appeals.reject(people.other_reviewer, key, "other", "So.")

    found = at_once(4, one)
    assert [each for each in found if each is None] == [None]
    outcomes = [step[0] for step in house.steps(key) if step[0] in ("uphold", "reject-appeal")]
    assert len(outcomes) == 1
