"""What becomes of an appeal when originals go: by time, by wish, with the organization; and in exports."""

from __future__ import annotations

import pytest

from registry.errors import Conflict
from registry.identity.rules import Role
from registry.intake.risk.deciding import RiskCheck
from registry.publication.targets import PublicTargets
from registry.record.crowd import RecordCrowd
from registry.review.service import Reviews
from registry.review.terms import ReviewTerms
from registry.review.views import QuorumView
from tests.factories import keep_details, register
from tests.registry.house import House
from tests.registry.review.appealing.court import WHY, appealed, declined

HALF_A_YEAR = 180


def test_an_appeal_under_way_keeps_the_original(house: House) -> None:
    people, key = house.people, declined(house)
    house.clock.forward(days=29)
    house.side.reviewing.appeals.make(people.member, key, WHY)
    house.clock.forward(days=2 * HALF_A_YEAR)
    assert house.side.custody.retention.run().shredded == 0
    house.side.reviews.claim(people.other_reviewer, key)
    house.side.reviewing.appeals.reject(people.other_reviewer, key, "reason-holds", "It holds.")
    house.clock.forward(days=HALF_A_YEAR - 1)
    assert house.side.custody.retention.run().shredded == 0
    house.clock.forward(days=1)
    assert house.side.custody.retention.run().shredded == 1
    made = house.side.reviewing.appeals.own(people.member, key).made
    assert made is not None
    assert made.text == ""
    assert house.ask("SELECT sealed_reason FROM review_appeal")[0][0] is None


def test_what_was_deleted_cannot_be_looked_at_again(house: House) -> None:
    people, key = house.people, declined(house)
    house.side.custody.originals.erase(people.member, key)
    assert house.side.reviewing.appeals.own(people.member, key).until is None
    with pytest.raises(Conflict, match="deleted"):
        house.side.reviewing.appeals.make(people.member, key, WHY)


def test_deleting_the_report_ends_the_appeal(house: House) -> None:
    people, key = house.people, appealed(house)
    receipt = house.side.custody.originals.erase(people.member, key)
    assert receipt.destroyed["appeals"] == 1
    assert house.state(key) == "withdrawn"
    assert house.ask("SELECT sealed_reason FROM review_appeal")[0][0] is None


def test_votes_of_before_the_appeal_count_no_more(house: House) -> None:
    """Two declined a severe report; of those who look at it again, two have to agree as well."""
    people, side = house.people, house.side
    risk = RiskCheck(RecordCrowd(house.public), 1)
    reviews = Reviews(
        house.private, house.clock, risk, ReviewTerms(severe_from="serious"), PublicTargets(house.public)
    )
    others = [
        register(side.directory, side.sessions, name, f"{name} Review", [Role.REVIEWER])
        for name in ("third", "fourth")
    ]
    key = house.submitted()
    for reviewer in (people.reviewer, people.other_reviewer):
        reviews.claim(reviewer, key)
        reviews.decline(reviewer, key, "test", "")
        house.clock.forward(seconds=60)
    side.reviewing.appeals.make(people.member, key, WHY)
    house.clock.forward(seconds=60)
    reviews.claim(others[0], key)
    side.reviewing.appeals.uphold(others[0], key)
    assert reviews.read(others[0], key).quorum == QuorumView(needed=2, cast=0, own=False)
    for reviewer in others:
        if reviewer is others[1]:
            with pytest.raises(Conflict, match="before the appeal"):
                reviews.claim(people.other_reviewer, key)
            reviews.claim(reviewer, key)
        keep_details(side, reviewer, key)
        reviews.accept(reviewer, key)
        house.clock.forward(seconds=60)
    assert house.state(key) == "accepted"
