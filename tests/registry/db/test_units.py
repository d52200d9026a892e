"""Units of work: all or nothing, and reading leaves no trace."""

from __future__ import annotations

import itertools
import sqlite3
import time
from datetime import UTC, datetime, timedelta, timezone
from threading import Thread

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, ProgrammingError, StatementError
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import REGISTRY, Step
from registry.db import engine
from registry.db.columns import random_key
from registry.db.private import PrivateDatabase
from registry.db.public import PublicDatabase
from registry.db.unit import Database
from registry.errors import NotFound, Unavailable
from registry.outbox import enqueue
from registry.record.models import CounterRow
from tests.registry.house import House, at_once


def write(session: Session, name: str) -> None:
    session.add(CounterRow(name=name, value=1))
    session.flush()


def names(database: Database) -> list[str]:
    with database.read() as session:
        return [row[0] for row in session.execute(text("SELECT name FROM counter ORDER BY name"))]


def write_and_fail(database: Database, error: Exception) -> None:
    with database.work() as session:
        write(session, "lost")
        raise error


def write_while_reading(database: Database) -> None:
    with database.read() as session:
        write(session, "unkept")


def test_everything_read_at_one_moment_agrees(house: House) -> None:
    """What another unit writes meanwhile is seen by others at once, and inside only after the moment."""
    others = []
    with house.public.at_one_moment():
        before = names(house.public)
        with house.public.work() as session:
            write(session, "meanwhile")
        asking = Thread(target=lambda: others.append(names(house.public)))
        asking.start()
        asking.join()
        with house.public.read() as one, house.public.read() as other:
            assert one is other
    assert others == [["meanwhile"]]
    assert before == []
    assert names(house.public) == ["meanwhile"]
    with house.public.read() as one, house.public.read() as other:
        assert one is not other


def test_a_moment_ends_with_an_error(house: House) -> None:
    with pytest.raises(NotFound), house.public.at_one_moment():
        raise NotFound
    with house.public.read() as one, house.public.read() as other:
        assert one is not other


def test_a_unit_that_ends_well_is_kept(house: House) -> None:
    with house.public.work() as session:
        write(session, "kept")
    assert names(house.public) == ["kept"]


@pytest.mark.parametrize("error", [RuntimeError("a bug"), NotFound(), KeyboardInterrupt()])
def test_a_unit_that_fails_leaves_nothing(house: House, error: Exception) -> None:
    with pytest.raises(type(error)):
        write_and_fail(house.public, error)
    assert names(house.public) == []


def test_nothing_done_while_reading_is_kept(house: House) -> None:
    write_while_reading(house.public)
    assert names(house.public) == []


def test_a_broken_rule_passes_through_as_it_is(house: House) -> None:
    with house.public.work() as session:
        write(session, "one")
    with pytest.raises(IntegrityError), house.public.work() as session:
        write(session, "one")


def test_a_wrong_statement_is_a_bug_and_no_outage(small_house: House, house: House) -> None:
    if house.public.engine.dialect.name == "postgresql":
        with pytest.raises(ProgrammingError), house.public.read() as session:
            session.execute(text("SELEKT 1"))
    with pytest.raises(StatementError), small_house.private.work() as session:
        enqueue(session, "a", {}, datetime.fromisoformat("2026-01-01"))


def test_times_come_back_in_utc_whatever_zone_they_went_in(house: House) -> None:
    nairobi = datetime(2026, 3, 1, 2, 30, tzinfo=timezone(timedelta(hours=3)))
    with house.private.work() as session:
        audit.append(session, Step("a", "b", "c"), REGISTRY, nairobi)
    with house.private.read() as session:
        at = audit.trail(session, "a", "b")[0].at
    assert at == nairobi
    assert at.isoformat() == datetime(2026, 2, 28, 23, 30, tzinfo=UTC).isoformat()


def test_a_reader_does_not_see_half_a_unit(house: House) -> None:
    with house.public.work() as session:
        write(session, "half")
        assert names(house.public) == []
    assert names(house.public) == ["half"]


def test_writers_queue_up_and_all_are_served(house: House) -> None:
    def add(number: int) -> None:
        for step in range(5):
            with house.public.work() as session:
                write(session, f"{number}-{step}")

    assert at_once(6, add) == [None] * 6
    assert len(names(house.public)) == 30


@pytest.mark.alone
def test_a_reader_is_not_held_up_by_a_writer(small_house: House) -> None:
    with small_house.public.work() as session:
        write(session, "slow")
        started = time.monotonic()
        assert names(small_house.public) == []
        assert time.monotonic() - started < 1


def test_a_writer_that_waits_too_long_is_told_to_come_back(
    small_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_MS", 200)
    database = PrivateDatabase(small_house.private.address)
    with small_house.private.work() as holder:
        holder.execute(text("SELECT 1"))
        with pytest.raises(Unavailable) as caught, database.work() as session:
            session.execute(text("SELECT 1"))
    assert caught.value.facts["retry_after"] == 5
    database.close()


def test_a_writer_of_the_same_process_is_told_so_too(
    small_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_MS", 200)
    database = PublicDatabase(small_house.public.address)
    told = []

    def wait_in_vain() -> None:
        with pytest.raises(Unavailable) as caught, database.work() as session:
            write(session, "too late")
        told.append(caught.value.facts["retry_after"])

    with database.work() as holder:
        write(holder, "holder")
        waiting = Thread(target=wait_in_vain)
        waiting.start()
        waiting.join()
        wait_in_vain()  # nor does a second unit of the holder's own thread wait for ever
    assert told == [5, 5]
    with database.work() as session:
        write(session, "next")
    assert names(database) == ["holder", "next"]
    database.close()


def test_sqlite_is_set_for_safety(small_house: House) -> None:
    with small_house.private.read() as session:
        pragmas = {
            name: session.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_foreign_keys_hold(house: House) -> None:
    with pytest.raises(IntegrityError), house.private.work() as session:
        session.execute(
            text("INSERT INTO membership VALUES ('m', 'no such person', 'no such organization', 'member')")
        )


def test_a_savepoint_may_fail_inside_a_unit(house: House) -> None:
    with house.public.work() as session:
        write(session, "one")
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(text("INSERT INTO counter VALUES ('one', 1)"))
        session.execute(text("INSERT INTO counter VALUES ('two', 1)"))
    assert names(house.public) == ["one", "two"]


def test_a_process_that_only_reads_the_file_sees_what_was_kept(small_house: House) -> None:
    with small_house.public.work() as session:
        write(session, "kept")
    path = small_house.public.address.removeprefix("sqlite:///")
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        assert connection.execute("SELECT name FROM counter").fetchall() == [("kept",)]
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


def test_random_keys_are_128_bits_and_carry_no_order() -> None:
    keys = [random_key() for _ in range(10_000)]
    assert len(set(keys)) == len(keys)
    assert all(len(key) == 32 and int(key, 16) >= 0 for key in keys)
    ones = [sum(int(key, 16) >> bit & 1 for key in keys) for bit in range(128)]
    # Each bit is one in half of the keys: 5 000 with deviation 50; eight deviations never happen by chance.
    assert all(4_600 < count < 5_400 for count in ones)
    rising = sum(first < second for first, second in itertools.pairwise(keys))
    assert 4_600 < rising < 5_400


def test_closing_twice_is_fine(small_house: House) -> None:
    small_house.private.close()
    small_house.private.close()
    small_house.private.ping()
