"""Many values in a question to a database, and many rows in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, TypeVar, cast

from sqlalchemy import Table, insert
from sqlalchemy.orm import DeclarativeBase, Session

Item = TypeVar("Item")
AT_ONCE: Final = 500
"""Values named in one question; SQLite takes 999 of them at least."""


def batched(items: Iterable[Item], count: int = AT_ONCE) -> Iterator[list[Item]]:
    """The items, so many at a time."""
    left = iter(items)
    while some := list(islice(left, count)):
        yield some


def insert_all(session: Session, model: type[DeclarativeBase], rows: Sequence[dict[str, Any]]) -> None:
    """Add rows that nobody will change in this session, without what a session does for each object."""
    if rows:
        session.execute(insert(cast(Table, model.__table__)), rows)
