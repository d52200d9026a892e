"""Reports without an account: one room for each, a code that leads back, and no way to any other."""

from __future__ import annotations

import pytest

from registry.errors import NotAllowed, NotFound
from registry.identity.rules import GUEST_MAY, Actor, Permission
from registry.intake.nameless.service import LIFE, NamelessReports
from registry.intake.rules import State
from registry.review.queue.rules import Queue, QueueRequest
from tests.factories import account, keep_details
from tests.registry.house import House


def guest(house: House) -> Actor:
    found = house.side.nameless.guest(house.side.nameless.start("en"))
    assert found is not None
    return found


def sent(house: House, who: Actor) -> tuple[str, str]:
    made = house.side.intake.create(who, account(), channel="form", submit=True)
    return made.view.summary.id, made.receipt


def test_a_guest_reports_comes_back_and_is_published_as_nobody(house: House) -> None:
    who = guest(house)
    key, code = sent(house, who)
    secret, found = house.side.nameless.enter(code)
    again = house.side.nameless.guest(secret)
    assert again is not None
    assert found == key
    assert again.id != who.id
    assert house.side.intake.read(again, key).summary.state is State.SUBMITTED
    house.side.reviews.claim(house.people.reviewer, key)
    keep_details(house.side, house.people.reviewer, key)
    house.side.reviews.accept(house.people.reviewer, key)
    house.side.publication.publish_batch()
    record_id = house.side.intake.read(again, key).summary.record_id
    assert record_id is not None
    assert house.records.read(record_id).provenance.contributor == "a person without an account"


def test_no_guest_reaches_another_report(house: House) -> None:
    first, second = guest(house), guest(house)
    key, code = sent(house, first)
    own = house.draft()
    intake = house.side.intake
    for other in (second, house.people.member):
        with pytest.raises(NotFound):
            intake.read(other, key)
        with pytest.raises(NotFound):
            intake.withdraw(other, key)
        assert all(line.id != key for line in house.side.submissions.own(other).items)
    with pytest.raises(NotFound):
        intake.read(first, own)
    with pytest.raises(NotFound):
        house.side.nameless.enter(intake.receipt(house.people.member, own))
    assert house.side.nameless.opens(code)
    assert not house.side.nameless.opens(intake.receipt(house.people.member, own))


@pytest.mark.parametrize("permission", Permission)
def test_a_guest_may_what_the_table_says(permission: Permission) -> None:
    who = Actor("guest", "room", "", "", guest=True)
    assert who.holds(permission) == (permission in GUEST_MAY)
    assert {
        Permission.READ_SUBMISSIONS,
        Permission.WRITE_SUBMISSIONS,
        Permission.WITHDRAW_SUBMISSIONS,
        Permission.REVISE_PUBLISHED,
        Permission.APPEAL_SUBMISSIONS,
        Permission.ERASE_ORIGINALS,
        Permission.CHANGE_RECORDS,
    } == GUEST_MAY


def test_their_queue_is_apart(house: House) -> None:
    key, _ = sent(house, guest(house))
    ordinary = house.submitted()
    queue, reviewer = house.side.queue, house.people.reviewer
    for kind, expected in ((Queue.REPORTS, ordinary), (Queue.GUESTS, key)):
        lines = queue.page(reviewer, QueueRequest(queue=kind)).items
        assert [(line.submission.id, line.guest) for line in lines] == [(expected, kind is Queue.GUESTS)]
        assert queue.counts(reviewer).states(kind)[State.SUBMITTED] == 1
    assert house.side.reviews.read(reviewer, key).guest
    assert not house.side.reviews.read(reviewer, ordinary).guest


def test_a_visit_ends_and_the_code_opens_another(house: House) -> None:
    secret = house.side.nameless.start("en")
    who = house.side.nameless.guest(secret)
    assert who is not None
    _, code = sent(house, who)
    house.clock.forward(seconds=LIFE.total_seconds())
    assert house.side.nameless.guest(secret) is None
    again, _ = house.side.nameless.enter(code)
    assert house.side.nameless.guest(again) is not None
    house.side.nameless.leave(again)
    assert house.side.nameless.guest(again) is None
    assert house.side.nameless.guest("no secret") is None


def test_rooms_in_which_nothing_was_written_do_not_pile_up(house: House) -> None:
    sent(house, guest(house))
    for _ in range(3):
        house.side.nameless.start("en")
    house.clock.forward(seconds=LIFE.total_seconds() + 1)
    house.side.nameless.start("en")
    rooms = house.ask("SELECT count(*) FROM organization WHERE state = 'nameless'")
    assert rooms[0][0] == 2


def test_stewards_see_no_such_organizations(house: House) -> None:
    who = guest(house)
    with pytest.raises(NotFound):
        house.side.tenants.standing.read(house.people.steward, who.organization_id)


def test_a_node_takes_them_only_if_it_says_so(house: House) -> None:
    closed = NamelessReports(house.private, house.clock, taken=False)
    with pytest.raises(NotFound):
        closed.start("en")


def test_a_guest_is_nobody_elsewhere(house: House) -> None:
    who = guest(house)
    with pytest.raises(NotAllowed):
        house.side.queue.page(who, QueueRequest())
    with pytest.raises(NotAllowed):
        house.side.tenants.members.organization(who)
