"""Open changes of records on the way to erasures that wait for nothing, and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from registry.db import migrate
from registry.db.layout import Side
from registry.db.private import PrivateDatabase
from tests.conftest import SettableClock
from tests.registry.db.early_rows import ORG, PERSON, rows_of_p001
from tests.registry.db.test_migrations_with_data import fill


@pytest.fixture
def private(addresses: tuple[str, str]) -> Iterator[PrivateDatabase]:
    database = PrivateDatabase(addresses[0])
    yield database
    database.close()


def change(key: str, kind: str, state: str, clock: SettableClock) -> dict[str, Any]:
    return {
        "id": key * 32,
        "token": key.upper() * 32,
        "record_id": "aiid:1",
        "revision": 1,
        "kind": kind,
        "reason_code": "legal",
        "sealed_note": "sealed",
        "state": state,
        "lock": 1,
        "proposed_by": PERSON,
        "organization_id": ORG,
        "proposed_at": clock.now,
    }


def states(private: PrivateDatabase) -> list[tuple[Any, ...]]:
    with private.read() as session:
        rows = session.execute(text("SELECT id, state, lock, sealed_note FROM record_change ORDER BY id"))
        return [(row[0][0], *row[1:]) for row in rows]


def test_an_erasure_finds_room_beside_what_is_open_and_stays_on_the_way_back(
    private: PrivateDatabase, clock: SettableClock
) -> None:
    migrate.upgrade(private, Side.PRIVATE, "p001")
    fill(private, rows_of_p001(clock))
    migrate.upgrade(private, Side.PRIVATE, "p037")
    fill(private, {"record_change": [change("a", "retract", "approved", clock)]})
    with pytest.raises(IntegrityError):
        fill(private, {"record_change": [change("b", "erase", "proposed", clock)]})
    migrate.upgrade(private, Side.PRIVATE, "p038")
    fill(private, {"record_change": [change("b", "erase", "proposed", clock)]})
    for kind in ("erase", "mark-disputed"):
        with pytest.raises(IntegrityError):
            fill(private, {"record_change": [change("c", kind, "proposed", clock)]})
    assert states(private) == [("a", "approved", 1, "sealed"), ("b", "proposed", 1, "sealed")]
    migrate.downgrade(private, Side.PRIVATE, "p037")
    assert states(private) == [("a", "overtaken", 2, None), ("b", "proposed", 1, "sealed")]
