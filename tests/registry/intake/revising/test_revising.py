"""A published report gets a new version, through review, and its record another revision."""

from __future__ import annotations

from typing import Any

import pytest

from registry.errors import Conflict, NotAllowed, NotFound, Stale
from registry.intake.rules import State
from registry.intake.similar.rules import Kind
from registry.intake.similar.telling import Telling
from registry.record import store
from registry.record.types import RecordState, Tombstone
from registry.review.coding.rules import Given
from registry.review.queue.rules import Queue, QueueRequest
from tests.factories import account, keep_details
from tests.registry.house import House

NEW = "Chatbot told patients to double a dose, in two clinics"


def published(house: House, **changes: Any) -> str:
    """Id of a report whose record can be read."""
    key = house.accepted(**changes)
    house.side.publication.publish_batch()
    return key


def record_of(house: House, key: str) -> str:
    """Id of a report's record."""
    found = house.side.intake.read(house.people.member, key).summary.record_id
    assert found is not None
    return found


def revised(house: House, key: str, **changes: Any) -> None:
    """Begin a revision, change it, and send it."""
    member, side = house.people.member, house.side
    begun = side.revising.reopen(member, key)
    told = begun.account.to_json() | ({"title": NEW} | changes)
    side.intake.revise(member, key, told, expected=None)
    side.intake.submit(member, key)


def accept(house: House, key: str) -> None:
    """Claim and accept what was sent."""
    reviewer, side = house.people.reviewer, house.side
    side.reviews.claim(reviewer, key)
    keep_details(side, reviewer, key)
    side.reviews.accept(reviewer, key)


def test_a_revision_becomes_the_next_revision_of_the_same_record(house: House) -> None:
    key = published(house)
    record_id, first = record_of(house, key), house.records.read(record_of(house, key))
    house.clock.forward(days=3)
    revised(house, key)
    assert house.records.read(record_id) == first  # until it is published nothing changes
    accept(house, key)
    assert house.side.publication.publish_batch() == [record_id]
    newest = house.records.read(record_id)
    assert (newest.revision, newest.state, newest.account.title) == (2, RecordState.REVISED, NEW)
    assert (newest.published, newest.modified) == (first.published, house.clock.now.date())
    assert house.records.version(record_id, 1) == first
    assert house.state(key) == "published"
    steps = [step for step in house.steps(key) if step[0] not in ("decide-details", "revise")]
    assert steps[-6:] == [
        ("reopen", "published", "revising"),
        ("submit", "revising", "submitted"),
        ("claim", "submitted", "in_review"),
        ("accept", "in_review", "accepted"),
        ("schedule", "accepted", "scheduled"),
        ("publish", "scheduled", "published"),
    ]


def test_a_report_can_be_revised_again_and_again(house: House) -> None:
    key = published(house)
    for number in (2, 3, 4):
        revised(house, key, title=f"Told {number} times")
        accept(house, key)
        house.side.publication.publish_batch()
        newest = house.records.read(record_of(house, key))
        assert (newest.revision, newest.account.title) == (number, f"Told {number} times")
    carried = house.ask("SELECT version, record_id FROM handover WHERE submission_id = :key", key=key)
    assert len({row[0] for row in carried}) == 4
    assert {row[1] for row in carried} == {record_of(house, key)}


@pytest.mark.parametrize("until", ["revising", "submitted", "in_review", "changes_requested", "accepted"])
def test_taken_back_it_is_the_published_version_again(house: House, until: str) -> None:
    key, member, side = published(house), house.people.member, house.side
    before, public = side.intake.read(member, key), house.records.read(record_of(house, key))
    bring_revision(house, key, until)
    assert house.state(key) == until
    side.intake.withdraw(member, key)
    after = side.intake.read(member, key)
    assert (after.account, after.summary.title) == (before.account, before.summary.title)
    assert (after.summary.version, after.summary.state) == (before.summary.version, State.PUBLISHED)
    assert house.steps(key)[-1] == ("keep-published", until, "published")
    assert side.publication.publish_batch() == []
    assert house.records.read(record_of(house, key)) == public


def bring_revision(house: House, key: str, until: str) -> None:
    """Take a revision to a state."""
    if until == "revising":
        house.side.revising.reopen(house.people.member, key)
        return
    revised(house, key)
    if until == "accepted":
        accept(house, key)
    elif until != "submitted":
        house.side.reviews.claim(house.people.reviewer, key)
    if until == "changes_requested":
        house.side.reviews.request_changes(house.people.reviewer, key, "Say more.")


def test_declined_it_leaves_the_record_as_it_is_and_keeps_the_reason(house: House) -> None:
    key, member, side = published(house), house.people.member, house.side
    before = side.intake.read(member, key)
    public = house.records.read(record_of(house, key))
    revised(house, key)
    side.reviews.claim(house.people.reviewer, key)
    side.reviews.decline(house.people.reviewer, key, "test", "This says less than before.")
    after = side.intake.read(member, key)
    assert (after.account, after.summary.state) == (before.account, State.PUBLISHED)
    said = side.reviews.decisions_for_submitter(member, key)[-1]
    assert (said.decision, said.reason_code, said.note) == ("decline", "test", "This says less than before.")
    assert said.version > after.summary.version
    assert house.steps(key)[-1] == ("decline-revision", "in_review", "published")
    assert house.records.read(record_of(house, key)) == public
    revised(house, key, title="Better told")  # and another one may follow
    accept(house, key)
    side.publication.publish_batch()
    assert house.records.read(record_of(house, key)).account.title == "Better told"


def test_numbers_of_versions_that_were_given_up_are_not_used_again(house: House) -> None:
    key, member, side = published(house), house.people.member, house.side
    revised(house, key)
    given_up = side.intake.read(member, key).summary.version
    side.intake.withdraw(member, key)
    assert side.revising.reopen(member, key).summary.version == given_up + 1


def test_a_revision_begins_with_the_codes_that_the_public_reads(house: House) -> None:
    key, reviewer, side = house.claimed(), house.people.reviewer, house.side
    keep_details(side, reviewer, key)
    side.reviews.classify(reviewer, key, Given("severity", ("severity/minor",)))
    side.reviews.accept(reviewer, key)
    side.publication.publish_batch()
    begun = side.revising.reopen(house.people.member, key)
    assert begun.account.classification["severity"] == ("severity/minor",)


def test_only_a_published_report_of_ones_own_can_be_revised(house: House) -> None:
    side, people = house.side, house.people
    for key in (house.draft(), house.submitted(), house.claimed(), house.accepted()):
        with pytest.raises(Conflict):
            side.revising.reopen(people.member, key)
    key = published(house)
    with pytest.raises(NotFound):
        side.revising.reopen(people.other_member, key)
    with pytest.raises(NotAllowed):
        side.revising.reopen(people.reviewer, key)
    with pytest.raises(Stale):
        side.revising.reopen(people.member, key, expected=1)
    side.revising.reopen(people.member, key)
    with pytest.raises(Conflict):
        side.revising.reopen(people.member, key)


def test_a_statement_is_not_revised(house: House) -> None:
    about, member, side = published(house), house.people.other_member, house.side
    raw = {"text": "The same at ours.", "happened": {"from": "2026"}, "countries": ["UG"], "language": "en"}
    telling = Telling(Kind.STATEMENT, record_of(house, about))
    made = side.intake.create(member, raw, channel="form", submit=True, telling_of=telling)
    accept(house, made.view.summary.id)
    side.publication.publish_batch()
    with pytest.raises(Conflict, match="Send another one"):
        side.revising.reopen(member, made.view.summary.id)


def test_what_was_removed_cannot_be_revised(house: House) -> None:
    key = published(house)
    with house.public.work() as session:
        store.erase(session, Tombstone(record_of(house, key), "wish", house.clock.now.date()))
    with pytest.raises(Conflict, match="nothing to revise"):
        house.side.revising.reopen(house.people.member, key)


def test_a_revision_whose_record_was_removed_meanwhile_falls_away(house: House) -> None:
    key = published(house)
    before = house.side.intake.read(house.people.member, key)
    revised(house, key)
    accept(house, key)
    with house.public.work() as session:
        store.erase(session, Tombstone(record_of(house, key), "wish", house.clock.now.date()))
    assert house.side.publication.publish_batch() == []
    after = house.side.intake.read(house.people.member, key)
    assert (after.account, after.summary.state) == (before.account, State.PUBLISHED)
    assert house.steps(key)[-1] == ("revision-falls-away", "scheduled", "published")
    assert house.side.publication.publish_batch() == []


def test_revisions_wait_in_a_queue_of_their_own(house: House) -> None:
    key, reviewer = published(house), house.people.reviewer
    revised(house, key)
    new = house.submitted(title="A new one")
    queue = house.side.queue
    lines = {
        which: [line.submission.id for line in queue.page(reviewer, QueueRequest(queue=which)).items]
        for which in Queue
    }
    assert {which: found for which, found in lines.items() if found} == {
        Queue.REPORTS: [new],
        Queue.REVISIONS: [key],
    }
    assert queue.counts(reviewer).of(Queue.REVISIONS) == 1


def test_reviewers_do_not_see_what_is_still_being_written(house: House) -> None:
    key, reviewer = published(house), house.people.reviewer
    house.side.revising.reopen(house.people.member, key)
    with pytest.raises(NotFound):
        house.side.reviews.read(reviewer, key)


def test_reviewers_compare_with_what_is_public(house: House) -> None:
    key, reviewer, versions = published(house), house.people.reviewer, house.side.reviewing.versions
    revised(house, key)
    house.side.reviews.claim(reviewer, key)
    (public,) = versions.of(reviewer, key)
    assert public.public
    assert versions.read(reviewer, key, public.number).title == account()["title"]


def test_nobody_hides_behind_themselves(house: House) -> None:
    """The record of a report does not count among those that look like its revision."""
    key, member, side = published(house), house.people.member, house.side
    side.revising.reopen(member, key)
    alone = side.exactness.look(member, key).alike.public
    other = house.draft(house.people.other_member)
    assert side.exactness.look(house.people.other_member, other).alike.public == alone + 1


def test_a_claim_on_what_was_taken_back_holds_nobody_back(house: House) -> None:
    key, side = published(house), house.side
    revised(house, key)
    side.reviews.claim(house.people.reviewer, key)
    side.intake.withdraw(house.people.member, key)
    revised(house, key, title="Told once more")
    side.reviews.claim(house.people.other_reviewer, key)
    assert house.state(key) == "in_review"
    with pytest.raises(Conflict):
        side.reviews.claim(house.people.reviewer, key)
