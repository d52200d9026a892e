"""Files of reports keep the numbers that they had by their order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from registry.db import migrate
from registry.db.layout import Side
from registry.db.private import PrivateDatabase
from tests.conftest import SettableClock
from tests.registry.db.early_rows import rows_of_p001, rows_of_p002
from tests.registry.db.test_migrations_with_data import fill


@pytest.fixture
def private(addresses: tuple[str, str]) -> Iterator[PrivateDatabase]:
    database = PrivateDatabase(addresses[0])
    yield database
    database.close()


def test_files_are_numbered_as_they_were_counted(private: PrivateDatabase, clock: SettableClock) -> None:
    migrate.upgrade(private, Side.PRIVATE, "p002")
    fill(private, rows_of_p001(clock))
    fill(private, rows_of_p002(clock))
    migrate.upgrade(private, Side.PRIVATE, "p013")
    with private.read() as session:
        key = session.execute(text("SELECT id FROM submission ORDER BY id")).scalar()
    early, late = clock(), clock() + timedelta(hours=1)
    files = (("c", early, "kept"), ("a", late, "kept"), ("b", late, "kept"), ("d", early, "removed"))
    same = {"submission_id": key, "media": "text/plain", "size": 1, "taken": 1, "author_id": "p" * 32}
    rows = [
        same | {"id": name * 32, "address": name * 64, "created_at": at, "standing": standing}
        for name, at, standing in files
    ]
    fill(private, {"attachment": rows})
    migrate.upgrade(private, Side.PRIVATE, "p017")
    with private.read() as session:
        found = session.execute(text("SELECT id, number FROM attachment ORDER BY id")).all()
        last = session.execute(text("SELECT files_numbered FROM submission WHERE id = :key"), {"key": key})
        assert [(row[0][0], row[1]) for row in found] == [("a", 2), ("b", 3), ("c", 1), ("d", None)]
        assert last.scalar() == 3
    migrate.downgrade(private, Side.PRIVATE, "p013")
    with private.read() as session:
        assert session.execute(text("SELECT count(*) FROM attachment")).scalar() == 4
