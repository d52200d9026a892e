"""Signing in: one answer for every mistake, sessions that end, organizations that are suspended."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from registry.errors import NotAllowed
from registry.identity.oauth.rules import Way
from registry.identity.outside import Outside
from registry.identity.rules import Permission, Role, allowed
from registry.identity.sessions import SignInRefused
from tests.factories import PASSWORD, register
from tests.registry.house import House


def set_active(house: House, table: str, key: str, *, active: bool) -> None:
    """Switch a person, an organization or a program off and on."""
    column, value = "active", active
    if table == "organization":
        column, value = "state", "active" if active else "suspended"
    with house.private.work() as session:
        session.execute(text(f"UPDATE {table} SET {column} = :v WHERE id = :k"), {"v": value, "k": key})  # noqa: S608 - names from this file


def test_the_right_password_signs_in_and_the_cookie_stands_for_the_person(house: House) -> None:
    done = house.side.sessions.sign_in("member@example.org", PASSWORD)
    assert done.actor == house.people.member
    assert house.side.sessions.person(done.secret) == house.people.member
    assert done.actor.roles == {Role.MEMBER}
    assert (done.actor.organization, done.actor.name) == ("Lake Health", "Member")


def test_the_address_may_be_written_in_any_case(house: House) -> None:
    assert house.side.sessions.sign_in("  MEMBER@Example.Org ", PASSWORD).actor == house.people.member


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("member@example.org", "not the password"),
        ("nobody@example.org", PASSWORD),
        ("", ""),
        ("member@example.org", ""),
        ("member@example.org", PASSWORD + "x"),
        ("member@example.org", "x" * 100_000),
        ("member@example.org\x00", PASSWORD),
        ("\ud800@example.org", PASSWORD),
        ("member@example.org", "\ud800"),
        ("member@example.org' OR 1=1 --", PASSWORD),
        ("%@example.org", PASSWORD),
    ],
)
def test_every_mistake_gets_the_same_answer(house: House, email: str, password: str) -> None:
    with pytest.raises(SignInRefused) as caught:
        house.side.sessions.sign_in(email, password)
    assert (caught.value.text, caught.value.facts) == (SignInRefused().text, {})


def test_a_person_who_left_is_unknown(house: House) -> None:
    secret = house.side.sessions.sign_in("member@example.org", PASSWORD).secret
    set_active(house, "person", house.people.member.id, active=False)
    with pytest.raises(SignInRefused):
        house.side.sessions.sign_in("member@example.org", PASSWORD)
    assert house.side.sessions.person(secret) is None


def test_a_suspended_organization_lets_nobody_in_and_ends_what_is_open(house: House) -> None:
    secret = house.side.sessions.sign_in("member@example.org", PASSWORD).secret
    token = house.side.directory.add_client(
        "Lake Health", "tool", ["submissions:write"], Way(bearer=True)
    ).token
    set_active(house, "organization", house.people.member.organization_id, active=False)
    assert house.side.sessions.person(secret) is None
    assert house.side.sessions.client(token) is None
    done = house.side.sessions.sign_in("member@example.org", PASSWORD)
    assert (done.actor.outside, done.actor.roles, done.actor.organization_id) == (
        Outside.SUSPENDED,
        set(),
        "",
    )
    set_active(house, "organization", house.people.member.organization_id, active=True)
    assert house.side.sessions.person(secret) == house.people.member


def test_a_session_ends_by_itself(house: House) -> None:
    secret = house.side.sessions.sign_in("member@example.org", PASSWORD).secret
    house.clock.forward(hours=11, minutes=59, seconds=59)
    assert house.side.sessions.person(secret) is not None
    house.clock.forward(seconds=1)
    assert house.side.sessions.person(secret) is None


def test_signing_out_ends_this_session_only_and_may_be_repeated(house: House) -> None:
    first, second = (house.side.sessions.sign_in("member@example.org", PASSWORD).secret for _ in range(2))
    assert first != second
    house.side.sessions.sign_out(first)
    house.side.sessions.sign_out(first)
    house.side.sessions.sign_out("never was")
    assert house.side.sessions.person(first) is None
    assert house.side.sessions.person(second) == house.people.member
    house.clock.forward(hours=-20)
    assert house.side.sessions.person(first) is None


@pytest.mark.parametrize("secret", ["", "x", "\x00", "\ud800", "x" * 10_000])
def test_a_made_up_cookie_stands_for_nobody(house: House, secret: str) -> None:
    assert house.side.sessions.person(secret) is None
    assert house.side.sessions.client(secret) is None


def test_no_secret_is_kept_as_it_is(house: House) -> None:
    secret = house.side.sessions.sign_in("member@example.org", PASSWORD).secret
    token = house.side.directory.add_client(
        "Lake Health", "tool", ["submissions:write"], Way(bearer=True)
    ).token
    kept = [*house.ask("SELECT * FROM sign_in"), *house.ask("SELECT * FROM client")]
    kept += house.ask("SELECT * FROM person")
    written = repr([tuple(row) for row in kept])
    assert not any(plain in written for plain in (secret, token, PASSWORD))
    assert "$argon2id$" in written


def test_signing_in_is_on_the_trail(house: House) -> None:
    house.side.sessions.sign_in("reviewer@example.org", PASSWORD)
    row = house.ask(
        "SELECT subject_id, action, actor_role, organization_id FROM audit_event ORDER BY id DESC"
    )[0]
    who = house.people.reviewer
    assert tuple(row) == (who.id, "sign-in", "reviewer", who.organization_id)


def test_a_person_without_organization_comes_in_to_what_is_theirs(house: House) -> None:
    person = house.side.directory.add_person("new@example.org", "New", PASSWORD)
    done = house.side.sessions.sign_in("new@example.org", PASSWORD)
    assert (done.actor.outside, done.actor.role, done.actor.roles) == (Outside.LEFT, "person", set())
    assert {one for one in Permission if done.actor.holds(one)} == {Permission.MANAGE_ACCOUNT}
    assert not any(allowed(done.actor, one, "") for one in Permission)
    assert house.side.sessions.person(done.secret) == done.actor
    with pytest.raises(NotAllowed):
        house.side.sessions.actor_of(person)


def test_a_person_acts_with_the_roles_of_one_organization_only(house: House) -> None:
    register(house.side.directory, house.side.sessions, "two", "A First House", [Role.MEMBER])
    person = house.side.directory.find_person("two@example.org")
    assert person is not None
    review = house.side.directory.find_organization("Open Review")
    house.side.directory.grant(person, review, [Role.REVIEWER])
    actor = house.side.sessions.sign_in("two@example.org", PASSWORD).actor
    assert actor.organization == "A First House"
    assert actor.roles == {Role.MEMBER}
    assert house.side.sessions.actor_of(person) == actor


def test_a_client_acts_with_its_scopes(house: House) -> None:
    made = house.side.directory.add_client(
        "Lake Health", "tool", ["submissions:write", "submissions:read"], Way(bearer=True)
    )
    actor = house.side.sessions.client(made.token)
    assert actor is not None
    assert (actor.id, actor.organization_id) == (made.id, house.people.member.organization_id)
    assert not actor.roles
    assert actor.scopes == {"submissions:write", "submissions:read"}
    assert actor.role == "client"
    set_active(house, "client", made.id, active=False)
    assert house.side.sessions.client(made.token) is None
