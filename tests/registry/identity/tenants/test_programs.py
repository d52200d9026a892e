"""Programs of an organization: never wider than whoever holds their secrets, and gone at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registry.errors import Conflict, Invalid, NotFound
from registry.identity.oauth.rules import DEVICE_GRANT, Way
from registry.identity.rules import Actor, Role
from registry.identity.tenants.programs_admin import PROGRAMS_MAX
from registry.identity.tenants.rules import OPERATOR
from tests.registry.house import House, at_once
from tests.registry.neighbours import REASON, again, grant_of, join, lives, token_of


@pytest.fixture
def admin(house: House) -> Actor:
    return join(house, "admin", house.people.member, Role.MEMBER, Role.ORG_ADMIN)


OFFERED: dict[frozenset[Role], set[str]] = {
    frozenset({Role.ORG_ADMIN}): {"records:read", "submissions:read", "submissions:write", "org:admin"},
    frozenset({Role.ORG_ADMIN, Role.REVIEWER}): {
        *("records:read", "submissions:read", "submissions:write", "org:admin"),
        *("reviews:read", "reviews:write"),
    },
    frozenset({Role.ORG_ADMIN, Role.STEWARD}): {
        *("records:read", "submissions:read", "submissions:write", "org:admin", "node:admin"),
    },
}
"""Roles of an administrator → the scopes that they can give away."""


@pytest.mark.parametrize("roles", list(OFFERED), ids=lambda roles: "+".join(sorted(roles)))
def test_an_administrator_offers_what_they_may_do(small_house: House, roles: frozenset[Role]) -> None:
    actor = join(small_house, "admin", small_house.people.member, *roles)
    programs = small_house.side.tenants.programs
    assert set(programs.offered(actor)) == OFFERED[roles]
    resting = replace(actor, lacks_factor=True)
    assert set(programs.offered(resting)) == OFFERED[frozenset({Role.ORG_ADMIN})]
    for scope in ("reviews:write", "node:admin"):
        with pytest.raises(Invalid):
            programs.register(resting, "Greedy", [scope], Way())


def test_nobody_gets_the_secret_of_a_program_that_may_do_more(house: House, admin: Actor) -> None:
    """A steward's program stays out of reach of an administrator who is none."""
    wide = house.side.directory.add_client(
        admin.organization_id, "Wide", ["node:admin", "submissions:read"], Way(bearer=True)
    )
    programs = house.side.tenants.programs
    with pytest.raises(Conflict):
        programs.renew(admin, wide.id)
    assert house.side.sessions.client(wide.token) is not None
    programs.switch_off(admin, wide.id)
    with pytest.raises(Conflict):
        programs.switch_on(admin, wide.id)
    assert house.side.sessions.client(wide.token) is None


def test_another_organizations_program_does_not_exist(house: House, admin: Actor) -> None:
    stranger = join(house, "stranger", house.people.other_member, Role.ORG_ADMIN)
    programs = house.side.tenants.programs
    made = programs.register(admin, "Ours", ["submissions:read"], Way(bearer=True))
    for act in (programs.one, programs.renew, programs.switch_off, programs.switch_on):
        with pytest.raises(NotFound):
            act(stranger, made.id)
    assert programs.all(stranger) == []
    assert house.side.sessions.client(made.token) is not None


def test_what_was_stopped_stays_dead_when_the_program_goes_on(house: House, admin: Actor) -> None:
    """Off and on again, or with a new secret, in the very second in which its token was made."""
    programs, tokens = house.side.tenants.programs, house.side.oauth.tokens
    made = programs.register(admin, "Ours", ["submissions:read"], Way())
    first = token_of(house, made)
    programs.switch_off(admin, made.id)
    assert tokens.actor(first) is None
    programs.switch_on(admin, made.id)
    second = token_of(house, made)
    assert (tokens.actor(first), tokens.actor(second) is not None) == (None, True)
    programs.renew(admin, made.id)
    assert (tokens.actor(first), tokens.actor(second)) == (None, None)
    assert tokens.actor(token_of(house, made)) is not None


def test_switched_off_everything_hanging_on_it_ends(house: House, admin: Actor) -> None:
    programs = house.side.tenants.programs
    way = Way("none", ("refresh_token", DEVICE_GRANT))
    made = programs.register(admin, "An app", ["submissions:read"], way)
    grants = [grant_of(house, one, made) for one in (admin, house.people.member, house.people.other_member)]
    programs.switch_off(admin, made.id)
    programs.switch_off(admin, made.id)
    assert [lives(house, grant) for grant in grants] == [False] * 3
    rows = house.ask(
        "SELECT action, reason FROM audit_event WHERE subject_id = :key ORDER BY id", key=made.id
    )
    assert [tuple(row) for row in rows] == [("register", None), ("switch-off", "3")]
    with pytest.raises(Conflict):
        programs.renew(admin, made.id)


def test_of_secrets_made_at_once_the_last_one_counts(house: House, admin: Actor) -> None:
    programs = house.side.tenants.programs
    made = programs.register(admin, "Ours", ["submissions:read"], Way(bearer=True))
    results = at_once(6, lambda _: programs.renew(admin, made.id, bearer=True))
    alive = [one for one in results if house.side.sessions.client(one.token) is not None]  # type: ignore[union-attr] # none failed
    assert len(alive) == 1


def test_an_organization_has_so_many_programs_and_no_more(small_house: House) -> None:
    admin = join(small_house, "admin", small_house.people.member, Role.ORG_ADMIN)
    programs = small_house.side.tenants.programs
    for number in range(PROGRAMS_MAX):
        programs.register(admin, f"N{number}", ["submissions:read"], Way())
    with pytest.raises(Conflict):
        programs.register(admin, "One more", ["submissions:read"], Way())
    assert len(programs.all(admin)) == PROGRAMS_MAX


def test_without_review_no_program_for_it(house: House, admin: Actor) -> None:
    home = admin.organization_id
    house.side.tenants.standing.allow_review(OPERATOR, home, REASON)
    house.side.directory.grant(admin.id, home, [Role.REVIEWER])
    assert "reviews:write" in house.side.tenants.programs.offered(again(house, admin))
    house.side.custody.suspension.stop_review(OPERATOR, home, REASON)
    assert "reviews:write" not in house.side.tenants.programs.offered(again(house, admin))
