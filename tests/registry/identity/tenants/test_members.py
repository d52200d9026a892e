"""The people of an organization and what its administrators change."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from registry.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from registry.identity.rules import Actor, Role
from registry.identity.tenants.rules import OPERATOR
from tests.registry.house import House, at_once
from tests.registry.neighbours import REASON, again, join


@pytest.fixture
def admin(house: House) -> Actor:
    return join(house, "admin", house.people.member, Role.ORG_ADMIN)


def roles(house: House, actor: Actor) -> frozenset[Role]:
    return again(house, actor).roles


def test_members_are_listed_with_their_roles(house: House, admin: Actor) -> None:
    listed = house.side.tenants.members.all(admin)
    assert [(one.name, one.roles) for one in listed] == [
        ("Admin", (Role.ORG_ADMIN,)),
        ("Member", (Role.MEMBER,)),
    ]
    assert [house.side.tenants.members.one(admin, one.id) for one in listed] == listed


def test_roles_are_changed_and_recorded(house: House, admin: Actor) -> None:
    house.side.tenants.members.change_roles(admin, house.people.member.id, ["org-admin"])
    assert roles(house, house.people.member) == {Role.ORG_ADMIN}
    row = house.ask(
        "SELECT action, old, new, actor_id FROM audit_event WHERE subject_id = :key ORDER BY id DESC LIMIT 1",
        key=house.people.member.id,
    )
    assert tuple(row[0]) == ("roles", "member", "org-admin", admin.id)


def test_a_reviewer_needs_an_approved_reviewing_body(house: House, admin: Actor) -> None:
    members, person = house.side.tenants.members, house.people.member
    with pytest.raises(Invalid):
        members.change_roles(admin, person.id, ["member", "reviewer"])
    house.side.tenants.standing.allow_review(OPERATOR, admin.organization_id, REASON)
    members.change_roles(admin, person.id, ["member", "reviewer"])
    assert roles(house, person) == {Role.MEMBER, Role.REVIEWER}


@pytest.mark.parametrize("wanted", [["steward"], ["member", "steward"], ["owner"], []])
def test_nobody_is_made_steward_or_left_without_a_role(house: House, admin: Actor, wanted: list[str]) -> None:
    with pytest.raises(Invalid):
        house.side.tenants.members.change_roles(admin, house.people.member.id, wanted)
    assert roles(house, house.people.member) == {Role.MEMBER}


def test_a_steward_stays_one_whatever_an_administrator_does(house: House) -> None:
    office = join(house, "office", house.people.steward, Role.ORG_ADMIN)
    house.side.tenants.members.change_roles(office, house.people.steward.id, ["member"])
    assert roles(house, house.people.steward) == {Role.STEWARD, Role.MEMBER}


def test_the_last_administrator_cannot_be_locked_out(house: House, admin: Actor) -> None:
    members = house.side.tenants.members
    with pytest.raises(Conflict):
        members.change_roles(admin, admin.id, ["member"])
    members.change_roles(admin, house.people.member.id, ["org-admin"])
    members.change_roles(admin, admin.id, ["member"])
    with pytest.raises(Conflict):
        members.change_roles(again(house, house.people.member), house.people.member.id, ["member"])


def test_two_administrators_who_demote_each_other_leave_one(house: House, admin: Actor) -> None:
    members = house.side.tenants.members
    members.change_roles(admin, house.people.member.id, ["org-admin"])
    pair = (admin, again(house, house.people.member))
    results = at_once(2, lambda n: members.change_roles(pair[n], pair[1 - n].id, ["member"]))
    left = [one for one in pair if Role.ORG_ADMIN in roles(house, one)]
    assert len(left) == 1
    assert sorted(type(one).__name__ for one in results) == ["Conflict", "NoneType"]


def test_people_of_other_organizations_do_not_exist(house: House, admin: Actor) -> None:
    members = house.side.tenants.members
    acts: list[Callable[[str], object]] = [
        lambda key: members.one(admin, key),
        lambda key: members.change_roles(admin, key, ["member"]),
        lambda key: house.side.custody.handing_over.leaving(admin, key),
        lambda key: house.side.custody.handing_over.hand_over(admin, key, None),
    ]
    for key in (house.people.other_member.id, house.people.steward.id, "0" * 32):
        for act in acts:
            with pytest.raises(NotFound):
                act(key)


@pytest.mark.parametrize("name", ["member", "reviewer", "steward"])
def test_only_administrators_manage(small_house: House, name: str) -> None:
    actor = getattr(small_house.people, name)
    tenants, custody = small_house.side.tenants, small_house.side.custody
    acts: list[Callable[[], object]] = [
        lambda: tenants.members.all(actor),
        lambda: tenants.members.one(actor, actor.id),
        lambda: tenants.members.organization(actor),
        lambda: tenants.members.describe(actor, "x", seen="x"),
        lambda: tenants.members.change_roles(actor, actor.id, ["org-admin"]),
        lambda: tenants.invitations.invite(actor, "a@b.example", ["member"], "en"),
        lambda: tenants.invitations.waiting(actor),
        lambda: tenants.programs.all(actor),
        lambda: tenants.programs.offered(actor),
        lambda: custody.handing_over.leaving(actor, actor.id),
        lambda: custody.handing_over.hand_over(actor, actor.id, None),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()


def test_the_public_description_is_changed(house: House, admin: Actor) -> None:
    members = house.side.tenants.members
    seen = members.organization(admin).descriptor
    members.describe(admin, "  a clinic\n network ", seen=seen)
    assert members.organization(admin).descriptor == "a clinic network"
    with pytest.raises(Stale):
        members.describe(admin, "something else", seen=seen)
    for wrong in ("", " \x00 ", "d" * 201):
        with pytest.raises(Invalid):
            members.describe(admin, wrong, seen="a clinic network")
