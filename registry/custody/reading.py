"""Reading many rows for an export: page by page, so that a slow reader holds no transaction open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, inspect, select, tuple_
from sqlalchemy.orm import Session

from registry.db.private import PrivateDatabase

PAGE = 100
"""Rows read at a time."""

Telling = Callable[[Session, Any], dict[str, Any]]
"""Turns a row into what the export says of it."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where one file of an export comes from: which rows of which table, and how each is told."""

    name: str
    says: str
    table: Any
    which: ColumnElement[bool]
    tell: Telling


def lines(private: PrivateDatabase, source: Source) -> Iterator[dict[str, Any]]:
    """Every row of a source, in the order of its primary key."""
    keys = inspect(source.table).primary_key
    place, last = tuple_(*keys), None
    while True:
        which = source.which if last is None else source.which & (place > last)
        query = select(source.table).where(which).order_by(*keys).limit(PAGE)
        with private.read() as session:
            rows = list(session.scalars(query))
            told = [source.tell(session, row) for row in rows]
        yield from told
        if len(rows) < PAGE:
            return
        last = tuple_(*(getattr(rows[-1], key.name) for key in keys))


def fields(*names: str) -> Telling:
    """Tells these columns of a row under their own names."""

    def tell(_session: Session, row: Any) -> dict[str, Any]:
        return plain(row, *names)

    return tell


def plain(row: Any, *names: str) -> dict[str, Any]:
    """These columns of a row as JSON values; moments in RFC 3339."""
    return {name: _value(getattr(row, name)) for name in names}


def _value(value: Any) -> Any:
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value
