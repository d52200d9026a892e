"""What the door does with relations: kinds, confirmed or dropped, records that went; both engines."""

from __future__ import annotations

from typing import Any

import pytest

from registry.errors import Conflict
from registry.intake.similar.rules import About, Held, Kind
from registry.intake.similar.telling import Telling
from registry.record import store
from registry.record.types import PublicRecord, RecordState, RecordType, Relation, Tombstone
from tests.factories import account, keep_details
from tests.registry.house import House
from tests.registry.intake.similar.test_naming import EVENT, REPORT, SAID, shelf
from tests.registry.record.samples import DAY

__all__ = ["shelf"]


def sent(house: House, telling: Telling, raw: dict[str, Any] | None = None) -> str:
    """A submission that ``reviewer`` examines, every detail decided."""
    chosen = raw or (SAID if telling.kind is Kind.STATEMENT else account())
    made = house.side.intake.create(
        house.people.member, chosen, channel="api", submit=True, telling_of=telling
    )
    key = made.view.summary.id
    house.side.reviews.claim(house.people.reviewer, key)
    keep_details(house.side, house.people.reviewer, key)
    return key


def accept(house: House, key: str) -> None:
    house.side.reviews.accept(house.people.reviewer, key)


def confirmed(house: House, record_id: str) -> str:
    key = sent(house, Telling(record=record_id))
    house.side.reviews.decide_relation(house.people.reviewer, key, confirm=True)
    accept(house, key)
    return key


def public(house: House, key: str) -> PublicRecord:
    record_id = house.side.intake.read(house.people.member, key).summary.record_id
    assert record_id is not None
    return house.records.read(record_id)


def held(house: House, key: str) -> About | None:
    return house.side.intake.read(house.people.member, key).summary.about


def erase(house: House, record_id: str) -> None:
    with house.public.work() as session:
        store.erase(session, Tombstone(record_id, "safety", DAY))


def retract(house: House, record_id: str) -> None:
    with house.public.work() as session:
        from_store = store.load(session, record_id)
        store.revise(session, PublicRecord.from_json(from_store.to_json() | {"state": "retracted"}))


@pytest.mark.parametrize(("record_id", "kind"), [(EVENT, "part-of"), (REPORT, "same-as")])
def test_a_confirmed_report_is_published_with_its_relation(shelf: House, record_id: str, kind: str) -> None:
    key = confirmed(shelf, record_id)
    shelf.side.publication.publish_batch()
    made = public(shelf, key)
    assert (made.type, made.related) == (RecordType.REPORT, (Relation(kind, record_id),))
    (found,) = shelf.records.pointing_to(record_id, (kind,)).items
    assert found.record == made


def test_an_own_record_of_the_same_organization_can_be_named(shelf: House) -> None:
    first = shelf.accepted()
    shelf.side.publication.publish_batch()
    own = public(shelf, first).id
    second = confirmed(shelf, own)
    shelf.side.publication.publish_batch()
    assert public(shelf, second).related == (Relation("same-as", own),)


def test_a_reviewer_says_first_whether_it_belongs(shelf: House) -> None:
    key = sent(shelf, Telling(record=EVENT))
    with pytest.raises(Conflict):
        accept(shelf, key)
    shelf.side.reviews.decide_relation(shelf.people.reviewer, key, confirm=True)
    shelf.side.reviews.decide_relation(shelf.people.reviewer, key, confirm=False)
    accept(shelf, key)
    shelf.side.publication.publish_batch()
    assert public(shelf, key).related == ()
    assert held(shelf, key) == About(EVENT, Held.DROPPED)
    assert "relation-gone" not in [action for action, _, _ in shelf.steps(key)]


def test_only_the_reviewer_who_holds_it_decides(shelf: House) -> None:
    key = sent(shelf, Telling(record=EVENT))
    with pytest.raises(Conflict):
        shelf.side.reviews.decide_relation(shelf.people.other_reviewer, key, confirm=True)
    alone = sent(shelf, Telling(), account(title="It names none"))
    statement = sent(shelf, Telling(Kind.STATEMENT, EVENT))
    for nothing_to_decide in (alone, statement):
        with pytest.raises(Conflict):
            shelf.side.reviews.decide_relation(shelf.people.reviewer, nothing_to_decide, confirm=False)


@pytest.mark.parametrize("go", [erase, retract])
def test_a_record_that_went_takes_only_the_relation_with_it(shelf: House, go: Any) -> None:
    key = confirmed(shelf, EVENT)
    go(shelf, EVENT)
    shelf.side.publication.publish_batch()
    assert public(shelf, key).related == ()
    assert held(shelf, key) == About(EVENT, Held.GONE)
    assert [action for action, _, _ in shelf.steps(key)][-3:] == ["schedule", "relation-gone", "publish"]


def test_a_statement_is_published_about_its_record(shelf: House) -> None:
    key = sent(shelf, Telling(Kind.STATEMENT, EVENT))
    accept(shelf, key)
    shelf.side.publication.publish_batch()
    made = public(shelf, key)
    assert (made.type, made.related) == (RecordType.STATEMENT, (Relation("about", EVENT),))
    assert made.account.title == "Vu ici aussi"
    page = shelf.records.pointing_to(EVENT, ("about",))
    assert page.counts == {"about": 2}  # one stood there before
    assert made in [one.record for one in page.items]


@pytest.mark.parametrize("go", [erase, retract])
def test_a_statement_on_a_record_that_went_is_not_published(shelf: House, go: Any) -> None:
    key = sent(shelf, Telling(Kind.STATEMENT, EVENT))
    accept(shelf, key)
    go(shelf, EVENT)
    before = shelf.records.position()
    assert shelf.side.publication.publish_batch() == []
    assert shelf.records.position() == before
    assert shelf.state(key) == "declined"
    assert held(shelf, key) == About(EVENT, Held.GONE)
    assert [action for action, _, _ in shelf.steps(key)][-2:] == ["relation-gone", "fall-away"]
    assert shelf.side.publication.open_parcels() == []
    assert not shelf.side.publication.batch_is_due()


def test_a_run_that_died_after_writing_is_finished_with_the_same_relations(shelf: House) -> None:
    door = shelf.side.publication
    kept, lost = confirmed(shelf, EVENT), confirmed(shelf, REPORT)
    word = sent(shelf, Telling(Kind.STATEMENT, REPORT))
    accept(shelf, word)
    erase(shelf, REPORT)
    door.reserve()
    door.write(door.open_parcels())
    erase(shelf, EVENT)  # between two runs: what was written stays written
    door.publish_batch()
    assert public(shelf, kept).related == (Relation("part-of", EVENT),)
    assert held(shelf, kept) == About(EVENT, Held.CONFIRMED)
    assert held(shelf, lost) == About(REPORT, Held.GONE)
    assert (shelf.state(kept), shelf.state(lost), shelf.state(word)) == ("published", "published", "declined")


def test_retracted_and_erased_statements_are_neither_shown_nor_counted(shelf: House) -> None:
    keys = [sent(shelf, Telling(Kind.STATEMENT, REPORT)) for _ in range(3)]
    for key in keys:
        accept(shelf, key)
    shelf.side.publication.publish_batch()
    retract(shelf, public(shelf, keys[0]).id)
    erase(shelf, public(shelf, keys[1]).id)
    page = shelf.records.pointing_to(REPORT, ("about",))
    assert (page.counts, len(page.items)) == ({"about": 1}, 1)
    assert page.items[0].record.state is RecordState.PUBLISHED
