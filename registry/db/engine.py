"""Engines that behave alike on SQLite and PostgreSQL.

SQLite: write-ahead log, every commit on disk before it is acknowledged (``synchronous=FULL``),
foreign keys on, writers begin with ``BEGIN IMMEDIATE`` so that two of them queue up rather than
fail half-way (https://www.sqlite.org/lang_transaction.html section 2.2). The driver's own
transaction handling is switched off, otherwise savepoints do not work.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url

WRITE = "commons_write"
"""Execution option that marks a connection as taken for writing."""
BUSY_MS = 5_000
"""How long a SQLite writer waits for another one."""
PRAGMAS = (
    "page_size=8192",  # of a new file: three payloads of 2 KB fill a page, in 4,096 bytes half of it is air
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",  # what was erased is overwritten, not only unlinked
    f"busy_timeout={BUSY_MS}",
)


def open_engine(address: str) -> Engine:
    """An engine for ``sqlite:///…`` or ``postgresql://…``; connects only when first used."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        return _open_sqlite(url)
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        pool_timeout=4,
        connect_args={"connect_timeout": 4, "options": "-c statement_timeout=30000 -c timezone=UTC"},
    )


def _open_sqlite(url: URL) -> Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, pool_timeout=4, connect_args={"timeout": BUSY_MS / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get(WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
