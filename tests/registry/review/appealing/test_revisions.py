"""An appeal against the decline of a revision: the public record stays as it is, on both engines."""

from __future__ import annotations

import pytest

from registry.errors import Conflict, NotFound
from registry.record import store
from registry.record.types import RecordState, Tombstone
from registry.review.queue.rules import Queue, QueueRequest
from registry.review.rules import Decision
from tests.factories import keep_details
from tests.registry.house import House
from tests.registry.intake.revising.test_revising import NEW, accept, published, record_of, revised
from tests.registry.publication.test_relating import retract
from tests.registry.review.appealing.court import WHY, appealed, taken


def turned_down(house: House, *, by: str = "reviewer") -> str:
    """Id of a public report of which a reviewer declined a revision a minute ago."""
    key, who = published(house), getattr(house.people, by)
    revised(house, key)
    house.side.reviews.claim(who, key)
    house.side.reviews.decline(who, key, "not-enough", "It says less than before.")
    house.clock.forward(seconds=60)
    return key


def test_an_appeal_that_is_right_brings_the_revision_back_into_review(house: House) -> None:
    people, side, key = house.people, house.side, taken(house, turned_down(house))
    public = house.records.read(record_of(house, key))
    read = side.reviews.read(people.other_reviewer, key)
    assert (read.submission.account.title, read.submission.summary.in_revision) == (NEW, True)
    side.reviewing.appeals.uphold(people.other_reviewer, key, "It says more.")
    keep_details(side, people.other_reviewer, key)
    assert side.reviews.accept(people.other_reviewer, key) is Decision.ACCEPT
    assert house.records.read(record_of(house, key)) == public, "until it is published nothing changes"
    side.publication.publish_batch()
    newest = house.records.read(record_of(house, key))
    assert (newest.revision, newest.account.title) == (2, NEW)
    steps = [step for step in house.steps(key) if step[1] != step[2]]
    assert steps[-6:-2] == [
        ("decline-revision", "in_review", "published"),
        ("appeal", "published", "appealed"),
        ("uphold", "appealed", "in_review"),
        ("accept", "in_review", "accepted"),
    ]


def test_an_appeal_that_is_rejected_leaves_what_is_public(house: House) -> None:
    people, side, key = house.people, house.side, taken(house, turned_down(house))
    record = house.records.read(record_of(house, key))
    side.reviewing.appeals.reject(people.other_reviewer, key, "nothing-new", "We looked at all of it.")
    kept = side.intake.read(people.member, key)
    assert (kept.summary.state.value, kept.summary.version) == ("published", kept.summary.published_version)
    assert kept.account.title == record.account.title != NEW
    assert house.steps(key)[-1] == ("reject-revision-appeal", "appealed", "published")
    assert house.ask("SELECT 1 FROM review_claim") == []
    assert side.publication.publish_batch() == []
    assert house.records.read(record_of(house, key)) == record
    with pytest.raises(Conflict, match="final"):
        side.reviewing.appeals.make(people.member, key, "Once more.")
    revised(house, key, title="Told anew")  # and another revision may follow
    side.reviews.claim(people.other_reviewer, key)


def test_declined_anew_after_an_appeal_the_record_stays_and_that_is_the_end(house: House) -> None:
    people, side, key = house.people, house.side, taken(house, turned_down(house))
    side.reviewing.appeals.uphold(people.other_reviewer, key)
    house.clock.forward(seconds=60)
    side.reviews.decline(people.other_reviewer, key, "test", "")
    assert house.state(key) == "published"
    assert side.reviewing.appeals.own(people.member, key).until is None
    with pytest.raises(Conflict, match="final"):
        side.reviewing.appeals.make(people.member, key, "Once more.")


def test_taking_it_back_ends_the_appeal_and_nothing_else(house: House) -> None:
    people, side, key = house.people, house.side, taken(house, turned_down(house))
    assert side.intake.withdraw(people.member, key).account.title != NEW
    assert house.steps(key)[-1] == ("keep-published", "appealed", "published")
    assert house.records.read(record_of(house, key)).state is RecordState.PUBLISHED


def test_whose_report_is_public_cannot_appeal_unless_a_revision_was_declined(house: House) -> None:
    people, side, key = house.people, house.side, published(house)
    appeals = side.reviewing.appeals
    with pytest.raises(Conflict, match="Only a report or a revision that was declined"):
        appeals.make(people.member, key, WHY)
    assert appeals.own(people.member, key).until is None
    revised(house, key)
    with pytest.raises(Conflict, match="Only a report or a revision that was declined"):
        appeals.make(people.member, key, WHY)
    side.intake.withdraw(people.member, key)
    assert appeals.own(people.member, key).until is None
    with pytest.raises(NotFound):
        appeals.make(people.other_member, key, WHY)


def test_the_decline_of_an_earlier_revision_is_no_ground_once_another_one_is_public(house: House) -> None:
    key = turned_down(house)
    revised(house, key, title="Better told")
    accept(house, key)
    house.side.publication.publish_batch()
    assert house.side.reviewing.appeals.own(house.people.member, key).until is None
    with pytest.raises(Conflict, match="Only a report or a revision that was declined"):
        house.side.reviewing.appeals.make(house.people.member, key, WHY)


def test_a_revision_begun_and_given_up_meanwhile_does_not_stand_in_for_the_declined_one(house: House) -> None:
    people, side, key = house.people, house.side, turned_down(house)
    revised(house, key, title="Not this one")
    side.intake.withdraw(people.member, key)
    side.reviewing.appeals.make(people.member, key, WHY)
    assert side.reviews.read(people.other_reviewer, key).submission.account.title == NEW


def test_the_time_for_it_ends_and_what_was_deleted_or_removed_cannot_be_looked_at(house: House) -> None:
    people, side = house.people, house.side
    late, gone, removed, withdrawn = (turned_down(house) for _ in range(4))
    side.custody.originals.erase(people.member, gone)
    with house.public.work() as session:
        store.erase(session, Tombstone(record_of(house, removed), "wish", house.clock.now.date()))
    retract(house, record_of(house, withdrawn))
    nothing = "nothing to revise"
    for key, why in ((gone, "original was deleted"), (removed, nothing), (withdrawn, nothing)):
        with pytest.raises(Conflict, match=why):
            side.reviewing.appeals.make(people.member, key, WHY)
        assert house.state(key) == "published"
    house.clock.forward(days=30)
    assert side.reviewing.appeals.own(people.member, late).until is None
    with pytest.raises(Conflict, match="begin another revision"):
        side.reviewing.appeals.make(people.member, late, WHY)


def test_the_holder_of_the_code_can_appeal_too(house: House) -> None:
    key = turned_down(house)
    code = house.side.intake.receipt(house.people.member, key)
    recourse, decided = house.side.reviewing.appeals.by_code(code)
    assert recourse.until is not None
    assert [one.decision for one in decided] == ["decline"]
    house.side.reviewing.appeals.make_by_code(code, WHY)
    assert house.state(key) == "appealed"


def test_who_declined_it_is_kept_out_and_who_accepted_what_is_public_is_not(house: House) -> None:
    """The first version was accepted by ``reviewer``, its revision declined by ``other_reviewer``."""
    people, side, key = house.people, house.side, turned_down(house, by="other_reviewer")
    side.reviewing.appeals.make(people.member, key, WHY)
    waiting = side.queue.page(people.reviewer, QueueRequest(queue=Queue.APPEALS)).items
    assert [line.submission.id for line in waiting] == [key]
    assert not side.reviewing.appeals.own(people.member, key).stuck
    with pytest.raises(Conflict, match="before the appeal"):
        side.reviews.claim(people.other_reviewer, key)
    side.reviews.claim(people.reviewer, key)


def test_where_nobody_is_left_to_decide_it_says_so(house: House) -> None:
    people, key = house.people, appealed(house, turned_down(house))
    assert not house.side.reviewing.appeals.own(people.member, key).stuck
    house.side.reviews.recuse(people.other_reviewer, key, "close")
    assert house.side.reviewing.appeals.own(people.member, key).stuck
