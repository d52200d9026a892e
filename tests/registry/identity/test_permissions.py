"""The permission table, in full: who × permission × whose thing × state, written out by hand."""

from __future__ import annotations

import itertools

import pytest

from registry.errors import NotAllowed, NotFound
from registry.identity.rules import (
    FACTOR_ROLES,
    PERMISSIONS,
    SCOPES,
    Actor,
    Permission,
    Role,
    Whose,
    allowed,
    demand,
    sees,
    show,
)
from registry.identity.tenants import rules as tenancy
from registry.intake import rules as intake
from registry.intake.identities import rules as offers
from registry.intake.rules import EDITABLE

OWN, OTHER, SELF = "own", "other", "p"
WRITE, READ, BACK = (
    Permission.WRITE_SUBMISSIONS,
    Permission.READ_SUBMISSIONS,
    Permission.WITHDRAW_SUBMISSIONS,
)
NAME, ASKED, ANSWER = Permission.NAME_SUBMISSIONS, Permission.READ_OFFERS, Permission.DECIDE_OFFERS
DELETE, REVISE = Permission.ERASE_ORIGINALS, Permission.REVISE_PUBLISHED
APPEAL = Permission.APPEAL_SUBMISSIONS
LOOK, JUDGE = Permission.READ_REVIEWS, Permission.REVIEW
BATCH, NODE = Permission.RELEASE_BATCH, Permission.MANAGE_NODE
CHANGE, FLAGS = Permission.CHANGE_RECORDS, Permission.READ_FLAGS
CARE, RULE = Permission.CARE_FOR_RECORDS, Permission.DECIDE_CHANGES
CURATE = Permission.CURATE_RECORDS
DECIDE, ACCOUNT = Permission.DECIDE_APPLICATIONS, Permission.MANAGE_ACCOUNT
HOUSEKEEPING = (
    Permission.MANAGE_MEMBERS,
    Permission.MANAGE_CLIENTS,
    Permission.MANAGE_ORGANIZATION,
    Permission.EXPORT_ORGANIZATION,
)
OWNERS = (WRITE, READ, BACK, REVISE, NAME, ASKED, ANSWER, DELETE, APPEAL, CHANGE)

MAY: set[tuple[str, Permission, str]] = {
    *(("member", keeping, OWN) for keeping in OWNERS),
    *(("org-admin", keeping, OWN) for keeping in OWNERS),
    *(("org-admin", keeping, OWN) for keeping in HOUSEKEEPING),
    *(
        (role, Permission.READ_GREEN, whose)
        for role in ("member", "org-admin", "reviewer", "steward")
        for whose in (OWN, OTHER)
    ),
    ("reviewer", LOOK, OTHER),
    ("reviewer", JUDGE, OTHER),
    *(
        (role, keeping, whose)
        for role in ("reviewer", "steward")
        for keeping in (FLAGS, CARE)
        for whose in (OWN, OTHER)
    ),
    *(
        (scope, keeping, whose)
        for scope, keeping in (("reviews:read", FLAGS), ("reviews:write", CARE))
        for whose in (OWN, OTHER)
    ),
    ("reviewer", RULE, OTHER),
    ("reviews:write", RULE, OTHER),
    ("reviewer", CURATE, OTHER),
    ("reviews:write", CURATE, OTHER),
    ("submissions:write", CHANGE, OWN),
    ("reviewer", BATCH, OWN),
    ("reviewer", BATCH, OTHER),
    *(("steward", keeping, whose) for keeping in (BATCH, NODE, DECIDE) for whose in (OWN, OTHER)),
    *((role, ACCOUNT, SELF) for role in Role),
    *(("org:admin", keeping, OWN) for keeping in HOUSEKEEPING),
    *(("node:admin", keeping, whose) for keeping in (BATCH, NODE, DECIDE) for whose in (OWN, OTHER)),
    ("submissions:write", WRITE, OWN),
    *(("submissions:write", keeping, OWN) for keeping in (BACK, REVISE, NAME, ANSWER, DELETE, APPEAL)),
    *(("submissions:read", keeping, OWN) for keeping in (READ, ASKED)),
    ("reviews:read", LOOK, OTHER),
    ("reviews:write", JUDGE, OTHER),
}
"""Everything that anybody may do, in a state that allows it; what is not here is forbidden."""
NOT_WITH: dict[Permission, set[str]] = {
    WRITE: set(intake.State) - {"draft", "changes_requested", "revising"},
    BACK: {"scheduled", "published", "declined", "withdrawn"},
    REVISE: set(intake.State) - {"published"},
    NAME: {"scheduled", "published", "declined", "withdrawn", "appealed"},
    APPEAL: set(intake.State) - {"declined", "published"},
    DELETE: {"scheduled"},
    ASKED: {"refused", "recalled"},
    ANSWER: {"refused", "recalled"},
    LOOK: {"draft", "revising", "withdrawn"},
    JUDGE: {
        "draft",
        "revising",
        "changes_requested",
        "accepted",
        "scheduled",
        "published",
        "declined",
        "withdrawn",
    },
    BATCH: set(intake.State) - {"accepted"},
    DECIDE: {"erased", "nameless"},
}
"""Permission → the states that do not allow it; every other state does."""
HIDDEN: dict[Permission, set[str]] = {
    ASKED: {"refused", "recalled"},
    ANSWER: {"refused", "recalled"},
    LOOK: {"draft", "revising", "withdrawn"},
    JUDGE: {"draft", "revising", "withdrawn"},
    DECIDE: {"erased", "nameless"},
}
"""Permission → the states in which a thing does not exist for those who hold it."""
HOLDERS = ["nobody", *Role, *SCOPES]
WHOSE = (OWN, OTHER, SELF)
EVERY_CASE = list(itertools.product(HOLDERS, Permission, WHOSE))


def holder(name: str) -> Actor:
    """A person with this role, a client with this scope, or a program with neither."""
    roles = frozenset({Role(name)}) if name in set(Role) else frozenset()
    scopes = frozenset({name}) if name in SCOPES else frozenset()
    return Actor("p", OWN, "House", "Name", roles, scopes, client_id=None if roles else "p")


def states(permission: Permission) -> list[str]:
    """Every state that a thing of this permission can be in."""
    if permission in (ASKED, ANSWER):
        return list(offers.OfferState)
    return list(tenancy.OrganizationState) if permission is DECIDE else list(intake.State)


def expected(name: str, permission: Permission, whose: str) -> bool:
    """What the table by hand says; a person's own id is not an organization, so ``any`` reaches it."""
    whose = OTHER if whose == SELF and permission is not ACCOUNT else whose
    return (name, permission, whose) in MAY


@pytest.mark.parametrize(("name", "permission", "whose"), EVERY_CASE)
def test_the_table_says_who_may_do_what_on_whose_things_in_which_state(
    name: str, permission: Permission, whose: str
) -> None:
    reached = expected(name, permission, whose)
    for state in states(permission):
        possible = state not in NOT_WITH.get(permission, set())
        known = state not in HIDDEN.get(permission, set())
        assert allowed(holder(name), permission, whose, state) == (reached and possible), state
        assert sees(holder(name), permission, whose, state) == (reached and known), state


@pytest.mark.parametrize(("name", "permission"), list(itertools.product(HOLDERS, Permission)))
def test_holding_a_permission_is_being_allowed_somewhere(name: str, permission: Permission) -> None:
    somewhere = any((name, permission, whose) in MAY for whose in WHOSE)
    assert holder(name).holds(permission) == somewhere


@pytest.mark.parametrize("permission", NOT_WITH)
def test_a_thing_whose_state_was_not_looked_at_is_never_allowed(permission: Permission) -> None:
    able = Actor("p", OWN, "House", "Name", frozenset(Role))
    assert not any(allowed(able, permission, whose) for whose in WHOSE)


@pytest.mark.parametrize(("first", "second"), list(itertools.combinations(Role, 2)))
def test_two_roles_may_do_what_either_may_and_nothing_more(first: Role, second: Role) -> None:
    both = Actor("p", OWN, "House", "Name", frozenset({first, second}))
    for permission, whose in itertools.product(Permission, WHOSE):
        either = any(expected(role, permission, whose) for role in (first, second))
        assert any(allowed(both, permission, whose, state) for state in states(permission)) == either


@pytest.mark.parametrize(("role", "scope"), list(itertools.product(Role, SCOPES)))
def test_a_person_through_a_program_may_do_what_both_may(role: Role, scope: str) -> None:
    through = Actor("p", OWN, "House", "Name", frozenset({role}), frozenset({scope}), client_id="program")
    for permission, whose in itertools.product(Permission, WHOSE):
        both = expected(role, permission, whose) and expected(scope, permission, whose)
        assert any(allowed(through, permission, whose, state) for state in states(permission)) == both


def test_scopes_without_a_program_count_for_nothing() -> None:
    odd = Actor("p", OWN, "House", "Name", scopes=frozenset(SCOPES))
    assert {permission for permission in Permission if odd.holds(permission)} == {ACCOUNT}


@pytest.mark.parametrize("role", Role)
def test_roles_that_rest_count_for_nothing(role: Role) -> None:
    """Whoever makes the actor leaves resting roles out; should one slip in, it counts for nothing."""
    resting = Actor("p", OWN, "House", "Name", frozenset({role}), lacks_factor=True)
    awake = {permission for permission in Permission if holder(role).holds(permission)}
    held = {permission for permission in Permission if resting.holds(permission)}
    assert held == ({ACCOUNT} if role in FACTOR_ROLES else awake)


def test_demand_and_show_tell_who_may_not_from_what_is_not_there() -> None:
    with pytest.raises(NotAllowed):
        demand(holder("reviewer"), READ)
    demand(holder("member"), READ)
    with pytest.raises(NotFound):
        show(holder("member"), READ, OTHER, "draft")
    with pytest.raises(NotFound):
        show(holder("reviewer"), JUDGE, OTHER, "draft")
    show(holder("reviewer"), JUDGE, OTHER, "published")


def test_every_permission_is_in_the_table_and_every_scope_of_it_is_explained() -> None:
    assert list(PERMISSIONS) == list(Permission)
    assert {line.scope for line in PERMISSIONS.values()} - {None} <= set(SCOPES)


def test_the_trail_names_the_most_trusted_role() -> None:
    assert holder("nobody").role == "client"
    assert Actor("p", OWN, "House", "Name", frozenset({Role.MEMBER, Role.REVIEWER})).role == "reviewer"
    assert Actor("p", OWN, "House", "Name", frozenset(Role)).role == "steward"


def test_what_may_be_done_is_what_the_life_of_a_report_allows() -> None:
    """The states of the permission table are those from which the transition table leads on."""
    ways: dict[Permission, tuple[intake.Action, ...]] = {
        WRITE: (intake.Action.SUBMIT,),
        BACK: (intake.Action.WITHDRAW, intake.Action.KEEP),
        REVISE: (intake.Action.REOPEN,),
        JUDGE: (
            intake.Action.CLAIM,
            intake.Action.RELEASE,
            intake.Action.REQUEST_CHANGES,
            intake.Action.ACCEPT,
            intake.Action.DECLINE,
        ),
        BATCH: (intake.Action.SCHEDULE,),
    }
    for permission, actions in ways.items():
        begins = {state for action in actions for state in intake.TRANSITIONS[action]}
        assert PERMISSIONS[permission].states == begins, permission
    assert PERMISSIONS[WRITE].states == EDITABLE
    assert PERMISSIONS[NAME].states == set(offers.CHOOSABLE)
    answers = (offers.Deed.TAKE, offers.Deed.REFUSE)
    assert PERMISSIONS[ANSWER].states == {state for deed in answers for state in offers.TRANSITIONS[deed]}


def test_every_state_that_the_table_names_exists() -> None:
    known = {
        "organization": set(tenancy.OrganizationState),
        "reports": set(intake.State),
        "reports offered to them": set(offers.OfferState),
    }
    for permission, line in PERMISSIONS.items():
        for named in (line.states, line.seen):
            assert (named or set()) <= known.get(line.things, set()), permission
        if line.states is not None and line.seen is not None:
            assert line.states <= line.seen, f"{permission}: done to what is not seen"
    decided = {state for steps in tenancy.TRANSITIONS.values() for state in steps}
    assert PERMISSIONS[DECIDE].states == decided


def test_only_an_account_is_about_oneself() -> None:
    assert [one for one, line in PERMISSIONS.items() if line.whose is Whose.ONESELF] == [ACCOUNT]
