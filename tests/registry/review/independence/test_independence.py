"""Nobody judges what they have to do with: in lists, on items, and for every act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from registry.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.identity.kin.rules import COOLING_OFF
from registry.identity.kin.service import Kinship
from registry.identity.rules import Actor, Role
from registry.review.independence.rules import RECUSAL_REASONS
from registry.review.queue.rules import QueueRequest
from tests.factories import register
from tests.registry.house import House


@pytest.fixture
def kin(house: House) -> Kinship:
    return house.side.tenants.kin


def listed(house: House, reviewer: Actor) -> list[str]:
    return [line.submission.id for line in house.side.queue.page(reviewer, QueueRequest()).items]


def assert_not_there(house: House, reviewer: Actor, key: str) -> None:
    assert listed(house, reviewer) == []
    assert sum(house.side.queue.counts(reviewer).states().values()) == 0
    asked: list[Callable[[], object]] = [
        lambda: house.side.reviews.read(reviewer, key),
        lambda: house.side.reviews.claim(reviewer, key),
        lambda: house.side.reviewing.evidence.of(reviewer, key),
    ]
    for ask in asked:
        with pytest.raises(NotFound):
            ask()
    assert listed(house, house.people.other_reviewer) == [key], "others see it as before"


def test_reports_of_a_parent_or_a_sister_are_not_there(house: House, kin: Kinship) -> None:
    people, key = house.people, house.submitted()
    assert listed(house, people.reviewer) == [key]
    steward, above = people.steward, people.steward.organization_id
    kin.belong(steward, people.reviewer.organization_id, above)
    kin.belong(steward, people.member.organization_id, above)
    assert_not_there(house, people.reviewer, key)
    kin.belong(steward, people.member.organization_id, None)
    assert listed(house, people.reviewer) == [key]


def test_who_left_an_organization_does_not_judge_it_for_a_year(house: House) -> None:
    people, directory, sessions = house.people, house.side.directory, house.side.sessions
    admin = register(directory, sessions, "admin", "Hill Aid", [Role.ORG_ADMIN])
    directory.grant(people.reviewer.id, admin.organization_id, [Role.MEMBER])
    house.side.custody.handing_over.hand_over(admin, people.reviewer.id, None)
    writer = register(directory, sessions, "writer", "Hill Aid Two", [Role.MEMBER])
    directory.grant(writer.id, admin.organization_id, [Role.MEMBER])
    key = house.submitted(Actor(writer.id, admin.organization_id, "Hill Aid", "W", frozenset([Role.MEMBER])))
    assert_not_there(house, people.reviewer, key)
    house.clock.forward(seconds=int(COOLING_OFF.total_seconds()))
    house.side.tenants.sweeping.sweep()
    assert listed(house, people.reviewer) == []
    house.clock.forward(seconds=1)
    house.side.tenants.sweeping.sweep()
    assert listed(house, people.reviewer) == [key]


def test_a_tie_that_somebody_names_hides_and_stops(house: House, kin: Kinship) -> None:
    people, key = house.people, house.submitted()
    kin.declare(people.reviewer, "lake  HEALTH\nSome vendor")
    assert kin.ties(people.reviewer) == ["Some vendor", "lake HEALTH"]
    assert_not_there(house, people.reviewer, key)
    kin.declare(people.reviewer, "")
    assert listed(house, people.reviewer) == [key]


@pytest.mark.parametrize("name", ["O.R.", "o.r.", "Review Holding", "review  holding"])
def test_a_report_that_names_kin_is_for_others(house: House, kin: Kinship, name: str) -> None:
    people = house.people
    admin = register(house.side.directory, house.side.sessions, "boss", "Review Holding", [Role.ORG_ADMIN])
    kin.belong(people.steward, people.reviewer.organization_id, admin.organization_id)
    kin.name(admin, "O.R.\nReviewers United")
    key = house.submitted(entities={"developers": [name], "deployers": ["A clinic network"]})
    assert_not_there(house, people.reviewer, key)
    house.side.reviews.claim(people.other_reviewer, key)


@pytest.mark.parametrize("reason", sorted(RECUSAL_REASONS))
def test_who_steps_aside_does_so_for_good(house: House, reason: str) -> None:
    people, key = house.people, house.claimed()
    house.side.reviews.recuse(people.reviewer, key, reason)
    assert house.state(key) == "submitted"
    assert_not_there(house, people.reviewer, key)
    assert house.steps(key)[-2:] == [
        ("recuse", "in_review", "in_review"),
        ("release", "in_review", "submitted"),
    ]
    reasons = house.ask("SELECT reason FROM audit_event WHERE subject_id = :key", key=key)
    assert reason not in {row[0] for row in reasons}, "why stays between the reviewer and the node"


def test_stepping_aside_leaves_the_claim_of_another(house: House) -> None:
    people, key = house.people, house.claimed()
    house.side.reviews.recuse(people.other_reviewer, key, "close")
    assert house.state(key) == "in_review"
    house.side.reviews.release(people.reviewer, key)


@pytest.mark.parametrize("reason", ["", "because", "CLOSE"])
def test_stepping_aside_needs_a_known_reason(small_house: House, reason: str) -> None:
    key = small_house.claimed()
    with pytest.raises(Invalid):
        small_house.side.reviews.recuse(small_house.people.reviewer, key, reason)


def test_who_may_write_down_kin(small_house: House) -> None:
    people, kin = small_house.people, small_house.side.tenants.kin
    own = people.reviewer.organization_id
    for stranger in (people.member, people.reviewer):
        with pytest.raises(NotAllowed):
            kin.belong(stranger, own, None)
        with pytest.raises(NotAllowed):
            kin.name(stranger, "Another name")
    with pytest.raises(Conflict):
        kin.belong(people.steward, own, _child(small_house, kin))
    with pytest.raises(Invalid):
        kin.belong(people.steward, own, "nowhere")
    with pytest.raises(NotFound):
        kin.belong(people.steward, "nowhere", own)


def _child(house: House, kin: Kinship) -> str:
    """An organization that belongs to that of the reviewer."""
    child = house.people.other_reviewer.organization_id
    kin.belong(house.people.steward, child, house.people.reviewer.organization_id)
    return child


def test_a_year_is_what_it_says() -> None:
    assert timedelta(days=365) == COOLING_OFF
