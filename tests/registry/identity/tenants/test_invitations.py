"""Invitations under concurrency, and against those who would use them for something else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registry.errors import Conflict, Invalid, NotFound
from registry.identity.rules import Actor, Role
from registry.identity.tenants.proofs import LinkDead
from registry.identity.tenants.rules import INVITATIONS_MAX, OPERATOR
from tests.factories import PASSWORD
from tests.registry.house import House, at_once
from tests.registry.neighbours import ANN, REASON, WISH, Post, again, join

NEW = "new@elsewhere.example"


@pytest.fixture
def admin(house: House) -> Actor:
    return join(house, "admin", house.people.member, Role.ORG_ADMIN)


@pytest.fixture
def stranger(house: House) -> Actor:
    """The administrator of another organization."""
    return join(house, "stranger", house.people.other_member, Role.ORG_ADMIN)


def link(house: House, admin: Actor, email: str = NEW, *roles: str) -> str:
    house.side.tenants.invitations.invite(admin, email, roles or ("member",), "en")
    return next(letter.secret for letter in Post(house).collect() if letter.to == email)


def names(results: list[object]) -> list[str]:
    return sorted(type(one).__name__ for one in results)


def test_of_ten_new_people_with_one_link_one_joins(house: House, admin: Actor) -> None:
    secret, invitations = link(house, admin), house.side.tenants.invitations
    results = at_once(10, lambda n: invitations.accept_as_new(secret, f"New {n}", PASSWORD, "en"))
    assert names(results) == ["LinkDead"] * 9 + ["str"]
    assert len(house.ask("SELECT id FROM person WHERE email = :email", email=NEW)) == 1


def test_of_ten_known_people_with_one_link_one_joins(house: House, admin: Actor) -> None:
    secret, invitations = link(house, admin), house.side.tenants.invitations
    people = house.people
    actors = (people.other_member, people.reviewer, people.other_reviewer, people.steward) * 2
    results = at_once(8, lambda n: invitations.accept_as(actors[n], secret))
    assert names(results) == ["LinkDead"] * 7 + ["str"]
    assert len(house.side.tenants.members.all(admin)) == 3


def test_two_links_to_one_new_address_make_one_account(house: House, admin: Actor, stranger: Actor) -> None:
    secrets = (link(house, admin), link(house, stranger))
    invitations = house.side.tenants.invitations
    results = at_once(2, lambda n: invitations.accept_as_new(secrets[n], "New", PASSWORD, "en"))
    assert names(results) == ["Conflict", "str"]
    key = next(one for one in results if isinstance(one, str))
    loser = secrets[0] if isinstance(results[0], Conflict) else secrets[1]
    invitations.accept_as(house.side.sessions.actor_of(key), loser)
    homes = house.ask("SELECT DISTINCT organization_id FROM membership WHERE person_id = :key", key=key)
    assert len(homes) == 2


def test_taken_back_while_accepted_is_one_or_the_other(house: House, admin: Actor) -> None:
    invitations = house.side.tenants.invitations
    secret = link(house, admin)
    key = invitations.waiting(admin)[0].id

    def act(number: int) -> object:
        if number:
            return invitations.revoke(admin, key)
        return invitations.accept_as_new(secret, "New", PASSWORD, "en")

    results = at_once(2, act)
    assert names(results) in (["LinkDead", "NoneType"], ["NotFound", "str"])


def test_invited_twice_at_once_one_waits(house: House, admin: Actor) -> None:
    invitations = house.side.tenants.invitations
    results = at_once(6, lambda _: invitations.invite(admin, NEW, ["member"], "en"))
    assert names(results) == ["Conflict"] * 5 + ["str"]


def test_another_organizations_invitation_does_not_exist(house: House, admin: Actor, stranger: Actor) -> None:
    invitations = house.side.tenants.invitations
    key = invitations.invite(admin, NEW, ["member"], "en")
    assert invitations.waiting(stranger) == []
    for act in (invitations.revoke, invitations.send_again):
        with pytest.raises(NotFound):
            act(stranger, key)
    invitations.revoke(admin, key)
    for act in (invitations.revoke, invitations.send_again):
        with pytest.raises(NotFound):
            act(admin, key)


def test_a_link_is_good_for_its_own_purpose_only(house: House, admin: Actor) -> None:
    house.side.tenants.applications.apply(WISH, ANN)
    (letter,) = Post(house).collect()
    secret = link(house, admin)
    with pytest.raises(LinkDead):
        house.side.tenants.invitations.accept_as(house.people.other_member, letter.secret)
    with pytest.raises(LinkDead):
        house.side.tenants.applications.confirm(secret, ANN.password)


def test_a_stranger_who_lays_claim_to_an_address_neither_keeps_it_nor_kills_its_invitation(
    house: House, admin: Actor
) -> None:
    secret = link(house, admin, ANN.email)
    applications = house.side.tenants.applications
    applications.apply(WISH, replace(ANN, name="A thief"))
    applications.apply(replace(WISH, name="Other"), replace(ANN, name="A thief again"))
    assert not house.side.tenants.invitations.opened(secret).known
    key = house.side.tenants.invitations.accept_as_new(secret, "The true Ann", PASSWORD, "en")
    assert house.side.sessions.actor_of(key).organization == "Lake Health"
    assert house.ask("SELECT name FROM person WHERE email = :email", email=ANN.email) == [("The true Ann",)]
    assert house.ask("SELECT id FROM organization WHERE state = 'applied'") == []


def test_somebody_whom_an_organization_vouches_for_is_not_erased_by_a_stranger(
    house: House, admin: Actor
) -> None:
    """Who came through an identity provider may have shown no address, and is a member all the same."""
    with house.private.work() as session:
        session.connection().exec_driver_sql("UPDATE person SET email_verified_at = NULL")
    house.side.tenants.applications.apply(WISH, replace(ANN, email="member@example.org"))
    assert again(house, house.people.member).roles == {Role.MEMBER}
    (letter,) = Post(house).collect()
    assert letter.kind == "mail.address-known"
    house.side.tenants.invitations.invite(admin, "other@example.org", ["member"], "en")
    secret = Post(house).collect()[-1].secret
    assert house.side.tenants.invitations.opened(secret).known
    with pytest.raises(Conflict):
        house.side.tenants.invitations.accept_as_new(secret, "Thief", PASSWORD, "en")
    assert again(house, house.people.other_member).organization == "River Schools"


def test_an_application_of_a_member_is_approved_without_a_letter(house: House) -> None:
    house.side.tenants.applications.apply_as(house.people.member, WISH)
    applied = house.ask("SELECT id FROM organization WHERE state = 'applied'")
    with house.private.work() as session:
        session.connection().exec_driver_sql("UPDATE person SET email_verified_at = NULL")
    assert house.side.tenants.standing.unconfirmed(OPERATOR) == frozenset()
    house.side.tenants.standing.approve(OPERATOR, applied[0][0], REASON)


@pytest.mark.parametrize("roles", [["steward"], ["member", "steward"], ["reviewer"], [], ["x" * 9999]])
def test_roles_that_are_not_offered_are_not_given(house: House, admin: Actor, roles: list[str]) -> None:
    with pytest.raises(Invalid):
        house.side.tenants.invitations.invite(admin, NEW, roles, "en")
    assert house.side.tenants.invitations.waiting(admin) == []


def test_accepting_what_one_has_already_adds_what_is_new(house: House, admin: Actor) -> None:
    secret = link(house, admin, NEW, "member", "org-admin")
    house.side.tenants.invitations.accept_as(house.people.member, secret)
    assert again(house, house.people.member).roles == {Role.MEMBER, Role.ORG_ADMIN}


def test_an_organization_cannot_fill_the_table(small_house: House) -> None:
    admin = join(small_house, "admin", small_house.people.member, Role.ORG_ADMIN)
    invitations = small_house.side.tenants.invitations
    for number in range(INVITATIONS_MAX):
        invitations.invite(admin, f"n{number}@elsewhere.example", ["member"], "en")
    with pytest.raises(Conflict, match="Too many"):
        invitations.invite(admin, NEW, ["member"], "en")


def test_every_step_is_in_the_trail_without_an_address(house: House, admin: Actor) -> None:
    invitations = house.side.tenants.invitations
    secret = link(house, admin)
    key = invitations.waiting(admin)[0].id
    invitations.send_again(admin, key)
    (letter,) = Post(house).collect()
    with pytest.raises(LinkDead):
        invitations.opened(secret)
    person = invitations.accept_as_new(letter.secret, "New", PASSWORD, "en")
    rows = house.ask(
        "SELECT action, new, reason FROM audit_event WHERE subject_id = :key ORDER BY id", key=key
    )
    assert [tuple(row) for row in rows] == [
        ("invite", "member", None),
        ("send-again", None, None),
        ("accept", None, person),
    ]
    assert NEW not in str(house.ask("SELECT * FROM audit_event"))
