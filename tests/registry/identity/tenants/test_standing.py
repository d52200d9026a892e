"""The steward's decisions: who may take them, what they lead to, and that each has its reason on record."""

from __future__ import annotations

import pytest

from registry.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.identity.rules import Actor, OrganizationState
from registry.identity.tenants.rules import OPERATOR, Whoever
from tests.registry.house import House, at_once
from tests.registry.neighbours import ANN, REASON, WISH, Post, apply, organization_of


@pytest.fixture(params=["steward", "operator"])
def decider(request: pytest.FixtureRequest, house: House) -> Whoever:
    return OPERATOR if request.param == "operator" else house.people.steward


def test_an_approved_organization_may_act(house: House, decider: Whoever) -> None:
    key = apply(house)
    house.side.tenants.standing.approve(decider, key, f"  {REASON}\r\n")
    file = house.side.tenants.standing.read(decider, key)
    assert file.organization.state is OrganizationState.ACTIVE
    assert [(one.action, one.reason) for one in file.rulings] == [("approve", REASON)]
    assert file.rulings[0].by == ("" if decider is OPERATOR else "Steward")
    assert house.side.sessions.actor_of(file.admins[0].id).organization == "Harbour Aid"


def test_the_trail_says_who_decided_and_carries_no_words(house: House, decider: Whoever) -> None:
    key = apply(house)
    house.side.tenants.standing.decline(decider, key, REASON)
    rows = house.ask(
        "SELECT action, old, new, reason, actor_id, actor_role FROM audit_event"
        " WHERE subject = 'organization' AND subject_id = :key ORDER BY id",
        key=key,
    )
    by = (decider.id, "steward") if isinstance(decider, Actor) else (None, "operator")
    assert tuple(rows[-1]) == ("decline", "applied", "declined", None, *by)


def test_the_applicant_reads_the_reason(house: House) -> None:
    key = apply(house)
    house.side.tenants.standing.decline(house.people.steward, key, "We could not reach you.")
    house.clock.forward(hours=1)
    house.side.tenants.standing.approve(house.people.steward, key, REASON)
    letters = Post(house).collect()
    assert [(one.kind, one.to, one.facts["reason"]) for one in letters] == [
        ("mail.approved", ANN.email, REASON)
    ]


def test_nobody_is_approved_whose_address_was_not_confirmed(house: House) -> None:
    house.side.tenants.applications.apply(WISH, ANN)
    key = organization_of(house, ANN.email)
    with pytest.raises(Conflict, match="not confirmed"):
        house.side.tenants.standing.approve(house.people.steward, key, REASON)
    assert house.side.tenants.standing.read(OPERATOR, key).rulings == ()


@pytest.mark.parametrize("reason", ["", " \n ", "x" * 2001])
def test_no_decision_without_a_reason(house: House, reason: str) -> None:
    key = apply(house)
    standing = house.side.tenants.standing
    for act in (standing.approve, standing.decline):
        with pytest.raises(Invalid):
            act(house.people.steward, key, reason)
    assert standing.read(OPERATOR, key).organization.state is OrganizationState.APPLIED


@pytest.mark.parametrize("name", ["member", "other_member", "reviewer"])
def test_nobody_else_decides_or_looks(small_house: House, name: str) -> None:
    key, actor = apply(small_house), getattr(small_house.people, name)
    standing, suspension = small_house.side.tenants.standing, small_house.side.custody.suspension
    for act in (standing.approve, standing.decline, standing.allow_review):
        with pytest.raises(NotAllowed):
            act(actor, key, REASON)
    for stop in (suspension.suspend, suspension.resume, suspension.stop_review):
        with pytest.raises(NotAllowed):
            stop(actor, key, REASON)
    for look in (
        lambda: standing.all(actor),
        lambda: standing.counts(actor),
        lambda: standing.read(actor, key),
    ):
        with pytest.raises(NotAllowed):
            look()


def test_lists_show_what_items_show(house: House) -> None:
    key, standing = apply(house), house.side.tenants.standing
    counts = standing.counts(OPERATOR)
    for state, count in counts.items():
        listed = standing.all(OPERATOR, state)
        assert len(listed) == count
        assert all(standing.read(OPERATOR, one.id).organization == one for one in listed)
    assert counts[OrganizationState.APPLIED] == 1
    assert [one.id for one in standing.all(OPERATOR, OrganizationState.APPLIED)] == [key]
    assert standing.all(OPERATOR, OrganizationState.ERASED) == []


def test_what_was_erased_or_never_was_is_not_found(house: House) -> None:
    key = apply(house)
    house.side.custody.erasure.erase_organization(OPERATOR, key, WISH.name)
    for gone in (key, "0" * 32):
        with pytest.raises(NotFound):
            house.side.tenants.standing.read(OPERATOR, gone)
        with pytest.raises(NotFound):
            house.side.tenants.standing.approve(OPERATOR, gone, REASON)


def test_of_two_decisions_at_once_one_is_taken(house: House) -> None:
    key, standing = apply(house), house.side.tenants.standing
    acts = (standing.approve, standing.decline) * 4
    results = at_once(8, lambda number: acts[number](house.people.steward, key, REASON))
    taken = [one for one in results if one is None]
    state = standing.read(OPERATOR, key).organization.state
    # A decline may still be followed by an approval, never the other way round.
    assert len(taken) == len(standing.read(OPERATOR, key).rulings)
    assert len(taken) <= 2
    assert state in (OrganizationState.ACTIVE, OrganizationState.DECLINED)
    assert all(isinstance(one, Conflict) for one in results if one is not None)


def test_reviewing_is_allowed_once_and_only_to_those_who_may_act(house: House) -> None:
    standing, key = house.side.tenants.standing, house.people.member.organization_id
    standing.allow_review(house.people.steward, key, REASON)
    assert standing.read(OPERATOR, key).organization.may_review
    with pytest.raises(Conflict):
        standing.allow_review(house.people.steward, key, REASON)
    with pytest.raises(Conflict):
        standing.allow_review(house.people.steward, apply(house), REASON)
