"""Applying to join: nothing is told to strangers, and nobody takes somebody else's mailbox."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registry.errors import CommonsError, Invalid
from registry.identity.tenants.applications import DECLINED, UNCONFIRMED, Applicant, Wish
from registry.identity.tenants.proofs import LinkDead
from registry.identity.tenants.rules import OPERATOR
from registry.outbox import OutboxJob
from tests.registry.house import House, at_once
from tests.registry.neighbours import ANN, REASON, WISH, Post, apply, organization_of

KNOWN = Applicant("Somebody", "member@example.org", "another long password")


def states(house: House) -> list[tuple[str, str]]:
    rows = house.ask(
        "SELECT name, state FROM organization WHERE state IN ('applied', 'erased') ORDER BY created_at"
    )
    return [(row[0], row[1]) for row in rows]


def test_an_application_waits_with_its_applicant_as_first_administrator(house: House) -> None:
    house.side.tenants.applications.apply(WISH, ANN)
    assert states(house) == [("Harbour Aid", "applied")]
    key = organization_of(house, ANN.email)
    held = house.ask("SELECT role FROM membership WHERE organization_id = :key ORDER BY role", key=key)
    assert [row[0] for row in held] == ["member", "org-admin"]
    trail = house.ask("SELECT action, actor_role, reason FROM audit_event WHERE subject_id = :key", key=key)
    assert trail == [("apply", "applicant", None)]


def test_jobs_carry_ids_only(house: House) -> None:
    house.side.tenants.applications.apply(WISH, ANN)
    house.side.tenants.applications.apply(replace(WISH, name="Other"), KNOWN)
    for payload in Post(house).payloads():
        assert all(len(value) == 32 and set(value) <= set("0123456789abcdef") for value in payload.values())


def test_the_letter_repeats_nothing_that_a_stranger_typed(house: House) -> None:
    house.side.tenants.applications.apply(WISH, ANN)
    (letter,) = Post(house).collect()
    assert (letter.kind, letter.to) == ("mail.application", ANN.email)
    assert "Harbour" not in str(dict(letter.facts))
    kept = house.ask("SELECT secret_hash FROM mailed_proof")
    assert letter.secret
    assert letter.secret not in str(kept)


def test_a_known_address_gets_a_letter_and_nothing_is_kept(house: House) -> None:
    before = house.ask("SELECT password_hash FROM person WHERE email = 'member@example.org'")
    house.side.tenants.applications.apply(WISH, KNOWN)
    assert states(house) == []
    (letter,) = Post(house).collect()
    assert (letter.kind, letter.to, letter.secret) == ("mail.address-known", "member@example.org", "")
    assert house.ask("SELECT password_hash FROM person WHERE email = 'member@example.org'") == before


def test_a_known_name_is_marked_for_the_steward_and_nobody_else_learns_of_it(house: House) -> None:
    house.side.tenants.applications.apply(replace(WISH, name="lake  HEALTH"), ANN)
    ((name, _),) = states(house)
    assert name.startswith("lake HEALTH (")
    file = house.side.tenants.standing.read(house.people.steward, organization_of(house, ANN.email))
    assert [one.name for one in file.alike] == ["Lake Health"]
    (letter,) = Post(house).collect()
    assert letter.kind == "mail.application"


@pytest.mark.parametrize(
    ("changes", "pointers"),
    [
        ({"name": " "}, ["/name"]),
        ({"name": "n" * 151, "descriptor": ""}, ["/name", "/descriptor"]),
        ({"descriptor": "d" * 201}, ["/descriptor"]),
        ({"purpose": "\x00\r\n"}, ["/purpose"]),
        ({"name": "Harbour\x1b[8m"}, ["/name"]),
        ({"purpose": "p" * 3001, "website": "javascript:alert(1)"}, ["/purpose", "/website"]),
    ],
)
def test_every_answer_is_bounded(small_house: House, changes: dict[str, str], pointers: list[str]) -> None:
    with pytest.raises(Invalid) as caught:
        small_house.side.tenants.applications.apply(replace(WISH, **changes), ANN)
    assert [problem.pointer for problem in caught.value.problems] == pointers
    assert states(small_house) == []


@pytest.mark.parametrize(
    ("changes", "pointers"),
    [
        ({"name": ""}, ["/person"]),
        ({"email": "a,b@c.example"}, ["/email"]),
        ({"email": "nobody"}, ["/email"]),
        ({"name": "Ann\u2066a"}, ["/person"]),
        ({"password": "short"}, ["/password"]),
        ({"password": "x" * 201}, ["/password"]),
    ],
)
def test_an_applicant_is_bounded_too(
    small_house: House, changes: dict[str, str], pointers: list[str]
) -> None:
    with pytest.raises(Invalid) as caught:
        small_house.side.tenants.applications.apply(WISH, replace(ANN, **changes))
    assert [problem.pointer for problem in caught.value.problems] == pointers


def test_what_no_database_holds_is_left_out(house: House) -> None:
    wish = Wish("Harbour\ud800", "a\ngroup", "", "line\r\nline\x00")
    house.side.tenants.applications.apply(wish, ANN)
    row = house.ask("SELECT name, descriptor FROM organization WHERE state = 'applied'")[0]
    assert row[1] == "a group"
    assert "\ud800" not in row[0]
    assert house.ask("SELECT purpose FROM organization_application")[0][0].splitlines()[0] == "line"


def test_link_and_password_together_confirm_once(house: House) -> None:
    applications = house.side.tenants.applications
    applications.apply(WISH, ANN)
    (letter,) = Post(house).collect()
    with pytest.raises(Invalid):
        applications.confirm(letter.secret, "not the password at all")
    with pytest.raises(LinkDead):
        applications.confirm("no such link", ANN.password)
    applications.opened(letter.secret)
    applications.confirm(letter.secret, ANN.password)
    verified = house.ask("SELECT email_verified_at FROM person WHERE email = :email", email=ANN.email)
    assert verified[0][0] is not None
    with pytest.raises(LinkDead):
        applications.confirm(letter.secret, ANN.password)


def test_of_ten_at_once_one_confirms(house: House) -> None:
    applications = house.side.tenants.applications
    applications.apply(WISH, ANN)
    (letter,) = Post(house).collect()
    results = at_once(10, lambda _: applications.confirm(letter.secret, ANN.password))
    assert sorted(type(one).__name__ for one in results) == ["LinkDead"] * 9 + ["NoneType"]
    trail = house.ask("SELECT action FROM audit_event WHERE action = 'verify-email'")
    assert len(trail) == 1


def test_links_run_out(house: House) -> None:
    house.side.tenants.applications.apply(WISH, ANN)
    (letter,) = Post(house).collect()
    house.clock.forward(days=7, seconds=-1)
    house.side.tenants.applications.opened(letter.secret)
    house.clock.forward(seconds=1)
    with pytest.raises(LinkDead):
        house.side.tenants.applications.opened(letter.secret)


def test_whoever_applied_first_without_confirming_gives_way(house: House) -> None:
    """Somebody lays claim to a mailbox that is not theirs; its owner applies after them."""
    thief = replace(ANN, name="A thief", password="the thief's own password")
    house.side.tenants.applications.apply(replace(WISH, name="A false name"), thief)
    (first,) = Post(house).collect()
    house.side.tenants.applications.apply(WISH, ANN)
    (second,) = Post(house).collect()
    with pytest.raises(LinkDead):
        house.side.tenants.applications.confirm(first.secret, thief.password)
    house.side.tenants.applications.confirm(second.secret, ANN.password)
    assert [state for _, state in states(house)] == ["erased", "applied"]
    assert len(house.ask("SELECT id FROM person WHERE email = :email", email=ANN.email)) == 1


def test_once_confirmed_an_address_is_nobody_elses(house: House) -> None:
    key = apply(house)
    stranger = replace(ANN, password="quite another long one")
    house.side.tenants.applications.apply(replace(WISH, name="Another"), stranger)
    (letter,) = Post(house).collect()
    assert letter.kind == "mail.address-known"
    assert organization_of(house, ANN.email) == key


def test_ten_strangers_with_one_address_and_one_name_leave_one_application(house: House) -> None:
    results = at_once(10, lambda _: house.side.tenants.applications.apply(WISH, ANN))
    assert [one for one in results if isinstance(one, CommonsError)] == []
    applied = [name for name, state in states(house) if state == "applied"]
    assert len(applied) == 1
    assert len(house.ask("SELECT id FROM person WHERE email = :email", email=ANN.email)) == 1


def test_somebody_known_applies_for_another_organization(house: House) -> None:
    house.side.tenants.applications.apply_as(house.people.member, WISH)
    key = organization_of(house, "member@example.org")
    house.side.tenants.standing.approve(OPERATOR, key, REASON)
    held = house.ask("SELECT DISTINCT person_id FROM membership WHERE organization_id = :key", key=key)
    assert [row[0] for row in held] == [house.people.member.id]


def lapse_all(house: House) -> None:
    with house.private.read() as session:
        jobs = session.query(OutboxJob).filter(OutboxJob.kind.in_([UNCONFIRMED, DECLINED])).all()
        due = [(job.kind, job.payload["application_id"]) for job in jobs if job.not_before <= house.clock()]
    for kind, key in due:
        house.side.tenants.applications.lapse(kind, key)


def test_an_application_that_nobody_confirms_is_forgotten_after_a_week(house: House) -> None:
    house.side.tenants.applications.apply(WISH, ANN)
    house.clock.forward(days=6)
    lapse_all(house)
    assert states(house) == [("Harbour Aid", "applied")]
    house.clock.forward(days=1)
    lapse_all(house)
    lapse_all(house)
    assert [state for _, state in states(house)] == ["erased"]
    assert house.ask("SELECT id FROM organization_application") == []
    for text in (ANN.email, ANN.name, WISH.name):
        assert text not in str(house.ask("SELECT email, name FROM person")) + str(states(house))


def test_a_confirmed_application_does_not_lapse(house: House) -> None:
    apply(house)
    house.clock.forward(days=30)
    lapse_all(house)
    assert states(house) == [("Harbour Aid", "applied")]


def test_a_declined_application_is_forgotten_after_ninety_days(house: House) -> None:
    key = apply(house)
    house.side.tenants.standing.decline(OPERATOR, key, REASON)
    house.clock.forward(days=89)
    lapse_all(house)
    assert house.ask("SELECT state FROM organization WHERE id = :key", key=key) == [("declined",)]
    house.clock.forward(days=1)
    lapse_all(house)
    assert house.ask("SELECT state FROM organization WHERE id = :key", key=key) == [("erased",)]
    assert house.ask("SELECT id FROM person WHERE email = :email", email=ANN.email) == []
