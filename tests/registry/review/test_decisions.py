"""What decisions do, and that of several at once one counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from registry.errors import CommonsError, Conflict, Invalid, NotAllowed, NotFound, Stale
from registry.review.notes import NOTE_MAX
from registry.review.rules import DECLINE_REASONS
from tests.factories import account
from tests.registry import opened
from tests.registry.house import House, at_once

RIVALS = 6


def decisions(house: House, key: str) -> list[tuple[int, str, str | None, str, str]]:
    """Version, decision, reason, note and reviewer of every decision, asked of the database itself."""
    rows = house.ask(
        "SELECT version, decision, reason_code, reviewer_id FROM review_decision"
        " WHERE submission_id = :key ORDER BY at",
        key=key,
    )
    notes = opened.notes(house.private, key)
    return [(*row[:3], note, row[3]) for row, note in zip(rows, notes, strict=True)]


def claims(house: House, key: str) -> list[str]:
    """The reviewer who holds a report, asked of the database itself."""
    rows = house.ask("SELECT reviewer_id FROM review_claim WHERE submission_id = :key", key=key)
    return [row[0] for row in rows]


def jobs(house: House) -> int:
    """How many jobs wait for the door."""
    return int(house.ask("SELECT count(*) FROM outbox_job WHERE kind = 'publication.due'")[0][0])


def actions(house: House, key: str) -> list[str]:
    return [action for action, _, _ in house.steps(key)]


def test_a_report_goes_back_and_forth_until_it_is_accepted(house: House) -> None:
    people, side = house.people, house.side
    key = house.claimed(title="Version 1")
    for number in (2, 3):
        side.reviews.request_changes(people.reviewer, key, f"  Please write version {number}. ")
        assert house.state(key) == "changes_requested"
        assert claims(house, key) == [people.reviewer.id], "the claim stays"
        side.intake.revise(people.member, key, account(title=f"Version {number}"), expected=None)
        side.intake.submit(people.member, key)
        assert house.state(key) == "in_review", "it goes to its reviewer, not into the queue"
        house.clock.forward(minutes=10)
    side.reviews.accept(people.reviewer, key, "Thank you.")
    assert (house.state(key), claims(house, key), jobs(house)) == ("accepted", [], 1)
    reviewer = people.reviewer.id
    assert decisions(house, key) == [
        (1, "request-changes", None, "Please write version 2.", reviewer),
        (2, "request-changes", None, "Please write version 3.", reviewer),
        (3, "accept", None, "Thank you.", reviewer),
    ]
    round_trip = ["request-changes", "revise", "submit"]
    assert actions(house, key) == ["create", "submit", "claim", *round_trip, *round_trip, "accept"]


def test_both_sides_read_the_same_decisions(house: House) -> None:
    people, side = house.people, house.side
    key = house.claimed()
    side.reviews.request_changes(people.reviewer, key, "Say more.")
    house.clock.forward(hours=1)
    side.intake.submit(people.member, key)
    side.reviews.decline(people.reviewer, key, "not-enough", "Sorry.")
    seen = side.reviews.decisions_for_submitter(people.member, key)
    assert [(one.decision, one.reason_code, one.note) for one in seen] == [
        ("request-changes", None, "Say more."),
        ("decline", "not-enough", "Sorry."),
    ]
    assert list(side.reviews.read(people.other_reviewer, key).decisions) == seen
    assert people.reviewer.id not in repr(seen)
    with pytest.raises(NotFound):
        side.reviews.decisions_for_submitter(people.other_member, key)
    for stranger in (people.reviewer, people.steward):
        with pytest.raises(NotAllowed):
            side.reviews.decisions_for_submitter(stranger, key)


@pytest.mark.parametrize("reason", sorted(DECLINE_REASONS))
def test_a_decline_keeps_its_reason(house: House, reason: str) -> None:
    key = house.claimed()
    house.side.reviews.decline(house.people.reviewer, key, reason, "A word to you.")
    assert (house.state(key), claims(house, key), jobs(house)) == ("declined", [], 0)
    assert [one[1:4] for one in decisions(house, key)] == [("decline", reason, "A word to you.")]
    last = house.side.intake.history(house.people.member, key)[-1]
    assert (last.action, last.reason) == ("decline", reason)
    house.side.publication.publish_batch()
    assert house.ask_public("SELECT 1 FROM record") == []


@pytest.mark.parametrize("reason", ["", "because", "NOT-AI", "test ", "\x00", "x" * 1_000])
def test_a_decline_without_a_known_reason_is_refused(small_house: House, reason: str) -> None:
    key = small_house.claimed()
    with pytest.raises(Invalid) as refused:
        small_house.side.reviews.decline(small_house.people.reviewer, key, reason, "A note.")
    assert [problem.pointer for problem in refused.value.problems] == ["/reason"]
    assert (small_house.state(key), decisions(small_house, key)) == ("in_review", [])


def test_notes_have_bounds_and_some_are_needed(small_house: House) -> None:
    reviews, reviewer = small_house.side.reviews, small_house.people.reviewer
    key = small_house.claimed()
    refused: list[Callable[[], object]] = [
        lambda: reviews.request_changes(reviewer, key, ""),
        lambda: reviews.request_changes(reviewer, key, " \n\t "),
        lambda: reviews.decline(reviewer, key, "other", "  "),
        lambda: reviews.request_changes(reviewer, key, "x" * (NOTE_MAX + 1)),
        lambda: reviews.accept(reviewer, key, "x" * (NOTE_MAX + 1)),
        lambda: reviews.decline(reviewer, key, "test", "x" * (NOTE_MAX + 1)),
    ]
    for act in refused:
        with pytest.raises(Invalid) as error:
            act()
        assert [problem.pointer for problem in error.value.problems] == ["/note"]
    assert (small_house.state(key), decisions(small_house, key)) == ("in_review", [])
    reviews.request_changes(reviewer, key, "x" * NOTE_MAX)
    assert len(decisions(small_house, key)[0][3]) == NOTE_MAX


def test_a_decision_on_what_was_not_seen_is_refused(house: House) -> None:
    reviews, reviewer = house.side.reviews, house.people.reviewer
    key = house.claimed()
    seen = reviews.read(reviewer, key).submission.summary.lock
    reviews.request_changes(reviewer, key, "Say more.")
    house.side.intake.submit(house.people.member, key)
    before = house.steps(key)
    late: list[Callable[[], object]] = [
        lambda: reviews.accept(reviewer, key, expected=seen),
        lambda: reviews.decline(reviewer, key, "test", "", expected=seen),
        lambda: reviews.request_changes(reviewer, key, "More.", expected=seen),
        lambda: reviews.release(reviewer, key, expected=seen),
        lambda: reviews.claim(reviewer, key, expected=seen),
    ]
    for act in late:
        with pytest.raises(Stale):
            act()
    assert house.steps(key) == before
    reviews.accept(reviewer, key, expected=reviews.read(reviewer, key).submission.summary.lock)


def test_a_lapsed_claim_is_taken_over_with_all_rights(house: House) -> None:
    key = house.claimed()
    house.clock.forward(hours=48)
    house.side.reviews.claim(house.people.other_reviewer, key)
    with pytest.raises(Conflict):
        house.side.reviews.accept(house.people.reviewer, key)
    house.side.reviews.accept(house.people.other_reviewer, key)
    assert [one[4] for one in decisions(house, key)] == [house.people.other_reviewer.id]


@pytest.mark.parametrize("lapsed", [False, True])
def test_of_reviewers_claiming_at_once_one_gets_it(house: House, lapsed: bool) -> None:
    key = house.claimed() if lapsed else house.submitted()
    house.clock.forward(hours=48)
    earlier = actions(house, key)
    rivals = [house.people.reviewer, house.people.other_reviewer] * (RIVALS // 2)
    results = at_once(RIVALS, lambda n: house.side.reviews.claim(rivals[n], key))
    winners = [n for n, result in enumerate(results) if result is None]
    assert len(winners) == 1
    assert sum(isinstance(result, Conflict) for result in results) == RIVALS - 1
    assert claims(house, key) == [rivals[winners[0]].id]
    assert actions(house, key) == [*earlier, "claim"]


def test_of_decisions_at_once_one_counts(house: House) -> None:
    key, reviewer, reviews = house.claimed(), house.people.reviewer, house.side.reviews
    acts: list[Callable[[], object]] = [
        lambda: reviews.accept(reviewer, key),
        lambda: reviews.decline(reviewer, key, "test", ""),
        lambda: reviews.request_changes(reviewer, key, "Say more."),
    ]
    results = at_once(RIVALS, lambda n: acts[n % 3]())
    _one_counted(house, key, results)
    made = [n % 3 for n, result in enumerate(results) if not isinstance(result, CommonsError)]
    assert [one[1] for one in decisions(house, key)] == [("accept", "decline", "request-changes")[made[0]]]
    assert jobs(house) == (made == [0])


def test_of_two_reviewers_at_the_end_of_a_claim_one_decides(house: House) -> None:
    """One decides in the second in which another takes over: never both, and the book names the right one."""
    people, reviews, key = house.people, house.side.reviews, house.claimed()
    house.clock.forward(hours=48)

    def act(number: int) -> None:
        if number % 2:
            reviews.claim(people.other_reviewer, key)
            reviews.accept(people.other_reviewer, key)
        else:
            reviews.accept(people.reviewer, key)

    results = at_once(RIVALS, act)
    assert sum(result is None for result in results) == 1
    assert [one[4] for one in decisions(house, key)] == [people.other_reviewer.id]
    assert house.state(key) == "accepted"


@pytest.mark.parametrize("deed", ["accept", "decline", "request-changes", "release"])
def test_of_taking_back_and_deciding_at_once_the_books_tell_one_story(house: House, deed: str) -> None:
    key, reviewer, reviews = house.claimed(), house.people.reviewer, house.side.reviews
    deeds: dict[str, Callable[[], object]] = {
        "accept": lambda: reviews.accept(reviewer, key),
        "decline": lambda: reviews.decline(reviewer, key, "test", ""),
        "request-changes": lambda: reviews.request_changes(reviewer, key, "Say more."),
        "release": lambda: reviews.release(reviewer, key),
    }
    acts = [lambda: house.side.intake.withdraw(house.people.member, key), deeds[deed]]
    taken_back, decided = at_once(2, lambda n: acts[n]())
    told = house.steps(key)[3:]
    assert [old for _, old, _ in told] == ["in_review", *(new for _, _, new in told[:-1])]
    assert told[-1][2] == house.state(key)
    assert [action for action, _, _ in told].count("withdraw") == (not isinstance(taken_back, CommonsError))
    assert [action for action, _, _ in told].count(deed) == (not isinstance(decided, CommonsError))
    assert len(decisions(house, key)) == (not isinstance(decided, CommonsError) and deed != "release")


def test_what_is_taken_back_is_out_of_the_reviewers_hands(house: House) -> None:
    key = house.claimed()
    house.side.intake.withdraw(house.people.member, key)
    with pytest.raises(NotFound):
        house.side.reviews.accept(house.people.reviewer, key)
    assert (house.state(key), decisions(house, key), jobs(house)) == ("withdrawn", [], 0)


def _one_counted(house: House, key: str, results: Sequence[object]) -> None:
    assert sum(not isinstance(result, CommonsError) for result in results) == 1
    assert sum(isinstance(result, Conflict) for result in results) == RIVALS - 1
    assert len(decisions(house, key)) == 1
    assert house.steps(key)[-1][2] == house.state(key)
    assert len(house.steps(key)) == 4
