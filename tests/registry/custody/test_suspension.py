"""Suspension stops everything in one moment; ending it lets people begin anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from registry.errors import CommonsError, Conflict, Invalid, Stale
from registry.identity.rules import Actor, OrganizationState, Role
from registry.identity.tenants.proofs import LinkDead
from registry.identity.tenants.rules import OPERATOR
from tests.factories import PASSWORD
from tests.registry.house import House, at_once
from tests.registry.neighbours import REASON, Post, grant_of, join, lives, program_of, session_of, token_of


@pytest.fixture
def admin(house: House) -> Actor:
    """An administrator of the reviewing organization, who reports for it too."""
    return join(house, "admin", house.people.reviewer, Role.MEMBER, Role.ORG_ADMIN)


def ways_in(house: House, admin: Actor) -> dict[str, Callable[[], bool]]:
    """Every way in which the organization acts: its name → whether it is open now."""
    side, reviewer = house.side, house.people.reviewer
    secrets = [session_of(house, one) for one in (admin, reviewer)]
    program = program_of(house, admin, "submissions:write")
    own, foreign = grant_of(house, admin, program), grant_of(house, house.people.member, program)
    token = token_of(house, program)
    side.tenants.invitations.invite(admin, "new@example.org", ["member"], "en")
    link = Post(house).collect()[-1].secret

    def opens() -> bool:
        try:
            side.tenants.invitations.opened(link)
        except LinkDead:
            return False
        return True

    def signs_in() -> bool:
        """To more than the account, which stays open to people always."""
        return side.sessions.sign_in("admin@example.org", PASSWORD).actor.outside is None

    return {
        "a session": lambda: side.sessions.person(secrets[0]) is not None,
        "a reviewer's session": lambda: side.sessions.person(secrets[1]) is not None,
        "a bearer token": lambda: side.sessions.client(program.token) is not None,
        "an access token": lambda: side.oauth.tokens.actor(token) is not None,
        "what its people let programs do": lambda: lives(house, own),
        "what others let its programs do": lambda: lives(house, foreign),
        "an invitation": opens,
        "signing in": signs_in,
    }


def test_everything_stops_at_once(house: House, admin: Actor) -> None:
    ways, key = ways_in(house, admin), house.claimed()
    assert {name for name, is_open in ways.items() if not is_open()} == set()
    house.side.custody.suspension.suspend(house.people.steward, admin.organization_id, REASON)
    assert {name for name, is_open in ways.items() if is_open()} == set()
    assert house.state(key) == "submitted"
    assert house.ask("SELECT reviewer_id FROM review_claim") == []


def test_it_is_one_transaction(house: House, admin: Actor) -> None:
    """No onlooker ever sees a part of it: neither session ended nor claim released without the rest."""
    ways_in(house, admin)
    house.claimed()
    question = (
        "SELECT (SELECT state FROM organization WHERE id = :key),"
        " (SELECT count(*) FROM sign_in WHERE organization_id = :key AND ended_at IS NULL),"
        " (SELECT count(*) FROM review_claim),"
        " (SELECT count(*) FROM oauth_grant WHERE revoked_at IS NULL)"
    )
    before = tuple(house.ask(question, key=admin.organization_id)[0])

    def act(number: int) -> list[tuple[object, ...]]:
        if number == 0:
            house.side.custody.suspension.suspend(OPERATOR, admin.organization_id, REASON)
            return []
        return [tuple(house.ask(question, key=admin.organization_id)[0]) for _ in range(60)]

    seen = at_once(3, act)
    after = tuple(house.ask(question, key=admin.organization_id)[0])
    assert (before[0], after) == ("active", ("suspended", 0, 0, 0))
    for looks in seen:
        assert not isinstance(looks, CommonsError)
        assert set(looks) <= {before, after}


def test_afterwards_people_and_programs_begin_anew(house: House, admin: Actor) -> None:
    """In the very second in which they were stopped: nothing waits for its own end."""
    ways, suspension = ways_in(house, admin), house.side.custody.suspension
    suspension.suspend(house.people.steward, admin.organization_id, REASON)
    suspension.resume(house.people.steward, admin.organization_id, REASON)
    assert {name for name, is_open in ways.items() if is_open()} == {
        "an invitation",
        "signing in",
    }
    rulings = house.side.tenants.standing.read(OPERATOR, admin.organization_id).rulings
    assert {one.action for one in rulings} == {"suspend", "resume"}


def test_a_program_gets_new_tokens_afterwards(house: House, admin: Actor) -> None:
    program, suspension = program_of(house, admin), house.side.custody.suspension
    suspension.suspend(OPERATOR, admin.organization_id, REASON)
    assert house.side.oauth.programs.find(program.id) is None
    suspension.resume(OPERATOR, admin.organization_id, REASON)
    assert house.side.oauth.tokens.actor(token_of(house, program)) is not None


def test_its_reports_wait_at_the_door(house: House) -> None:
    key, suspension = house.accepted(), house.side.custody.suspension
    home = house.people.member.organization_id
    suspension.suspend(OPERATOR, home, REASON)
    assert house.side.publication.publish_batch() == []
    assert house.state(key) == "accepted"
    suspension.resume(OPERATOR, home, REASON)
    assert house.side.publication.batch_is_due()
    assert len(house.side.publication.publish_batch()) == 1


def test_nobody_suspends_themselves(house: House) -> None:
    with pytest.raises(Conflict):
        house.side.custody.suspension.suspend(
            house.people.steward, house.people.steward.organization_id, REASON
        )


@pytest.mark.parametrize("act", ["suspend", "resume", "stop_review"])
def test_every_act_has_its_reason_and_its_state(house: House, act: str) -> None:
    key, suspension = house.people.reviewer.organization_id, house.side.custody.suspension
    if act == "resume":
        suspension.suspend(OPERATOR, key, REASON)
    with pytest.raises(Invalid):
        getattr(suspension, act)(OPERATOR, key, " ")
    getattr(suspension, act)(OPERATOR, key, REASON)
    with pytest.raises(Conflict):
        getattr(suspension, act)(OPERATOR, key, REASON)


def test_of_an_invitation_accepted_while_suspending_nothing_is_left_half_done(
    house: House, admin: Actor
) -> None:
    house.side.tenants.invitations.invite(admin, "new@example.org", ["member"], "en")
    link = Post(house).collect()[-1].secret

    def act(number: int) -> object:
        if number == 0:
            return house.side.custody.suspension.suspend(OPERATOR, admin.organization_id, REASON)
        return house.side.tenants.invitations.accept_as_new(link, "New", PASSWORD, "en")

    _, accepted = at_once(2, act)
    found = house.ask(
        "SELECT m.role FROM membership m JOIN person p ON p.id = m.person_id"
        " WHERE p.email = 'new@example.org'"
    )
    assert (accepted.__class__ is str) == bool(found)
    assert isinstance(accepted, (str, LinkDead))


def test_without_review_reviewers_and_their_programs_stop(house: House, admin: Actor) -> None:
    reviewer, secret = house.people.reviewer, session_of(house, house.people.reviewer)
    both = join(house, "both", admin, Role.MEMBER, Role.REVIEWER)
    kept = session_of(house, both)
    only, mixed = (
        program_of(house, admin, "reviews:read"),
        program_of(house, admin, "reviews:write", "submissions:read"),
    )
    key, stopped = house.claimed(), token_of(house, mixed)
    house.side.custody.suspension.stop_review(house.people.steward, admin.organization_id, REASON)
    assert house.side.sessions.person(secret) is None
    acting = house.side.sessions.person(kept)
    assert acting is not None
    assert acting.roles == {Role.MEMBER}
    assert house.side.sessions.client(only.token) is None
    assert house.side.oauth.tokens.actor(stopped) is None
    left = house.side.sessions.client(mixed.token)
    assert left is not None
    assert left.scopes == {"submissions:read"}
    assert house.state(key) == "submitted"
    trail = house.ask(
        "SELECT subject_id, action, old, new FROM audit_event WHERE actor_role = 'steward'"
        " AND subject IN ('person', 'client') ORDER BY id"
    )
    assert {tuple(row) for row in trail} >= {
        (reviewer.id, "roles", "reviewer", ""),
        (both.id, "roles", "member reviewer", "member"),
        (only.id, "switch-off", None, None),
        (mixed.id, "narrow", None, None),
    }


def test_an_invitation_to_review_is_dead_once_the_organization_may_not(house: House, admin: Actor) -> None:
    invitations = house.side.tenants.invitations
    invitations.invite(admin, "new@example.org", ["reviewer"], "en")
    invitations.invite(admin, "two@example.org", ["member", "reviewer"], "en")
    first, second = (letter.secret for letter in Post(house).collect())
    house.side.custody.suspension.stop_review(OPERATOR, admin.organization_id, REASON)
    letters = {"new@example.org": first, "two@example.org": second}
    with pytest.raises(LinkDead):
        invitations.accept_as_new(letters["new@example.org"], "New", PASSWORD, "en")
    key = invitations.accept_as_new(letters["two@example.org"], "Two", PASSWORD, "en")
    assert house.side.sessions.actor_of(key).roles == {Role.MEMBER}


def test_a_steward_sees_what_was_decided_meanwhile(house: House) -> None:
    """Two stewards look at the same page; the second one's decision is not taken over the first's."""
    key, suspension = house.people.member.organization_id, house.side.custody.suspension
    suspension.suspend(OPERATOR, key, REASON, seen=OrganizationState.ACTIVE)
    with pytest.raises(Stale):
        suspension.resume(OPERATOR, key, REASON, seen=OrganizationState.ACTIVE)
    assert house.side.tenants.standing.read(OPERATOR, key).organization.state is OrganizationState.SUSPENDED
