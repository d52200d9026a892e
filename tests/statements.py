"""What a database is asked while something runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from registry.db.unit import Database


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Every statement of every connection; what opens a transaction is not among them."""
    told: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement != "BEGIN":  # SQLite's units say it aloud, PostgreSQL's driver does not
            told.append(statement)

    event.listen(database.engine, "before_cursor_execute", hear)
    yield told
    event.remove(database.engine, "before_cursor_execute", hear)
