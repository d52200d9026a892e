"""What points to a record, asked of the table; it follows revisions and erasures on both engines."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from registry.db import migrate
from registry.db.layout import Side
from registry.db.public import PublicDatabase
from registry.record import relations, store
from registry.record.reading import Records
from registry.record.types import RecordState, Relation, Tombstone
from tests.registry.record.samples import DAY, record

TARGET = "aiid:1"


def add(database: PublicDatabase, record_id: str, *related: tuple[str, str], **changes: Any) -> None:
    pairs = tuple(Relation(kind, target) for kind, target in related)
    with database.work() as session:
        store.create(session, record(record_id, related=pairs, **changes))


def table(database: PublicDatabase) -> list[tuple[str, ...]]:
    with database.read() as session:
        rows = session.execute(text("SELECT record_id, kind, target FROM relation ORDER BY 1, 2, 3"))
        return [tuple(row) for row in rows]


def test_a_revision_points_where_it_says_and_an_erased_record_nowhere(public_db: PublicDatabase) -> None:
    add(public_db, "aiid:2", ("same-as", TARGET), ("same-as", TARGET), ("about", "aiid:7"))
    assert table(public_db) == [("aiid:2", "about", "aiid:7"), ("aiid:2", "same-as", TARGET)]
    with public_db.work() as session:
        store.revise(session, record("aiid:2", related=(Relation("part-of", TARGET),)))
    assert table(public_db) == [("aiid:2", "part-of", TARGET)]
    with public_db.work() as session:
        assert relations.that_point(session, ["aiid:2", "aiid:3"]) == {"aiid:2"}
        store.erase(session, Tombstone("aiid:2", "safety", DAY))
    assert table(public_db) == []


def test_pages_are_newest_first_and_miss_and_repeat_nothing(public_db: PublicDatabase) -> None:
    days = [DAY - timedelta(days=n // 3) for n in range(10)]
    for number, day in enumerate(days):
        add(public_db, f"aiid:{100 + number}", ("about", TARGET), published=day, modified=day)
    add(public_db, "aiid:200", ("part-of", TARGET))
    add(public_db, "aiid:201", ("about", TARGET), state=RecordState.RETRACTED)
    add(public_db, "aiid:202", ("about", "aiid:9"))
    records, seen = Records(public_db), []
    after: tuple[date, str] | None = None
    while True:
        page = records.pointing_to(TARGET, ("about",), after=after, limit=4)
        assert page.counts == {"about": 10}
        seen += [(one.record.published, one.record.id) for one in page.items]
        if page.next is None:
            break
        day, _, last = page.next.partition("|")
        after = date.fromisoformat(day), last
    assert seen == sorted(seen, reverse=True)
    assert len(set(seen)) == len(seen) == 10
    both = records.pointing_to(TARGET, ("about", "part-of"))
    assert both.counts == {"about": 10, "part-of": 1}
    assert records.pointing_to("aiid:none", ("about",)).items == ()


def test_records_from_before_the_table_point_to_others_too(addresses: tuple[str, str]) -> None:
    public = PublicDatabase(addresses[1])
    migrate.upgrade(public, Side.PUBLIC)
    add(public, "aiid:1", ("same-as", "aiid:2"), ("same-as", "https://example.org/a"))
    add(public, "aiid:2")
    add(public, "aiid:3", ("about", "aiid:1"))
    with public.work() as session:
        store.erase(session, Tombstone("aiid:3", "safety", DAY))
    before = table(public)
    migrate.downgrade(public, Side.PUBLIC, "q001")
    migrate.upgrade(public, Side.PUBLIC)
    assert (
        table(public)
        == before
        == [
            ("aiid:1", "same-as", "aiid:2"),
            ("aiid:1", "same-as", "https://example.org/a"),
        ]
    )
    public.close()


@pytest.mark.parametrize("number", [0, 1, 1_200])
def test_many_records_are_asked_in_pieces(public_db: PublicDatabase, number: int) -> None:
    add(public_db, "aiid:2", ("about", TARGET))
    with public_db.read() as session:
        asked = [f"aiid:{n}" for n in range(2, 2 + number)]
        assert relations.that_point(session, asked) == ({"aiid:2"} if number else set())
