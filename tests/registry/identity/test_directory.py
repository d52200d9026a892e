"""Registering organizations, people and clients."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from registry.errors import Conflict, Invalid, NotFound
from registry.identity.oauth.rules import Way
from registry.identity.rules import Role
from tests.factories import PASSWORD
from tests.registry.house import House, at_once


@pytest.mark.parametrize(
    ("register", "pointers"),
    [
        (lambda d: d.add_organization("", "a kind"), ["/name"]),
        (lambda d: d.add_organization(" ", " "), ["/name", "/descriptor"]),
        (lambda d: d.add_organization("x" * 201, "a kind"), ["/name"]),
        (lambda d: d.add_person("no address", "Name", PASSWORD), ["/email"]),
        (lambda d: d.add_person("a@b@c", "Name", PASSWORD), ["/email"]),
        (lambda d: d.add_person("x" * 65 + "@example.org", "Name", PASSWORD), ["/email"]),
        (lambda d: d.add_person("a@example.org", "", PASSWORD), ["/name"]),
        (lambda d: d.add_person("a@example.org", "x" * 121, PASSWORD), ["/name"]),
        (lambda d: d.add_person("a@example.org", "Name", "x" * 11), ["/password"]),
        (lambda d: d.add_person("a@example.org", "Name", "x" * 201), ["/password"]),
        (lambda d: d.add_person("", "", ""), ["/email", "/name", "/password"]),
        (lambda d: d.add_organization("Lake\x1b[2J", "a \u2067kind"), ["/name", "/descriptor"]),
        (lambda d: d.add_person("a@example.org", "Ann\u202eA", PASSWORD), ["/name"]),
        (lambda d: d.add_client("Lake Health", "to\x07ol", ["submissions:read"]), ["/name"]),
        (lambda d: d.add_client("Lake Health", "tool", []), ["/scopes"]),
        (lambda d: d.add_client("Lake Health", "tool", ["everything"]), ["/scopes"]),
    ],
)
def test_bad_input_is_named(small_house: House, register: Callable[..., object], pointers: list[str]) -> None:
    before = len(small_house.ask("SELECT 1 FROM audit_event"))
    with pytest.raises(Invalid) as caught:
        register(small_house.side.directory)
    assert [problem.pointer for problem in caught.value.problems] == pointers
    assert len(small_house.ask("SELECT 1 FROM audit_event")) == before


def test_names_and_addresses_are_taken_once(house: House) -> None:
    with pytest.raises(Conflict):
        house.side.directory.add_organization(" Lake Health ", "another")
    with pytest.raises(Conflict):
        house.side.directory.add_person("MEMBER@example.org", "Another", PASSWORD)
    assert len(house.ask("SELECT 1 FROM organization")) == 5


def test_of_two_registrations_at_once_one_wins(house: House) -> None:
    results = at_once(2, lambda _: house.side.directory.add_organization("New", "a kind"))
    assert sorted(isinstance(result, Conflict) for result in results) == [False, True]


def test_organizations_are_found_by_name_or_id(house: House) -> None:
    key = house.people.member.organization_id
    assert house.side.directory.find_organization("Lake Health") == key
    assert house.side.directory.find_organization(key) == key
    with pytest.raises(NotFound, match="No House"):
        house.side.directory.find_organization("No House")
    with pytest.raises(NotFound):
        house.side.directory.add_client("No House", "tool", ["submissions:read"])


def test_granting_a_role_twice_changes_nothing(house: House) -> None:
    person, organization = house.people.member.id, house.people.member.organization_id
    before = len(house.ask("SELECT 1 FROM audit_event"))
    house.side.directory.grant(person, organization, [Role.MEMBER, Role.ORG_ADMIN])
    house.side.directory.grant(person, organization, [Role.MEMBER, Role.ORG_ADMIN])
    assert house.side.sessions.actor_of(person).roles == {Role.MEMBER, Role.ORG_ADMIN}
    assert len(house.ask("SELECT 1 FROM audit_event")) == before + 1


def test_every_registration_is_on_the_trail(house: House) -> None:
    key = house.side.directory.add_organization("New", "a kind")
    person = house.side.directory.add_person("new@example.org", "New", PASSWORD)
    client = house.side.directory.add_client("New", "tool", ["submissions:read"])
    rows = house.ask("SELECT subject, subject_id, action FROM audit_event ORDER BY id DESC LIMIT 3")
    assert [tuple(row) for row in rows] == [
        ("client", client.id, "register"),
        ("person", person, "register"),
        ("organization", key, "register"),
    ]


def test_the_first_reviewer_makes_a_reviewing_body_on_record(house: House) -> None:
    directory = house.side.directory
    key, person = directory.add_organization("New", "a kind"), house.people.member.id
    assert directory.grant(person, key, [Role.MEMBER]) is False
    assert house.ask("SELECT may_review FROM organization WHERE id = :key", key=key)[0][0] in (False, 0)
    assert [directory.grant(person, key, [Role.REVIEWER]) for _ in range(2)] == [True, False]
    rows = house.ask("SELECT action FROM audit_event WHERE subject_id = :key ORDER BY id", key=key)
    assert [row[0] for row in rows] == ["register", "allow-review"]


def test_tokens_differ_and_are_long(house: House) -> None:
    made = [
        house.side.directory.add_client("Lake Health", "tool", ["submissions:read"], Way(bearer=True))
        for _ in range(3)
    ]
    assert len({client.token for client in made}) == 3
    assert all(len(client.token) >= 43 for client in made), "256 bits in base64"
