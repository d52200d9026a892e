"""Asked once, months later; the answer is a new version that goes through review."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from registry.account.types import Lasting
from registry.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.intake.due import HELD_DUE
from registry.intake.held.letters import HELD
from registry.intake.held.rules import Asked, Given
from registry.intake.rules import State
from registry.outbox import OutboxJob
from registry.record import store
from registry.record.types import Tombstone
from tests.registry.house import House
from tests.registry.intake.revising.test_revising import accept, published, record_of, revised

SINCE = "A month later the pharmacist found the same advice again."
THEN = datetime(2026, 3, 1, tzinfo=UTC)


def jobs(house: House, kind: str) -> list[OutboxJob]:
    """Queued work of a kind."""
    with house.private.read() as session:
        return list(session.query(OutboxJob).filter(OutboxJob.kind == kind))


def asked(house: House) -> str:
    """Id of a published report of which it was asked."""
    key = published(house)
    house.clock.forward(days=90)
    assert house.side.held.ask(key)
    return key


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("asked_at", [None, THEN])
@pytest.mark.parametrize("answered_at", [None, THEN])
def test_an_answer_is_waited_for_once_and_while_the_report_is_published(
    state: State, asked_at: datetime | None, answered_at: datetime | None
) -> None:
    found = Asked(asked_at, answered_at)
    waits = asked_at is not None and answered_at is None and state is State.PUBLISHED
    assert found.waits(state) == waits
    if waits:
        found.refuse(state)
        return
    with pytest.raises(Conflict):
        found.refuse(state)


def test_the_first_publication_leaves_word_and_a_revision_does_not(house: House) -> None:
    key = published(house)
    (job,) = jobs(house, HELD_DUE)
    assert (job.payload, job.not_before) == ({"submission_id": key}, house.clock() + timedelta(days=90))
    revised(house, key)
    accept(house, key)
    house.side.publication.publish_batch()
    assert len(jobs(house, HELD_DUE)) == 1


def test_it_is_asked_once_by_a_letter_that_says_nothing_of_the_report(house: House) -> None:
    key = asked(house)
    assert not house.side.held.ask(key)
    (job,) = jobs(house, HELD)
    assert job.payload == {"submission_id": key, "person_id": house.people.member.id}
    letter = house.side.held.letter(HELD, job.payload)
    assert letter is not None
    assert (letter.to, letter.facts) == ("member@example.org", {})
    assert house.steps(key)[-1] == ("ask-held", "published", "published")
    assert house.side.intake.read(house.people.member, key).summary.asks_held


def test_nobody_is_asked_of_what_was_removed_or_never_published(house: House) -> None:
    key = published(house)
    with house.public.work() as session:
        store.erase(session, Tombstone(record_of(house, key), "wish", house.clock.now.date()))
    for one in (key, house.draft(), "0" * 32):
        assert not house.side.held.ask(one)
    assert jobs(house, HELD) == []


def test_the_answer_goes_through_review_into_the_record(house: House) -> None:
    key, member, side = asked(house), house.people.member, house.side
    side.held.answer(member, key, Given("came-back", SINCE))
    assert house.state(key) == "submitted"
    assert house.records.read(record_of(house, key)).account.response.held is None
    view = side.intake.read(member, key)
    assert (view.account.response.held, view.account.response.since) == (Lasting.CAME_BACK, SINCE)
    assert not view.summary.asks_held
    accept(house, key)
    side.publication.publish_batch()
    record = house.records.read(record_of(house, key))
    assert record.revision == 2
    assert (record.account.response.held, record.account.response.since) == (Lasting.CAME_BACK, SINCE)
    assert record.account.response.lessons  # what was told before is still told


def test_it_can_be_answered_after_the_original_is_gone(house: House) -> None:
    key = published(house)
    house.clock.forward(days=30)
    house.side.custody.retention.run()
    house.clock.forward(days=60)
    assert house.side.held.ask(key)
    house.side.held.answer(house.people.member, key, Given("held"))
    accept(house, key)
    house.side.publication.publish_batch()
    assert house.records.read(record_of(house, key)).account.response.held is Lasting.HELD


def test_whoever_holds_the_code_can_answer(house: House) -> None:
    key, side = asked(house), house.side
    code = side.intake.receipt(house.people.member, key)
    assert side.held.asked_by_code(code)
    side.held.answer_by_code(code, Given("unknown"))
    assert not side.held.asked_by_code(code)
    assert house.state(key) == "submitted"
    roles = [entry.actor_role for entry in side.intake.history(house.people.member, key)[-3:]]
    assert roles == ["receipt-holder"] * 3
    with pytest.raises(NotFound):
        side.held.answer_by_code("0000 0000 0000 0000 0000 0000", Given("held"))


def test_only_an_answer_is_one_and_only_once(house: House) -> None:
    key, member, side = asked(house), house.people.member, house.side
    for wrong in (Given(""), Given("perhaps"), Given("held", "x" * 200_000)):
        with pytest.raises(Invalid) as refused:
            side.held.answer(member, key, wrong)
        assert {one.pointer for one in refused.value.problems} <= {"/held", "/text"}
    assert house.state(key) == "published"
    side.held.answer(member, key, Given("held"))
    side.intake.withdraw(member, key)
    with pytest.raises(Conflict, match="answered already"):
        side.held.answer(member, key, Given("came-back"))


def test_nobody_else_answers_and_nobody_who_was_not_asked(house: House) -> None:
    key, side = asked(house), house.side
    with pytest.raises(NotFound):
        side.held.answer(house.people.other_member, key, Given("held"))
    with pytest.raises(NotAllowed):
        side.held.answer(house.people.reviewer, key, Given("held"))
    with pytest.raises(Conflict, match="Nobody has asked"):
        side.held.answer(house.people.member, published(house), Given("held"))
    side.revising.reopen(house.people.member, key)
    with pytest.raises(Conflict, match="on its way"):
        side.held.answer(house.people.member, key, Given("held"))
