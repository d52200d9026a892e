"""A database that does not answer: the caller hears "try again", nothing is stored, and it heals itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.db import migrate
from registry.db.layout import Side, require_current
from registry.db.private import PrivateDatabase
from registry.db.public import PublicDatabase
from registry.db.unit import Database
from registry.errors import Unavailable
from registry.record.models import CounterRow
from tests.conftest import missing
from tests.postgres import PostgresServer, find_postgres, running
from tests.registry.house import House


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    """A server of this test alone, so that stopping it disturbs nobody."""
    programs = find_postgres()
    if programs is None:
        missing("a PostgreSQL server (initdb, pg_ctl)")
    assert programs is not None
    with running(programs) as server:
        yield server


def count(database: Database) -> int:
    with database.read() as session:
        return session.query(CounterRow).count()


def write(database: Database, name: str) -> None:
    with database.work() as session:
        session.add(CounterRow(name=name, value=1))


def write_as_the_server_dies(database: Database, server: PostgresServer) -> None:
    with database.work() as session:
        session.add(CounterRow(name="torn", value=1))
        session.flush()
        server.stop()


@pytest.mark.postgres
def test_a_stopped_server_means_try_again_and_a_started_one_just_works(own_server: PostgresServer) -> None:
    database = PublicDatabase(own_server.new_database())
    migrate.upgrade(database, Side.PUBLIC)
    write(database, "before")
    own_server.stop()
    for act in (database.ping, lambda: write(database, "during"), lambda: count(database)):
        with pytest.raises(Unavailable) as caught:
            act()
        assert caught.value.facts["retry_after"] == 5
    with pytest.raises(Unavailable):
        require_current(database, Side.PUBLIC)
    with pytest.raises(Unavailable):
        migrate.upgrade(database, Side.PUBLIC)
    own_server.start_again()
    assert count(database) == 1
    write(database, "after")
    with pytest.raises(Unavailable):
        write_as_the_server_dies(database, own_server)
    own_server.start_again()
    assert count(database) == 2
    database.close()


def test_a_server_that_never_was_means_try_again() -> None:
    database = PrivateDatabase("postgresql://nobody@/nothing?host=/nonexistent")
    with pytest.raises(Unavailable):
        database.ping()
    database.close()


def test_a_full_pool_means_try_again(small_house: House) -> None:
    database = PublicDatabase(small_house.public.address)
    pool = database.engine.pool
    held = [database.engine.connect() for _ in range(15)]
    assert pool.checkedout() == 15  # type: ignore[attr-defined] # of the queue pool that is used
    pool._timeout = 0.1  # type: ignore[attr-defined] # seconds, so that the test need not wait four
    with pytest.raises(Unavailable):
        database.ping()
    for connection in held:
        connection.close()
    database.ping()
    database.close()


def test_a_folder_that_cannot_be_written_means_try_again(tmp_path: Path) -> None:
    (tmp_path / "in_the_way").mkdir()
    database = PublicDatabase(f"sqlite:///{tmp_path}/in_the_way")
    with pytest.raises(Unavailable):
        database.ping()
    database.close()


def test_a_file_that_is_no_database_means_try_again(tmp_path: Path) -> None:
    (tmp_path / "rubbish.sqlite").write_bytes(b"no database at all, " * 500)
    database = PublicDatabase(f"sqlite:///{tmp_path}/rubbish.sqlite")
    with pytest.raises(Unavailable):
        database.ping()
    database.close()
