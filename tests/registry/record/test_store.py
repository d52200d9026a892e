"""The store keeps every revision and overwrites nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from registry.errors import Conflict, Gone, NotFound
from registry.record import store
from registry.record.canonical import commitment, digest
from registry.record.ids import object_uuid
from registry.record.models import RecordRow
from registry.record.types import Outcome, PublicRecord, RecordState, Tombstone
from tests.registry.house import House
from tests.registry.record.samples import DAY, incoming, record, told

LATER = date(2026, 12, 1)


def keep(house: House, day: date = DAY, record_id: str = "aiid:1", **changes: Any) -> Outcome:
    with house.public.work() as session:
        return store.keep_external(session, incoming(record_id, **changes), "0.2.0", day)


def create(house: House, *records: PublicRecord) -> None:
    with house.public.work() as session:
        for one in records:
            store.create(session, one)


def revise(house: House, **changes: Any) -> PublicRecord:
    with house.public.work() as session:
        return store.revise(session, replace(store.load(session, "aiid:1"), **changes))


def erase(house: House, record_id: str = "aiid:1", successor: str | None = None) -> None:
    with house.public.work() as session:
        store.erase(session, Tombstone(record_id, "safety", LATER, successor))


def test_a_record_is_read_as_it_was_written(house: House) -> None:
    create(house, record())
    assert house.records.read("aiid:1") == record()
    assert house.records.versions("aiid:1") == [record()]


@pytest.mark.parametrize(
    "unknown", ["aiid:2", "AIR-ABCDEFGHIJ-2026-000001", "", "no id", "aiid:1\x00", "\ud800"]
)
def test_what_is_not_there_is_not_found(house: House, unknown: str) -> None:
    create(house, record())
    for ask in (house.records.read, house.records.versions):
        with pytest.raises(NotFound):
            ask(unknown)
    with pytest.raises(NotFound):
        house.records.version(unknown, 1)


def test_an_external_record_is_created_left_and_updated(house: House) -> None:
    assert keep(house) is Outcome.CREATED
    assert keep(house, LATER) is Outcome.UNCHANGED
    assert house.records.read("aiid:1").revision == 1
    assert keep(house, LATER, account=told(title="Better title")) is Outcome.UPDATED
    newest = house.records.read("aiid:1")
    assert (newest.revision, newest.state, newest.account.title) == (2, RecordState.REVISED, "Better title")
    assert (newest.published, newest.modified) == (DAY, LATER)
    assert keep(house, LATER, account=told(title="Better title")) is Outcome.UNCHANGED
    assert [one.account.title for one in house.records.versions("aiid:1")] == [
        "Chatbot told patients to double a dose",
        "Better title",
    ]


def test_going_back_to_an_earlier_content_is_a_new_revision(house: House) -> None:
    for title in ("A", "B", "A"):
        keep(house, account=told(title=title))
    assert [one.account.title for one in house.records.versions("aiid:1")] == ["A", "B", "A"]


def test_each_revision_names_the_digest_of_the_one_before(house: House) -> None:
    create(house, record())
    for number in range(3):
        revise(house, account=told(title=f"Version {number}"), modified=LATER)
    chain = house.records.versions("aiid:1")
    assert [one.revision for one in chain] == [1, 2, 3, 4]
    assert chain[0].previous is None
    assert [one.previous for one in chain[1:]] == [digest(one) for one in chain[:-1]]


def test_an_old_revision_can_still_be_read(house: House) -> None:
    create(house, record())
    revise(house, account=told(title="New"))
    assert house.records.version("aiid:1", 1) == record()
    for missing in (0, 3, -1):
        with pytest.raises(NotFound):
            house.records.version("aiid:1", missing)


def test_every_revision_has_a_salt_of_its_own_and_its_commitment_fits(house: House) -> None:
    create(house, record(), record("aiid:2"))
    revise(house, modified=LATER)
    rows = house.ask_public("SELECT record_id, revision, salt, commitment FROM record_version")
    assert len({bytes(row.salt) for row in rows}) == 3
    for row in rows:
        kept = house.records.version(row.record_id, row.revision)
        assert row.commitment == commitment(bytes(row.salt), kept)


def test_an_erased_record_leaves_a_tombstone_and_no_text(house: House) -> None:
    create(house, record(), record("aiid:2"))
    revise(house, account=told(title="New"))
    erase(house, successor="aiid:2")
    for ask in (house.records.read, house.records.versions, lambda key: house.records.version(key, 1)):
        with pytest.raises(Gone) as caught:
            ask("aiid:1")
        assert caught.value.facts == {"reason": "safety", "removed": "2026-12-01", "successor": "aiid:2"}
    left = house.ask_public("SELECT payload, salt FROM record_version WHERE record_id = 'aiid:1'")
    assert [tuple(row) for row in left] == [(None, None)] * 2
    assert list(house.records.read_many(["aiid:1", "aiid:2", "aiid:3"])) == ["aiid:2"]
    assert house.records.count() == 1


def test_an_erased_record_stays_erased(house: House) -> None:
    keep(house)
    erase(house)
    with pytest.raises(Conflict):
        erase(house)
    assert keep(house, LATER, account=told(title="Back again")) is Outcome.UNCHANGED
    with pytest.raises(Gone):
        house.records.read("aiid:1")
    with pytest.raises(Gone):
        revise(house, modified=LATER)
    with pytest.raises(NotFound):
        erase(house, "aiid:404")


def test_a_publication_token_works_once(house: House) -> None:
    with house.public.work() as session:
        assert store.publish_once(session, "t" * 32, record()) == "aiid:1"
    with house.public.work() as session:
        assert store.publish_once(session, "t" * 32, record("aiid:2")) == "aiid:1"
    assert house.records.count() == 1


def test_reading_many_gives_the_newest_of_each(house: House) -> None:
    create(house, record(), record("aiid:2"))
    revise(house, account=told(title="New"))
    found = house.records.read_many(["aiid:2", "aiid:1"])
    assert {key: one.account.title for key, one in found.items()} == {
        "aiid:1": "New",
        "aiid:2": record().account.title,
    }
    assert house.records.read_many([]) == {}


def place(house: House, record_id: str = "aiid:1") -> RecordRow:
    with house.public.read() as session:
        return session.get_one(RecordRow, record_id)


def test_days_of_changes_never_fall_behind_earlier_ones(house: House) -> None:
    old = date(2020, 1, 1)
    with house.public.work() as session:
        store.create(session, record())
        store.revise(session, replace(store.load(session, "aiid:1"), modified=LATER))
        store.create(session, record("aiid:2", modified=old))
    assert (place(house).changed, place(house, "aiid:2").changed) == (LATER, LATER)
    assert house.records.read("aiid:2").modified == old
    with house.public.work() as session:
        store.erase(session, Tombstone("aiid:2", "safety", DAY))
    assert place(house, "aiid:2").changed == LATER


def test_a_record_that_stands_again_begins_another_epoch(house: House) -> None:
    create(house, record())
    states = (
        (RecordState.DISPUTED, 0),
        (RecordState.RETRACTED, 0),
        (RecordState.RETRACTED, 0),
        (RecordState.REINSTATED, 1),
        (RecordState.REINSTATED, 1),
        (RecordState.MERGED, 1),
        (RecordState.RETRACTED, 1),
        (RecordState.REINSTATED, 2),
    )
    for state, epoch in states:
        revise(house, state=state)
        assert (place(house).epoch, place(house).uuid) == (epoch, object_uuid("aiid:1", epoch))
    erase(house)
    assert (place(house).epoch, place(house).uuid) == (2, object_uuid("aiid:1", 2))
