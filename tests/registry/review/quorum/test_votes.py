"""Severe reports: two reviewers of different organizations have to agree, a third decides between them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pytest

from registry.errors import Conflict, NotFound
from registry.identity.rules import Actor, Role
from registry.intake.risk.deciding import RiskCheck, RiskChoice
from registry.publication.targets import PublicTargets
from registry.record.crowd import RecordCrowd
from registry.review.coding.rules import Given, Standing
from registry.review.service import Reviews
from registry.review.terms import ReviewTerms
from tests.factories import account, register
from tests.registry import opened
from tests.registry.house import House, at_once

ROUNDS = 5


@pytest.fixture
def reviews(house: House) -> Reviews:
    """Review at a node where serious reports need two."""
    risk = RiskCheck(RecordCrowd(house.public), 1)
    return Reviews(
        house.private, house.clock, risk, ReviewTerms(severe_from="serious"), PublicTargets(house.public)
    )


@pytest.fixture
def third(house: House) -> Actor:
    return register(house.side.directory, house.side.sessions, "third", "Third Review", [Role.REVIEWER])


def waiting(house: House, severity: str = "serious", **changes: object) -> str:
    raw = account(**changes)
    raw["classification"]["severity"] = [f"severity/{severity}"]
    made = house.side.intake.create(house.people.member, raw, channel="form", submit=True)
    return made.view.summary.id


def settle_details(reviews: Reviews, reviewer: Actor, key: str, choice: str = "keep") -> None:
    found = reviews.read(reviewer, key).personal.open
    reviews.decide_details(reviewer, key, {one.detail.thing: choice for one in found})


def accept(house: House, reviews: Reviews, reviewer: Actor, key: str, note: str = "") -> None:
    reviews.claim(reviewer, key)
    settle_details(reviews, reviewer, key)
    reviews.accept(reviewer, key, note)
    house.clock.forward(seconds=1)


def decline(house: House, reviews: Reviews, reviewer: Actor, key: str, reason: str = "not-ai") -> None:
    reviews.claim(reviewer, key)
    reviews.decline(reviewer, key, reason, "A word to you.")
    house.clock.forward(seconds=1)


def claim_as(reviews: Reviews, key: str, rivals: Sequence[Actor], number: int) -> None:
    reviews.claim(rivals[number], key)


def actions(house: House, key: str) -> list[str]:
    return [action for action, _, _ in house.steps(key)]


def test_one_reviewer_decides_on_what_is_not_severe(house: House, reviews: Reviews) -> None:
    key = waiting(house, "moderate")
    accept(house, reviews, house.people.reviewer, key)
    assert house.state(key) == "accepted"
    assert house.ask("SELECT 1 FROM review_vote") == []


def test_two_of_different_organizations_accept_a_severe_one(house: House, reviews: Reviews) -> None:
    people, key = house.people, waiting(house)
    accept(house, reviews, people.reviewer, key, "First.")
    assert house.state(key) == "submitted", "it waits for another reviewer"
    assert house.ask("SELECT 1 FROM outbox_job WHERE kind = 'publication.due'") == []
    seen = reviews.read(people.other_reviewer, key)
    assert seen.decisions == (), "nobody learns how the others voted"
    assert {one.standing for one in seen.coding} == {Standing.SUBMITTED}
    assert reviews.risk(people.other_reviewer, key).decision is None
    assert reviews.decisions_for_submitter(people.member, key) == []
    accept(house, reviews, people.other_reviewer, key, "Second.")
    assert house.state(key) == "accepted"
    assert [one.note for one in reviews.decisions_for_submitter(people.member, key)] == ["First.", "Second."]
    assert opened.notes(house.private, key) == ["First.", "Second."]
    assert actions(house, key)[-4:] == ["claim", "vote", "claim", "accept"]
    assert len(house.ask("SELECT 1 FROM outbox_job WHERE kind = 'publication.due'")) == 1


def test_a_reviewer_whose_organization_has_voted_is_refused(house: House, reviews: Reviews) -> None:
    people, key = house.people, waiting(house)
    directory, sessions = house.side.directory, house.side.sessions
    person = directory.add_person("colleague@example.org", "Colleague", "a long enough password")
    directory.grant(person, people.reviewer.organization_id, [Role.REVIEWER])
    accept(house, reviews, people.reviewer, key)
    for voter in (people.reviewer, sessions.actor_of(person)):
        with pytest.raises(Conflict, match="Your organization has decided"):
            reviews.claim(voter, key)
    assert house.state(key) == "submitted"


@pytest.mark.parametrize("last", ["accept", "decline"])
def test_a_third_decides_between_two_who_disagree(
    house: House, reviews: Reviews, third: Actor, last: str
) -> None:
    people, key = house.people, waiting(house)
    decline(house, reviews, people.reviewer, key, "opinion")
    accept(house, reviews, people.other_reviewer, key)
    assert house.state(key) == "submitted"
    assert actions(house, key)[-2:] == ["split", "vote"]
    {"accept": accept, "decline": decline}[last](house, reviews, third, key)
    assert house.state(key) == ("accepted" if last == "accept" else "declined")
    told = reviews.decisions_for_submitter(people.member, key)
    assert {one.decision for one in told} == {last}, "the side that did not prevail is told to nobody"
    assert len(told) == 2


def test_two_decline_a_severe_one(house: House, reviews: Reviews) -> None:
    people, key = house.people, waiting(house, "disaster")
    decline(house, reviews, people.reviewer, key, "opinion")
    decline(house, reviews, people.other_reviewer, key, "not-enough")
    assert house.state(key) == "declined"
    assert house.side.intake.history(people.member, key)[-1].reason == "not-enough"


def test_a_new_version_is_voted_on_anew(house: House, reviews: Reviews) -> None:
    people, key = house.people, waiting(house)
    accept(house, reviews, people.reviewer, key)
    reviews.claim(people.other_reviewer, key)
    reviews.request_changes(people.other_reviewer, key, "Say more.")
    house.side.intake.revise(people.member, key, account(title="Version 2"), expected=None)
    house.side.intake.submit(people.member, key)
    settle_details(reviews, people.other_reviewer, key)
    reviews.accept(people.other_reviewer, key)
    assert house.state(key) == "submitted", "the first vote was on another version"
    accept(house, reviews, people.reviewer, key)
    assert house.state(key) == "accepted"


def test_a_yes_does_not_count_for_what_was_not_seen(house: House, reviews: Reviews) -> None:
    people, key = house.people, waiting(house)
    accept(house, reviews, people.reviewer, key)
    reviews.claim(people.other_reviewer, key)
    coarser = RiskChoice({"date": "year"}, "Few clinics are like it.")
    reviews.decide_risk(people.other_reviewer, key, coarser)
    reviews.accept(people.other_reviewer, key)
    assert house.state(key) == "submitted", "what would be published has changed since the first yes"
    reviews.claim(people.reviewer, key)
    reviews.accept(people.reviewer, key)
    assert house.state(key) == "accepted"


def test_a_yes_that_counts_again_refuses_a_colleague(house: House, reviews: Reviews, third: Actor) -> None:
    """Coded otherwise meanwhile, the first yes did not count; coded back, it does."""
    people, key = house.people, waiting(house)
    directory, sessions = house.side.directory, house.side.sessions
    person = directory.add_person("colleague@example.org", "Colleague", "a long enough password")
    directory.grant(person, people.reviewer.organization_id, [Role.REVIEWER])
    colleague = sessions.actor_of(person)
    accept(house, reviews, people.reviewer, key)
    for voter, severity in ((third, "critical"), (colleague, "serious")):
        reviews.claim(voter, key)
        reviews.classify(voter, key, Given("severity", (f"severity/{severity}",)))
        if voter is third:
            reviews.release(voter, key)
    settle_details(reviews, colleague, key)
    for conclude in (
        lambda: reviews.accept(colleague, key),
        lambda: reviews.decline(colleague, key, "not-ai", "A word to you."),
    ):
        with pytest.raises(Conflict, match="Your organization has decided"):
            conclude()
    assert house.state(key) == "in_review"


def test_a_report_taken_back_between_two_votes_is_gone(house: House, reviews: Reviews) -> None:
    people, key = house.people, waiting(house)
    accept(house, reviews, people.reviewer, key)
    house.side.intake.withdraw(people.member, key)
    with pytest.raises((Conflict, NotFound)):
        reviews.claim(people.other_reviewer, key)
    assert house.state(key) == "withdrawn"


def test_of_two_who_would_give_the_second_vote_one_does(house: House, reviews: Reviews, third: Actor) -> None:
    people = house.people
    for _ in range(ROUNDS):
        key = waiting(house)
        accept(house, reviews, people.reviewer, key)
        rivals = (people.other_reviewer, third)
        results = at_once(2, partial(claim_as, reviews, key, rivals))
        assert sum(result is None for result in results) == 1
        holder = rivals[results.index(None)]
        settle_details(reviews, holder, key)
        reviews.accept(holder, key)
        assert house.state(key) == "accepted"
        rows = house.ask("SELECT reviewer_id FROM review_decision WHERE submission_id = :key", key=key)
        assert {row[0] for row in rows} == {people.reviewer.id, holder.id}
