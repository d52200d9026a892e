"""The permission table, in full: role or scope × permission × whose object, written out by hand."""

from __future__ import annotations

import itertools

import pytest

from registry.identity.rules import PERMISSIONS, SCOPES, Actor, Permission, Role, allowed

OWN, OTHER = "own", "other"
WRITE, READ = Permission.WRITE_SUBMISSIONS, Permission.READ_SUBMISSIONS
LOOK, JUDGE = Permission.READ_REVIEWS, Permission.REVIEW
BATCH, NODE = Permission.RELEASE_BATCH, Permission.MANAGE_NODE
DECIDE = Permission.DECIDE_APPLICATIONS
HOUSEKEEPING = (
    Permission.MANAGE_MEMBERS,
    Permission.MANAGE_CLIENTS,
    Permission.MANAGE_ORGANIZATION,
    Permission.EXPORT_ORGANIZATION,
)

MAY: set[tuple[str, Permission, str]] = {
    ("member", WRITE, OWN),
    ("member", READ, OWN),
    ("org-admin", WRITE, OWN),
    ("org-admin", READ, OWN),
    ("reviewer", LOOK, OTHER),
    ("reviewer", JUDGE, OTHER),
    ("reviewer", BATCH, OWN),
    ("reviewer", BATCH, OTHER),
    ("steward", BATCH, OWN),
    ("steward", BATCH, OTHER),
    ("steward", NODE, OWN),
    ("steward", NODE, OTHER),
    ("steward", DECIDE, OWN),
    ("steward", DECIDE, OTHER),
    *(("org-admin", keeping, OWN) for keeping in HOUSEKEEPING),
    *(("org:admin", keeping, OWN) for keeping in HOUSEKEEPING),
    ("node:admin", DECIDE, OWN),
    ("node:admin", DECIDE, OTHER),
    ("submissions:write", WRITE, OWN),
    ("submissions:read", READ, OWN),
    ("reviews:read", LOOK, OTHER),
    ("reviews:write", JUDGE, OTHER),
    ("node:admin", BATCH, OWN),
    ("node:admin", BATCH, OTHER),
    ("node:admin", NODE, OWN),
    ("node:admin", NODE, OTHER),
}
"""Everything that anybody may do; what is not here is forbidden."""
HOLDERS = ["nobody", *Role, *SCOPES]
EVERY_CASE = list(itertools.product(HOLDERS, Permission, (OWN, OTHER)))


def holder(name: str) -> Actor:
    """A person with this role, a client with this scope, or someone with neither."""
    roles = frozenset({Role(name)}) if name in set(Role) else frozenset()
    scopes = frozenset({name}) if name in SCOPES else frozenset()
    return Actor("p", OWN, "House", "Name", roles, scopes, client_id=None if roles else "p")


@pytest.mark.parametrize(("name", "permission", "whose"), EVERY_CASE)
def test_the_table_says_who_may_do_what_on_whose_objects(
    name: str, permission: Permission, whose: str
) -> None:
    assert allowed(holder(name), permission, whose) == ((name, permission, whose) in MAY)


@pytest.mark.parametrize(("name", "permission"), list(itertools.product(HOLDERS, Permission)))
def test_holding_a_permission_is_being_allowed_somewhere(name: str, permission: Permission) -> None:
    somewhere = any((name, permission, whose) in MAY for whose in (OWN, OTHER))
    assert holder(name).holds(permission) == somewhere


@pytest.mark.parametrize(("first", "second"), list(itertools.combinations(Role, 2)))
def test_two_roles_may_do_what_either_may_and_nothing_more(first: Role, second: Role) -> None:
    both = Actor("p", OWN, "House", "Name", frozenset({first, second}))
    for permission, whose in itertools.product(Permission, (OWN, OTHER)):
        either = any((role, permission, whose) in MAY for role in (first, second))
        assert allowed(both, permission, whose) == either


@pytest.mark.parametrize(("role", "scope"), list(itertools.product(Role, SCOPES)))
def test_a_person_through_a_program_may_do_what_both_may(role: Role, scope: str) -> None:
    through = Actor("p", OWN, "House", "Name", frozenset({role}), frozenset({scope}), client_id="program")
    for permission, whose in itertools.product(Permission, (OWN, OTHER)):
        both = (role, permission, whose) in MAY and (scope, permission, whose) in MAY
        assert allowed(through, permission, whose) == both


def test_scopes_without_a_program_count_for_nothing() -> None:
    odd = Actor("p", OWN, "House", "Name", scopes=frozenset(SCOPES))
    assert not any(odd.holds(permission) for permission in Permission)


def test_every_permission_is_in_the_table_and_every_scope_of_it_is_explained() -> None:
    assert set(PERMISSIONS) == set(Permission)
    assert {line.scope for line in PERMISSIONS.values()} <= set(SCOPES)


def test_the_trail_names_the_most_trusted_role() -> None:
    assert holder("nobody").role == "client"
    assert Actor("p", OWN, "House", "Name", frozenset({Role.MEMBER, Role.REVIEWER})).role == "reviewer"
    assert Actor("p", OWN, "House", "Name", frozenset(Role)).role == "steward"
