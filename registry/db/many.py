"""Many values in a question to a database, and many rows in one statement."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, Final, TypeVar, cast

from sqlalchemy import ColumnElement, Table, Text, column, insert, literal, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

Item = TypeVar("Item")
Plain = str | int | bytes | None
"""What both databases take as it is."""
AT_ONCE: Final = 500
"""Values named in one question; SQLite takes 999 of them at least."""
MARKS_MAX: Final = 32_000
"""Values in one statement: SQLite takes 32,766 of them, PostgreSQL twice as many."""


def batched(items: Iterable[Item], count: int = AT_ONCE) -> Iterator[list[Item]]:
    """The items, so many at a time."""
    left = iter(items)
    while some := list(islice(left, count)):
        yield some


def among(where: InstrumentedAttribute[Any], texts: Iterable[str]) -> ColumnElement[bool]:
    """Whether a column holds one of these texts, however many: they go to the database as one value.

    A mark for each of them costs several times what finding it does.
    """
    each = _Each(literal(json.dumps(list(texts)), Text)).table_valued(column("value", Text))
    return where.in_(select(each.c.value))


def insert_all(session: Session, model: type[DeclarativeBase], rows: Sequence[dict[str, Any]]) -> None:
    """Add rows that nobody will change in this session, without what a session does for each object."""
    if rows:
        session.execute(insert(cast(Table, model.__table__)), rows)


def insert_plain(
    session: Session,
    model: type[DeclarativeBase],
    names: Sequence[str],
    rows: Sequence[Sequence[Plain]],
    *,
    skip_known: bool = False,
) -> None:
    """Add rows of plain values in the order of these columns; ``skip_known`` leaves out those that are there.

    SQLAlchemy looks at each value of a row, which takes as long as SQLite takes to write it. What both
    databases take as it is goes to them as it is, many rows in one statement.
    """
    connection = session.connection()
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    columns = cast(Table, model.__table__).columns
    into = f"INSERT INTO {model.__tablename__} ({', '.join(columns[name].name for name in names)})"
    row = f"({', '.join([mark] * len(names))})"
    otherwise = "ON CONFLICT DO NOTHING" if skip_known else ""
    for some in batched(rows, MARKS_MAX // len(names)):
        values = ", ".join([row] * len(some))
        statement = f"{into} VALUES {values} {otherwise}"
        connection.exec_driver_sql(statement, tuple(chain.from_iterable(some)))


class _Each(GenericFunction[Any]):
    """The texts of a JSON list as rows: ``json_each`` of SQLite, which PostgreSQL calls otherwise."""

    name = "json_each"
    inherit_cache = True


@compiles(_Each, "postgresql")
def _of_postgresql(each: _Each, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_array_elements_text(CAST({compiler.process(each.clauses, **options)} AS JSON))"
