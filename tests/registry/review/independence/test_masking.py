"""Blind review: who told a report is shown to whoever asks with a reason, and to nobody else."""

from __future__ import annotations

import pytest

from registry.errors import Conflict, Invalid
from registry.intake.risk.deciding import RiskCheck
from registry.publication.targets import PublicTargets
from registry.record.crowd import RecordCrowd
from registry.review.independence.rules import UNMASK_REASONS
from registry.review.service import Reviews
from registry.review.terms import ReviewTerms
from tests.registry.house import House


@pytest.fixture
def blind(house: House) -> Reviews:
    risk = RiskCheck(RecordCrowd(house.public), 1)
    return Reviews(house.private, house.clock, risk, ReviewTerms(blind=True), PublicTargets(house.public))


@pytest.mark.parametrize("reason", sorted(UNMASK_REASONS))
def test_one_reviewer_learns_it_and_the_organization_reads_why(
    house: House, blind: Reviews, reason: str
) -> None:
    people, key = house.people, house.claimed()
    seen = blind.read(people.reviewer, key)
    assert (seen.contributor, seen.masked) == ("", True)
    assert "Lake" not in repr(seen)
    blind.unmask(people.reviewer, key, reason, expected=seen.submission.summary.lock)
    assert blind.read(people.reviewer, key).contributor == "an organization like Lake"
    assert blind.read(people.other_reviewer, key).masked
    last = house.side.intake.history(people.member, key)[-1]
    assert (last.action, last.reason) == ("unmask", reason)


def test_asking_twice_is_asking_once(house: House, blind: Reviews) -> None:
    key = house.claimed()
    for _ in range(2):
        blind.unmask(house.people.reviewer, key, "safety")
    assert [action for action, _, _ in house.steps(key)].count("unmask") == 1


def test_who_holds_no_claim_or_says_no_reason_learns_nothing(house: House, blind: Reviews) -> None:
    key = house.claimed()
    with pytest.raises(Conflict):
        blind.unmask(house.people.other_reviewer, key, "safety")
    for reason in ("", "curious"):
        with pytest.raises(Invalid):
            blind.unmask(house.people.reviewer, key, reason)
    assert blind.read(house.people.reviewer, key).masked


def test_without_blind_review_it_is_shown(house: House) -> None:
    seen = house.side.reviews.read(house.people.reviewer, house.claimed())
    assert (seen.contributor, seen.masked) == ("an organization like Lake", False)
