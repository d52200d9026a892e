"""When somebody leaves: nothing is lost, everything is recorded, access ends at once."""

from __future__ import annotations

import pytest

from registry.errors import Conflict, Invalid, NotFound
from registry.identity.rules import Actor, Role
from registry.identity.tenants.rules import OPERATOR
from registry.intake.rules import State
from tests.registry.house import House, at_once
from tests.registry.neighbours import REASON, again, grant_of, join, lives, program_of, session_of


@pytest.fixture
def admin(house: House) -> Actor:
    return join(house, "admin", house.people.member, Role.ORG_ADMIN)


def authors(house: House) -> list[str]:
    return [row[0] for row in house.ask("SELECT author_id FROM submission")]


def test_open_reports_go_to_the_colleague_and_closed_ones_stay(house: House, admin: Actor) -> None:
    member = house.people.member
    open_ones = [house.draft(), house.submitted(), house.claimed(), house.accepted()]
    closed = house.draft()
    house.side.intake.withdraw(member, closed)
    leaving = house.side.custody.handing_over.leaving(admin, member.id)
    assert (leaving.reports, leaving.claims, [one.name for one in leaving.colleagues]) == (4, 0, ["Admin"])
    house.side.custody.handing_over.hand_over(admin, member.id, admin.id)
    owners = dict(house.ask("SELECT id, author_id FROM submission"))
    assert {key: owners[key] for key in open_ones} == dict.fromkeys(open_ones, admin.id)
    assert owners[closed] == member.id
    moved = house.ask(
        "SELECT subject_id, old, new, actor_id FROM audit_event WHERE action = 'hand-over-report'"
    )
    assert {tuple(row) for row in moved} == {(key, member.id, admin.id, admin.id) for key in open_ones}
    assert house.side.intake.read(again(house, admin), open_ones[0]).summary.state is State.DRAFT


def test_every_version_keeps_who_wrote_it(house: House, admin: Actor) -> None:
    house.draft()
    house.side.custody.handing_over.hand_over(admin, house.people.member.id, admin.id)
    assert house.ask("SELECT author_id FROM submission_version") == [(house.people.member.id,)]


@pytest.mark.parametrize("whom", ["nobody", "reviewer", "stranger", "oneself", "another organization's"])
def test_a_colleague_is_somebody_of_the_organization_who_writes(
    house: House, admin: Actor, whom: str
) -> None:
    house.side.tenants.standing.allow_review(OPERATOR, admin.organization_id, REASON)
    keys = {
        "nobody": None,
        "reviewer": join(house, "only-reviewer", admin, Role.REVIEWER).id,
        "stranger": "0" * 32,
        "oneself": house.people.member.id,
        "another organization's": house.people.other_member.id,
    }
    house.draft()
    with pytest.raises(Invalid):
        house.side.custody.handing_over.hand_over(admin, house.people.member.id, keys[whom])
    assert authors(house) == [house.people.member.id]
    assert again(house, house.people.member).roles == {Role.MEMBER}


def test_a_colleague_of_another_organization_is_refused_even_with_nothing_open(
    house: House, admin: Actor
) -> None:
    with pytest.raises(Invalid):
        house.side.custody.handing_over.hand_over(admin, house.people.member.id, house.people.other_member.id)


def test_claims_go_to_a_reviewer_and_else_back_to_the_queue(house: House) -> None:
    reviewer = house.people.reviewer
    chief = join(house, "chief", reviewer, Role.ORG_ADMIN)
    peer = join(house, "peer", reviewer, Role.REVIEWER)
    key = house.claimed()
    house.side.custody.handing_over.hand_over(chief, reviewer.id, peer.id)
    assert house.ask("SELECT reviewer_id, reviewer_name FROM review_claim") == [(peer.id, "Peer")]
    house.side.reviews.request_changes(peer, key, "Say more.")
    house.side.custody.handing_over.hand_over(chief, peer.id, chief.id)
    assert house.ask("SELECT reviewer_id FROM review_claim") == []
    assert house.state(key) == "changes_requested"
    house.side.intake.submit(house.people.member, key)
    house.side.reviews.claim(house.people.other_reviewer, key)
    acts = [
        row[0] for row in house.ask("SELECT action FROM audit_event WHERE subject = 'custody' ORDER BY id")
    ]
    assert acts == ["hand-over-claim", "release-claim"]


def test_access_ends_at_once_here_and_only_here(house: House, admin: Actor) -> None:
    member, other = house.people.member, house.people.other_member.organization_id
    house.side.directory.grant(member.id, other, [Role.MEMBER])
    elsewhere = Actor(member.id, other, "River Schools", "Member")
    here_secret, there_secret = session_of(house, member), session_of(house, elsewhere)
    program = program_of(house, admin)
    here_grant, there_grant = grant_of(house, member, program), grant_of(house, elsewhere, program)
    house.side.custody.handing_over.hand_over(admin, member.id, None)
    assert house.side.sessions.person(here_secret) is None
    assert house.side.sessions.person(there_secret) is not None
    assert (lives(house, here_grant), lives(house, there_grant)) == (False, True)
    with pytest.raises(NotFound):
        house.side.tenants.members.one(admin, member.id)


def test_the_last_administrator_cannot_leave(house: House, admin: Actor) -> None:
    handing_over = house.side.custody.handing_over
    with pytest.raises(Conflict):
        handing_over.hand_over(admin, admin.id, house.people.member.id)
    house.side.tenants.members.change_roles(admin, house.people.member.id, ["org-admin"])
    handing_over.hand_over(admin, admin.id, house.people.member.id)
    assert [one.name for one in house.side.tenants.members.all(again(house, house.people.member))] == [
        "Member"
    ]


def test_of_two_administrators_who_remove_each_other_one_stays(house: House, admin: Actor) -> None:
    second = join(house, "second-admin", admin, Role.ORG_ADMIN)
    pair = (admin, second)
    results = at_once(
        2, lambda number: house.side.custody.handing_over.hand_over(pair[number], pair[1 - number].id, None)
    )
    assert sum(one is None for one in results) == 1
    assert all(isinstance(one, (Conflict, NotFound)) for one in results if one is not None)


def test_a_steward_is_released_by_the_operator_first(house: House) -> None:
    office = join(house, "office", house.people.steward, Role.ORG_ADMIN)
    with pytest.raises(Conflict):
        house.side.custody.handing_over.hand_over(office, house.people.steward.id, None)


def test_leaving_twice_is_not_found(house: House, admin: Actor) -> None:
    house.side.custody.handing_over.hand_over(admin, house.people.member.id, None)
    with pytest.raises(NotFound):
        house.side.custody.handing_over.hand_over(admin, house.people.member.id, None)
