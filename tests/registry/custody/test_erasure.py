"""Erasure: what goes, what stays and why, and when it has to wait."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from registry.custody.alone import ALONE_DAYS
from registry.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.identity.rules import Actor, Role
from registry.identity.tenants.rules import OPERATOR
from registry.outbox import OutboxJob
from tests.factories import PASSWORD
from tests.registry.custody.plenty import canaries, everything, fill, text_of
from tests.registry.house import House, at_once
from tests.registry.neighbours import REASON, again, apply, grant_of, join, lives, program_of, session_of

KEPT_OF_THE_NODE = {
    "signing_key.kid",
    "signing_key.public_jwk",
    "signing_key.sealed_private",
    "revoked_token.jti",
    "news_mark.name",
    "outbox_job.kind",
    "outbox_job.payload",
    "handover.record_id",
    "seen_request.mark",
    "seen_request.node_id",
    *(f"green_partner.{name}" for name in ("node_id", "green_id", "trouble")),
    *(f"record_flag.{name}" for name in ("record_id", "reason_code", "sealed_text", "state", "outcome")),
}
"""Rows that the test made up and that belong to no person and no organization."""
KEPT_OF_PUBLIC_REPORTS = {
    "submission.channel",
    "submission.kind",
    "submission.record_id",
    "submission.receipt_hash",
    "review_decision.decision",
    "review_decision.reason_code",
    "review_decision.other_node",
    "review_coding.facet",
    "review_coding.codes",
    "review_coding.confidence",
    *(
        f"record_change.{name}"
        for name in ("record_id", "into_record", "kind", "reason_code", "state", "refusal")
    ),
}
"""What stays of a published report: where its record is, how it is classified, and what was decided."""


@pytest.fixture
def admin(house: House) -> Actor:
    return join(house, "admin", house.people.member, Role.ORG_ADMIN)


@pytest.fixture
def second(house: House, admin: Actor) -> Actor:
    return join(house, "second-admin", admin, Role.ORG_ADMIN)


def canary_texts(house: House) -> set[str]:
    return canaries(house) - {text_of(name) for name in KEPT_OF_THE_NODE}


def test_of_an_erased_person_nothing_is_left_in_the_whole_database(
    house: House, admin: Actor, second: Actor
) -> None:
    house.side.directory.grant(admin.id, house.people.other_member.organization_id, [Role.MEMBER])
    fill(house, admin)
    house.side.custody.erasure.erase_person(OPERATOR, admin.id)
    of_people = ("person-", "sign_in-", "totp", "passkey", "recovery", "pending", "mailed", "provider_login")
    of_people += ("factor", "oauth_", "authorization", "refresh", "device", "idempotency", "review_claim")
    left = {text for text in canary_texts(house) if text.removeprefix("canary-").startswith(of_people)}
    assert left == set()
    for word in (b"canary-person@example.org", b"admin@example.org"):
        assert word not in everything(house).replace(b"second-admin@example.org", b"")


def test_of_an_erased_organization_only_what_is_public_leaves_a_trace(house: House, admin: Actor) -> None:
    fill(house, admin)
    left = house.side.custody.erasure.erase_organization(
        OPERATOR, admin.organization_id, "canary-organization-name"
    )
    assert canary_texts(house) == {text_of(name) for name in KEPT_OF_PUBLIC_REPORTS}
    assert [(one.what, one.count) for one in left][:2] == [
        ("Published records", 1),
        ("Receipts of published reports", 1),
    ]
    assert all(one.why for one in left)
    for word in (b"member@example.org", b"Lake Health"):
        text = everything(house)
        assert word not in text.replace(b"other-member@example.org", b"").replace(b"other_member", b"")


def test_the_trail_keeps_random_ids_only(house: House, admin: Actor, second: Actor) -> None:
    house.draft(admin, title="A title nobody should find")
    house.side.custody.erasure.erase_oneself(admin, PASSWORD)
    rows = house.ask("SELECT * FROM audit_event")
    text = str([tuple(row) for row in rows])
    for word in ("admin@", "Admin", "title nobody", "example.org"):
        assert word not in text
    last = house.ask("SELECT subject_id, action, actor_id FROM audit_event ORDER BY id DESC LIMIT 1")[0]
    assert tuple(last) == (admin.id, "erase", admin.id)


def test_an_erased_person_is_nobody_anywhere(house: House, admin: Actor, second: Actor) -> None:
    secret, program = session_of(house, admin), program_of(house, second)
    grant = grant_of(house, admin, program)
    house.side.custody.erasure.erase_oneself(admin, PASSWORD)
    assert house.side.sessions.person(secret) is None
    assert not lives(house, grant)
    assert [one.name for one in house.side.tenants.members.all(second)] == ["Member", "Second-Admin"]
    with pytest.raises(NotFound):
        house.side.custody.erasure.erase_person(OPERATOR, admin.id)
    with pytest.raises(NotFound):
        house.side.custody.exports.person(OPERATOR, admin.id)
    assert house.side.directory.find_person("admin@example.org") is None


def test_reports_stay_and_claims_go_back_to_the_queue(house: House) -> None:
    join(house, "chief", house.people.reviewer, Role.ORG_ADMIN)
    key, draft = house.claimed(), house.draft()
    house.side.custody.erasure.erase_oneself(house.people.reviewer, PASSWORD)
    house.side.custody.erasure.erase_oneself(house.people.member, PASSWORD)
    assert (house.state(key), house.state(draft)) == ("submitted", "draft")
    assert house.ask("SELECT reviewer_name FROM review_claim") == []


@pytest.mark.parametrize("proof", ["", "wrong password", "admin@example.org"])
def test_only_who_proves_the_wish_is_erased(house: House, admin: Actor, second: Actor, proof: str) -> None:
    with pytest.raises(Invalid):
        house.side.custody.erasure.erase_oneself(admin, proof)
    with pytest.raises(Invalid):
        house.side.custody.erasure.erase_organization(admin, admin.organization_id, "Lake Health", proof)
    assert again(house, admin).roles == {Role.ORG_ADMIN}


def test_somebody_without_a_password_types_their_address(house: House, admin: Actor, second: Actor) -> None:
    with house.private.work() as session:
        session.connection().exec_driver_sql("UPDATE person SET password_hash = NULL")
    erasure = house.side.custody.erasure
    assert not erasure.wants_password(admin)
    with pytest.raises(Invalid):
        erasure.erase_oneself(admin, PASSWORD)
    erasure.erase_oneself(admin, " Admin@Example.org ")
    assert house.side.directory.find_person("admin@example.org") is None


def test_programs_erase_nobody(house: House, admin: Actor) -> None:
    program = program_of(house, admin, "org:admin", "node:admin")
    acting = house.side.sessions.client(program.token)
    assert acting is not None
    erasure = house.side.custody.erasure
    with pytest.raises(NotAllowed):
        erasure.erase_oneself(acting, PASSWORD)
    with pytest.raises(NotAllowed):
        erasure.erase_organization(acting, admin.organization_id, "Lake Health", PASSWORD)


def test_the_last_administrator_waits_for_a_successor(house: House, admin: Actor) -> None:
    with pytest.raises(Conflict, match="administrator"):
        house.side.custody.erasure.erase_oneself(admin, PASSWORD)
    with pytest.raises(Conflict):
        house.side.custody.erasure.erase_person(OPERATOR, admin.id)
    house.side.custody.erasure.erase_oneself(house.people.member, PASSWORD)


def test_of_the_two_last_administrators_who_leave_at_once_one_stays(
    house: House, admin: Actor, second: Actor
) -> None:
    pair, custody = (admin, second), house.side.custody
    acts: tuple[Callable[[Actor], object], ...] = (
        lambda one: custody.erasure.erase_oneself(one, PASSWORD),
        lambda one: custody.handing_over.hand_over(one, one.id, house.people.member.id),
    )
    results = at_once(2, lambda number: acts[number](pair[number]))
    assert sorted(type(one).__name__ for one in results) == ["Conflict", "NoneType"]
    held = house.ask(
        "SELECT person_id FROM membership WHERE role = 'org-admin' AND organization_id = :key",
        key=admin.organization_id,
    )
    assert len(held) == 1


def test_the_last_steward_stays_even_if_two_leave_at_once(house: House) -> None:
    first = house.people.steward
    with pytest.raises(Conflict):
        house.side.custody.erasure.erase_oneself(first, PASSWORD)
    other = join(house, "other-steward", house.people.other_reviewer, Role.STEWARD)
    pair = (first, other)
    results = at_once(2, lambda number: house.side.custody.erasure.erase_oneself(pair[number], PASSWORD))
    assert sorted(type(one).__name__ for one in results) == ["Conflict", "NoneType"]
    assert len(house.ask("SELECT person_id FROM membership WHERE role = 'steward'")) == 1


def test_an_organization_with_a_steward_cannot_leave(house: House) -> None:
    office = join(house, "office", house.people.steward, Role.ORG_ADMIN)
    with pytest.raises(Conflict):
        house.side.custody.erasure.erase_organization(office, office.organization_id, "Node Office", PASSWORD)


def test_an_erasure_waits_while_reports_are_in_the_door(house: House, admin: Actor) -> None:
    key = house.accepted()
    assert house.side.publication.reserve() == 1
    erasure = house.side.custody.erasure
    with pytest.raises(Conflict):
        erasure.erase_organization(admin, admin.organization_id, "Lake Health", PASSWORD)
    house.side.publication.publish_batch()
    erasure.erase_organization(admin, admin.organization_id, "lake health", PASSWORD)
    assert house.state(key) == "published"
    assert len(house.ask_public("SELECT id FROM record")) == 1


def test_what_would_stay_is_told_before(house: House, admin: Actor) -> None:
    house.accepted()
    house.side.publication.publish_batch()
    before = house.side.custody.erasure.remains(admin, admin.organization_id)
    assert ("Published records", 1) in [(one.what, one.count) for one in before]


def test_a_published_record_stays_as_it_was_and_names_nobody(house: House, admin: Actor) -> None:
    house.accepted()
    house.side.publication.publish_batch()
    before = house.ask_public("SELECT * FROM record")
    house.side.custody.erasure.erase_organization(admin, admin.organization_id, "Lake Health", PASSWORD)
    assert house.ask_public("SELECT * FROM record") == before
    assert "Lake Health" not in str(before)


def test_another_organization_cannot_be_erased_or_looked_at(house: House, admin: Actor) -> None:
    other, erasure = house.people.other_member.organization_id, house.side.custody.erasure
    for key in (other, "0" * 32):
        with pytest.raises(NotFound):
            erasure.erase_organization(admin, key, "River Schools", PASSWORD)
        with pytest.raises(NotFound):
            erasure.remains(admin, key)
    with pytest.raises(Invalid):
        erasure.erase_organization(admin, admin.organization_id, "River Schools", PASSWORD)


def test_people_of_two_organizations_stay_in_the_other(house: House, admin: Actor) -> None:
    house.side.directory.grant(admin.id, house.people.other_member.organization_id, [Role.MEMBER])
    house.side.custody.erasure.erase_organization(admin, admin.organization_id, "Lake Health", PASSWORD)
    assert again(house, admin).organization == "River Schools"
    assert house.side.directory.find_person("member@example.org") is None


def test_whoever_applied_takes_the_application_along(house: House) -> None:
    key = apply(house)
    person = house.side.directory.find_person("ann@harbour.example")
    assert person is not None
    house.side.custody.erasure.erase_person(OPERATOR, person)
    assert house.ask("SELECT state FROM organization WHERE id = :key", key=key) == [("erased",)]
    assert b"harbour" not in everything(house).lower().replace(b"harbour aid (", b"")


def test_invitations_to_an_erased_address_go_but_not_those_to_an_address_nobody_showed(
    house: House, admin: Actor, second: Actor
) -> None:
    invitations = house.side.tenants.invitations
    invitations.invite(admin, "other@example.org", ["member"], "en")
    house.side.custody.erasure.erase_oneself(house.people.other_member, PASSWORD)
    assert invitations.waiting(admin) == []


def jobs_due(house: House, kind: str) -> list[str]:
    with house.private.read() as session:
        jobs = session.query(OutboxJob).filter(OutboxJob.kind == kind).all()
        return [job.payload["person_id"] for job in jobs if job.not_before <= house.clock()]


def test_who_belongs_nowhere_is_forgotten_after_a_while(house: House, admin: Actor) -> None:
    writer = join(house, "writer", admin, Role.MEMBER)
    house.side.custody.handing_over.hand_over(admin, writer.id, None)
    house.side.custody.handing_over.hand_over(admin, house.people.member.id, None)
    house.side.directory.grant(house.people.member.id, admin.organization_id, [Role.MEMBER])
    assert jobs_due(house, "person.alone") == []
    house.clock.forward(days=ALONE_DAYS)
    for key in jobs_due(house, "person.alone"):
        house.side.custody.erasure.lapse(key)
        house.side.custody.erasure.lapse(key)
    assert house.side.directory.find_person("writer@example.org") is None
    assert house.side.directory.find_person("member@example.org") is not None


def test_reviewing_stopped_means_reviewers_belong_nowhere(house: House) -> None:
    house.side.custody.suspension.stop_review(OPERATOR, house.people.reviewer.organization_id, REASON)
    house.clock.forward(days=ALONE_DAYS)
    assert jobs_due(house, "person.alone") == [house.people.reviewer.id]
