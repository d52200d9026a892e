"""Who may appeal, and who may decide on an appeal, on both engines."""

from __future__ import annotations

import pytest

from registry.errors import CommonsError, Conflict, NotAllowed, NotFound
from registry.identity.rules import Actor, Role
from tests.factories import register
from tests.registry.house import House
from tests.registry.review.appealing.court import WHY, appealed, declined, taken

WHO = {
    "member": None,
    "other_member": NotFound,
    "reviewer": NotAllowed,
    "other_reviewer": NotAllowed,
    "steward": NotAllowed,
}


@pytest.mark.parametrize(("who", "refused"), WHO.items())
def test_who_may_appeal(small_house: House, who: str, refused: type[CommonsError] | None) -> None:
    key, actor = declined(small_house), getattr(small_house.people, who)
    if refused is None:
        small_house.side.reviewing.appeals.make(actor, key, WHY)
        return
    with pytest.raises(refused):
        small_house.side.reviewing.appeals.make(actor, key, WHY)


JUDGES = {
    "member": NotAllowed,
    "reviewer": Conflict,
    "other_reviewer": None,
    "steward": NotAllowed,
    "colleague": Conflict,
    "own": NotFound,
}


@pytest.mark.parametrize(("who", "refused"), JUDGES.items())
def test_who_may_take_an_appeal_on(house: House, who: str, refused: type[CommonsError] | None) -> None:
    people, side, key = house.people, house.side, appealed(house)
    actor: Actor = getattr(people, who, None) or register(
        side.directory, side.sessions, who, f"Office of {who}", [Role.REVIEWER]
    )
    home = {"colleague": people.reviewer.organization_id, "own": people.member.organization_id}.get(who)
    if home:  # somebody else of the house that declined it, or of the one that sent it
        side.directory.grant(actor.id, home, [Role.REVIEWER])
    if refused is None:
        side.reviews.claim(actor, key)
        return
    with pytest.raises(refused):
        side.reviews.claim(actor, key)


def test_whoever_judged_it_does_not_judge_it_again_in_any_version(house: House) -> None:
    people, side, key = house.people, house.side, taken(house)
    side.reviewing.appeals.uphold(people.other_reviewer, key)
    side.reviews.release(people.other_reviewer, key)
    assert side.reviews.read(people.reviewer, key).quorum.own
    with pytest.raises(Conflict, match="before the appeal"):
        side.reviews.claim(people.reviewer, key)
    side.reviews.claim(people.other_reviewer, key)
    side.reviews.request_changes(people.other_reviewer, key, "Say more.")
    side.intake.submit(people.member, key)
    house.clock.forward(days=3)
    with pytest.raises(Conflict, match="before the appeal"):
        side.reviews.claim(people.reviewer, key)


def test_kin_of_those_who_declined_it_are_kept_out(house: House) -> None:
    people, side, key = house.people, house.side, appealed(house)
    kin, above = side.tenants.kin, people.steward.organization_id
    kin.belong(people.steward, people.reviewer.organization_id, above)
    kin.belong(people.steward, people.other_reviewer.organization_id, above)
    with pytest.raises(Conflict, match="before the appeal"):
        side.reviews.claim(people.other_reviewer, key)


def test_whoever_becomes_kin_meanwhile_cannot_decide_any_more(house: House) -> None:
    people, side, key = house.people, house.side, taken(house)
    side.tenants.kin.declare(people.other_reviewer, "Open Review")
    for act in (
        lambda: side.reviewing.appeals.uphold(people.other_reviewer, key),
        lambda: side.reviewing.appeals.reject(people.other_reviewer, key, "other", "So."),
    ):
        with pytest.raises(Conflict, match="before the appeal"):
            act()
    side.reviews.release(people.other_reviewer, key)
    assert house.state(key) == "appealed"


def test_an_appeal_nobody_may_decide_on_is_told(house: House) -> None:
    people, appeals, key = house.people, house.side.reviewing.appeals, appealed(house)
    assert not appeals.own(people.member, key).stuck
    assert appeals.stuck(people.steward) == ()
    house.side.tenants.kin.belong(
        people.steward, people.other_reviewer.organization_id, people.reviewer.organization_id
    )
    assert appeals.own(people.member, key).stuck
    assert [one for one, _ in appeals.stuck(people.steward)] == [key]
    with pytest.raises(NotAllowed):
        appeals.stuck(people.reviewer)
    register(house.side.directory, house.side.sessions, "third", "Third Review", [Role.REVIEWER])
    assert appeals.stuck(people.steward) == ()


def test_whoever_stepped_aside_leaves_nobody(house: House) -> None:
    people, key = house.people, appealed(house)
    house.side.reviews.recuse(people.other_reviewer, key, "close")
    assert house.side.reviewing.appeals.own(people.member, key).stuck
