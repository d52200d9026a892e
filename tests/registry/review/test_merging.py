"""Under review: a report belongs to a public record, though whoever sent it named none."""

from __future__ import annotations

import pytest

from registry.errors import Conflict, Invalid, Stale
from registry.intake.similar.rules import About, Held, Kind
from registry.intake.similar.telling import Telling
from tests.factories import keep_details
from tests.registry.house import House
from tests.registry.review.aftercare.caring import approve_and_carry_out, proposed, published

HERE_TOO = {
    "text": "Here too.",
    "language": "en",
    "happened": {"from": "2026-05", "to": None},
    "countries": ["KE"],
}


def test_it_is_published_with_the_relation(house: House) -> None:
    people, record, key = house.people, published(house)[1], house.claimed()
    house.side.reviews.merge(people.reviewer, key, record)
    seen = house.side.reviews.read(people.reviewer, key).submission.summary
    assert seen.about == About(record, Held.CONFIRMED)
    keep_details(house.side, people.reviewer, key)
    house.side.reviews.accept(people.reviewer, key)
    (made,) = house.side.publication.publish_batch()
    assert [one.record.id for one in house.records.pointing_to(record, ("same-as",)).items] == [made]


def test_another_record_than_the_one_that_was_named(house: House) -> None:
    people, (first, second) = house.people, (published(house)[1], published(house)[1])
    key = house.draft()
    house.side.same_event.attach(people.member, key, first, expected=None)
    house.side.intake.submit(people.member, key)
    house.side.reviews.claim(people.reviewer, key)
    house.side.reviews.merge(people.reviewer, key, second)
    about = house.side.reviews.read(people.reviewer, key).submission.summary.about
    assert about == About(second, Held.CONFIRMED)


def test_what_is_refused(house: House) -> None:
    people, record = house.people, published(house)[1]
    key = house.claimed()
    for name in ("", "AIR-nowhere-2026-1"):
        with pytest.raises(Invalid) as refused:
            house.side.reviews.merge(people.reviewer, key, name)
        assert [one.pointer for one in refused.value.problems] == ["/record"]
    with pytest.raises(Conflict, match="Claim this report first"):
        house.side.reviews.merge(people.other_reviewer, key, record)
    lock = house.side.reviews.read(people.reviewer, key).submission.summary.lock
    with pytest.raises(Stale):
        house.side.reviews.merge(people.reviewer, key, record, expected=lock + 1)
    approve_and_carry_out(house, proposed(house, record))
    with pytest.raises(Invalid):
        house.side.reviews.merge(people.reviewer, key, record)


def test_a_statement_stays_where_it_is(house: House) -> None:
    people, (first, second) = house.people, (published(house)[1], published(house)[1])
    made = house.side.intake.create(
        people.other_member, HERE_TOO, channel="form", submit=True, telling_of=Telling(Kind.STATEMENT, first)
    )
    key = made.view.summary.id
    house.side.reviews.claim(people.reviewer, key)
    with pytest.raises(Conflict, match="statement"):
        house.side.reviews.merge(people.reviewer, key, second)
