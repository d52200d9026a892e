"""What was sent before submissions had kinds is a report of its own, on the way up and on the way back."""

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

BEFORE, HERE = "p006", "p012"
HELD = "SELECT id, title, state, lock FROM submission ORDER BY id"


@pytest.fixture
def private(addresses: tuple[str, str]) -> Iterator[PrivateDatabase]:
    database = PrivateDatabase(addresses[0])
    yield database
    database.close()


def rows(database: PrivateDatabase, question: str) -> list[tuple[object, ...]]:
    with database.read() as session:
        return [tuple(row) for row in session.execute(text(question))]


def test_earlier_submissions_are_reports_that_stand_alone(
    private: PrivateDatabase, clock: SettableClock
) -> None:
    migrate.upgrade(private, Side.PRIVATE, "p002")
    fill(private, rows_of_p001(clock))
    fill(private, rows_of_p002(clock))
    migrate.upgrade(private, Side.PRIVATE, BEFORE)
    before = rows(private, HELD)
    assert before
    migrate.upgrade(private, Side.PRIVATE, HERE)
    kinds = rows(private, "SELECT kind, about_record, about_held FROM submission")
    assert set(kinds) == {("report", None, None)}
    migrate.downgrade(private, Side.PRIVATE, BEFORE)
    assert rows(private, HELD) == before


def test_additions_after_the_last_decision_wait_to_be_read(
    private: PrivateDatabase, clock: SettableClock
) -> None:
    """What came before it, and what was added to a report that nobody decided on, was read or will be."""
    migrate.upgrade(private, Side.PRIVATE, "p002")
    fill(private, rows_of_p001(clock))
    fill(private, rows_of_p002(clock))
    migrate.upgrade(private, Side.PRIVATE, "p012")
    (key, organization), *_ = rows(private, "SELECT id, organization_id FROM submission ORDER BY id")
    early, late = clock(), clock() + timedelta(hours=2)
    decision = {"id": "d" * 32, "submission_id": key, "version": 1, "reviewer_id": "r" * 32}
    decision |= {"organization_id": organization, "decision": "accept", "at": early + timedelta(hours=1)}
    with private.work() as session:
        session.execute(text("DELETE FROM review_decision"))
        session.execute(text("UPDATE submission SET state = 'published' WHERE id = :key"), {"key": key})
    added = {"submission_id": key, "writer": "holder", "sealed": b"x"}
    fill(
        private,
        {
            "review_decision": [decision],
            "addition": [added | {"number": 1, "at": early}, added | {"number": 2, "at": late}],
        },
    )
    migrate.upgrade(private, Side.PRIVATE, "p013")
    found = rows(private, "SELECT number, unread FROM addition ORDER BY number")
    assert [(number, bool(unread)) for number, unread in found] == [(1, False), (2, True)]
    migrate.downgrade(private, Side.PRIVATE, "p012")
    assert len(rows(private, "SELECT number FROM addition")) == 2
