"""Letters about publishing for others: who gets them, when, and how little they say."""

from __future__ import annotations

from registry.identity.rules import Role
from registry.intake.identities.letters import ANSWERED, ASKED
from registry.intake.identities.rules import Identity
from registry.outbox import OutboxJob
from tests.factories import account
from tests.registry.house import House
from tests.registry.intake.identities.asking import asked, choose, refuse, take, wish
from tests.registry.neighbours import join


def letters(house: House) -> list[tuple[str, str]]:
    """Kind and address of every letter that is due, which is then done."""
    found = []
    with house.private.work() as session:
        for job in session.query(OutboxJob).filter(OutboxJob.kind.like("mail.publish%")):
            letter = house.side.identities.letters.write(job.kind, job.payload)
            found += [(letter.kind, letter.to)] if letter else []
            assert letter is None or (letter.facts, letter.secret) == ({}, "")
            session.delete(job)
    return sorted(found)


def test_whoever_looks_after_the_publisher_is_told_and_the_author_of_the_answer(house: House) -> None:
    key = asked(house, submit=False)
    assert letters(house) == [], "of a draft nobody hears"
    house.side.intake.submit(house.people.member, key)
    assert letters(house) == [(ASKED, "other@example.org")], "without an administrator, the members"
    join(house, "river-admin", house.people.other_member, Role.ORG_ADMIN)
    choose(house, key, wish(message="Please."))
    assert letters(house) == [(ASKED, "river-admin@example.org")]
    take(house, key)
    assert letters(house) == [(ANSWERED, "member@example.org")]
    refuse(house, key)
    assert letters(house) == [(ANSWERED, "member@example.org")]


def test_a_changed_report_is_announced_again(house: House) -> None:
    key = asked(house)
    take(house, key)
    letters(house)
    house.side.reviews.claim(house.people.reviewer, key)
    house.side.reviews.request_changes(house.people.reviewer, key, "Say more.")
    house.side.intake.submit(house.people.member, key)
    assert letters(house) == [], "the same version needs no second look"
    house.side.reviews.request_changes(house.people.reviewer, key, "Say more.")
    house.side.intake.revise(house.people.member, key, account(title="Changed"), expected=None)
    assert letters(house) == []
    house.side.intake.submit(house.people.member, key)
    assert letters(house) == [(ASKED, "other@example.org")]


def test_what_has_ended_is_no_reason_for_a_letter(house: House) -> None:
    key = asked(house)
    choose(house, key, Identity.HIDDEN)
    assert letters(house) == []
    asked(house, wish("Nobody At All"))
    assert letters(house) == []
