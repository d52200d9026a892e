"""Who may review what, and what decisions do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from registry.account import Account
from registry.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from registry.identity.rules import Role
from registry.review.queue import QueueRequest
from registry.review.rules import DECLINE_REASONS, has_lapsed, is_about
from tests.conftest import SettableClock
from tests.registry.house import House, at_once

Deed = Callable[[House, str], object]
DEEDS: dict[str, Deed] = {
    "claim": lambda house, key: house.side.reviews.claim(house.people.other_reviewer, key),
    "release": lambda house, key: house.side.reviews.release(house.people.other_reviewer, key),
    "accept": lambda house, key: house.side.reviews.accept(house.people.other_reviewer, key),
    "decline": lambda house, key: house.side.reviews.decline(house.people.other_reviewer, key, "test", ""),
    "request-changes": lambda house, key: house.side.reviews.request_changes(
        house.people.other_reviewer, key, "Please say more."
    ),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_what_another_reviewer_holds_is_left_alone(house: House, deed: str) -> None:
    key = house.claimed()
    with pytest.raises(Conflict):
        DEEDS[deed](house, key)
    assert house.state(key) == "in_review"


@pytest.mark.parametrize("deed", sorted(DEEDS.keys() - {"claim"}))
def test_nobody_decides_on_what_nobody_claimed(house: House, deed: str) -> None:
    key = house.submitted()
    with pytest.raises(Conflict):
        DEEDS[deed](house, key)
    assert house.state(key) == "submitted"


@pytest.mark.parametrize("who", ["member", "steward"])
def test_only_reviewers_review(house: House, who: str) -> None:
    key = house.submitted()
    with pytest.raises(NotAllowed):
        house.side.reviews.claim(getattr(house.people, who), key)
    with pytest.raises(NotAllowed):
        house.side.queue.page(getattr(house.people, who), QueueRequest())


def test_nobody_reviews_a_report_of_their_own_organization(house: House) -> None:
    directory, reviewer = house.side.directory, house.people.reviewer

    directory.grant(reviewer.id, reviewer.organization_id, [Role.MEMBER])
    both = house.side.sessions.actor_of(reviewer.id)
    key = house.submitted(both)
    with pytest.raises(NotFound):
        house.side.reviews.claim(both, key)
    assert house.side.queue.page(both, QueueRequest()).items == ()
    house.side.reviews.claim(house.people.other_reviewer, key)


def test_nobody_reviews_a_report_that_names_their_organization(house: House) -> None:
    key = house.submitted(entities={"developers": ["  open REVIEW "]})
    with pytest.raises(Conflict, match="names your own organization"):
        house.side.reviews.claim(house.people.reviewer, key)
    house.side.reviews.claim(house.people.other_reviewer, key)


@pytest.mark.parametrize("party", ["developers", "deployers", "harmed"])
def test_a_report_is_about_whoever_it_names(party: str) -> None:
    account = Account.from_json({"entities": {party: ["Open Review"]}})
    assert is_about(account, "open review ")
    assert not is_about(account, "Open Reviews")


def test_a_claim_lapses_at_its_time(clock: SettableClock) -> None:
    assert has_lapsed(None, clock.now)
    assert has_lapsed(clock.now, clock.now)
    moment = clock.now
    clock.forward(seconds=1)
    assert not has_lapsed(clock.now, moment)


def test_a_lapsed_claim_can_be_taken_over(house: House) -> None:
    key = house.claimed()
    house.clock.forward(hours=48)
    house.side.reviews.claim(house.people.other_reviewer, key)
    house.side.reviews.accept(house.people.other_reviewer, key)
    with pytest.raises(Conflict):
        house.side.reviews.accept(house.people.reviewer, key)
    assert house.state(key) == "accepted"


def test_a_released_report_waits_for_anybody(house: House) -> None:
    key = house.claimed()
    house.side.reviews.release(house.people.reviewer, key)
    assert house.state(key) == "submitted"
    house.side.reviews.claim(house.people.other_reviewer, key)


def test_of_reviewers_claiming_at_once_one_gets_it(house: House) -> None:
    key = house.submitted()
    rivals = [house.people.reviewer, house.people.other_reviewer] * 3
    results = at_once(6, lambda n: house.side.reviews.claim(rivals[n], key))
    winners = [n for n, result in enumerate(results) if result is None]
    assert sum(isinstance(result, Conflict) for result in results) == 5
    holder = house.ask("SELECT reviewer_id FROM review_claim")
    assert [(row[0],) for row in holder] == [(rivals[n].id,) for n in winners]
    assert [action for action, _, _ in house.steps(key)].count("claim") == 1


def test_of_decisions_at_once_one_counts(house: House) -> None:
    key, reviewer = house.claimed(), house.people.reviewer
    acts: list[Callable[[], object]] = [
        lambda: house.side.reviews.accept(reviewer, key),
        lambda: house.side.reviews.decline(reviewer, key, "test", ""),
    ]
    results = at_once(6, lambda n: acts[n % 2]())
    assert sum(isinstance(result, Conflict) for result in results) == 5
    assert len(house.ask("SELECT 1 FROM review_decision")) == 1
    last = house.steps(key)[-1]
    assert last[2] == house.state(key)


@pytest.mark.parametrize("reason", sorted(DECLINE_REASONS))
def test_a_decline_has_a_reason_that_its_organization_sees(house: House, reason: str) -> None:
    key = house.claimed()
    house.side.reviews.decline(house.people.reviewer, key, reason, "A word to you.")
    assert house.state(key) == "declined"
    seen = house.side.reviews.decisions_for_submitter(house.people.member, key)
    assert [(one.reason_code, one.note) for one in seen] == [(reason, "A word to you.")]
    with pytest.raises(NotFound):
        house.side.reviews.decisions_for_submitter(house.people.other_member, key)


@pytest.mark.parametrize("reason", ["", "because", "NOT-AI"])
def test_a_decline_without_a_known_reason_is_refused(house: House, reason: str) -> None:
    key = house.claimed()
    with pytest.raises(Invalid):
        house.side.reviews.decline(house.people.reviewer, key, reason, "")
    assert house.state(key) == "in_review"


def test_a_request_for_changes_needs_words(house: House) -> None:
    key = house.claimed()
    with pytest.raises(Invalid):
        house.side.reviews.request_changes(house.people.reviewer, key, "  ")


def test_a_decision_on_what_was_not_seen_is_refused(house: House) -> None:
    key = house.claimed()
    with pytest.raises(Stale):
        house.side.reviews.accept(house.people.reviewer, key, expected=1)
    lock = house.ask("SELECT lock FROM submission WHERE id = :key", key=key)[0][0]
    house.side.reviews.accept(house.people.reviewer, key, expected=lock)


def test_drafts_are_hidden_from_reviewers(house: House) -> None:
    key = house.draft()
    with pytest.raises(NotFound):
        house.side.reviews.read(house.people.reviewer, key)
    with pytest.raises(NotFound):
        house.side.reviews.claim(house.people.reviewer, key)


def test_the_queue_is_whole_and_oldest_first_whatever_the_page(house: House) -> None:
    sent = []
    for number in range(7):
        sent.append(house.submitted(title=f"Number {number}"))
        house.clock.forward(minutes=5)
    house.submitted(house.people.other_member)
    sent.append(house.ask("SELECT id FROM submission ORDER BY submitted_at DESC")[0][0])
    for size in (1, 3, 50):
        seen, cursor = [], None
        while True:
            page = house.side.queue.page(house.people.reviewer, QueueRequest(cursor=cursor, limit=size))
            seen += [item.submission.id for item in page.items]
            cursor = page.next
            if cursor is None:
                break
        assert seen == sent
