"""The unit of work: every change of either database is committed here and nowhere else.

``with database.work() as session`` commits when the block ends well and rolls back when it does
not; ``with database.read()`` never commits. One unit touches one database: what must happen on
the other side, or later, is a row of the outbox written in the same unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from threading import RLock
from typing import Final

from sqlalchemy import MetaData, text
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session, sessionmaker

from registry.db import engine
from registry.db.engine import WRITE, open_engine
from registry.errors import Unavailable

RETRY_AFTER: Final = 5
"""Seconds after which a caller may try again when a database does not answer."""

_LAST: Final = "unit.last"

NAMING: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, so that migrations can speak of it."""


def new_metadata() -> MetaData:
    """Metadata with named constraints."""
    return MetaData(naming_convention=NAMING)


class Database:
    """One of the two databases: an engine and the units of work on it."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.engine = open_engine(address)
        self._carried: dict[str, object] = {}
        self._writers = sessionmaker(
            self.engine.execution_options(**{WRITE: True}), expire_on_commit=False, info=self._carried
        )
        self._one_writer = self.engine.dialect.name == "sqlite"
        self._writing = RLock()  # a thread that begins a second unit is refused by SQLite, not by us
        self._moment: ContextVar[Session | None] = ContextVar("moment", default=None)
        self._readers = sessionmaker(self.engine, expire_on_commit=False, autoflush=False, info=self._carried)

    def carry(self, name: str, thing: object) -> None:
        """Let every later session have this in its ``info``: for rooms above, such as the vault's keys."""
        self._carried[name] = thing

    @contextmanager
    def work(self) -> Iterator[Session]:
        """A transaction that commits at the end; raises ``Unavailable`` when the database does not answer.

        ``IntegrityError`` passes through: the service that caused it knows which rule was broken.
        """
        with self._turn(), answering(), self._writers() as session:
            yield session
            _finish(session)
            session.commit()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Let writers of this process come one after another; raises ``Unavailable`` as SQLite would.

        SQLite has one writer at a time, and wakes nobody: whoever finds it taken looks again after pauses
        that grow to a tenth of a second, in which perhaps nobody writes.
        """
        if not self._one_writer:
            yield
            return
        if not self._writing.acquire(timeout=engine.BUSY_MS / 1000):
            raise Unavailable(retry_after=RETRY_AFTER)
        try:
            yield
        finally:
            self._writing.release()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A transaction that only reads; nothing done in it is kept."""
        moment = self._moment.get()
        if moment is not None:
            with answering():
                yield moment
            return
        with answering(), self._readers() as session:
            yield session

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """Let every reading of this thread inside share one transaction: a page then agrees with itself.

        What several services ask of the same session is asked once. For pages that only read: what
        is written inside is not seen by what reads after it.
        """
        with self.read() as session:
            token = self._moment.set(session)
            try:
                yield
            finally:
                self._moment.reset(token)

    def settle(self) -> None:
        """Let nothing that was erased stay behind in SQLite's log of writes; elsewhere the engine sees to it.

        A log that somebody is reading at the moment is emptied by a later write.
        """
        if self.engine.dialect.name == "sqlite":
            with answering(), closing(self.engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def rewrite(self, tables: Iterable[str]) -> None:
        """Write these tables anew, so that nothing of what they once held stays in their free space.

        Takes as long as copying them does, and nobody else may use them meanwhile. SQLite writes the
        whole file anew. PostgreSQL's log of writes and its archives are the operator's to discard.
        """
        if self.engine.dialect.name == "sqlite":
            with answering(), closing(self.engine.raw_connection()) as connection:
                connection.cursor().execute("VACUUM")
            self.settle()
            return
        with answering(), self.engine.connect() as connection:
            free = connection.execution_options(isolation_level="AUTOCOMMIT")
            for name in tables:
                free.exec_driver_sql(f"VACUUM FULL {name}")

    def ping(self) -> None:
        """Raises ``Unavailable`` unless the database answers a trivial question."""
        with self.read() as session:
            session.execute(text("SELECT 1"))

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


def at_the_end(session: Session, act: Callable[[Session], None]) -> None:
    """Do this once, right before the unit commits and after all else was sent to the database.

    For what holds everybody else up: it is then held for as long as a commit takes.
    """
    acts: list[Callable[[Session], None]] = session.info.setdefault(_LAST, [])
    if act not in acts:
        acts.append(act)


def _finish(session: Session) -> None:
    acts = session.info.pop(_LAST, ())
    if acts:
        session.flush()
    for act in acts:
        act(session)


@contextmanager
def answering() -> Iterator[None]:
    """Turns an outage of either database inside the block into ``Unavailable``."""
    try:
        yield
    except IntegrityError:
        raise
    except (DBAPIError, PoolTimeout) as error:
        if isinstance(error, DBAPIError) and not _is_outage(error):
            raise
        raise Unavailable(retry_after=RETRY_AFTER) from error


def _is_outage(error: SQLAlchemyError) -> bool:
    """Whether the database, rather than the statement, is at fault.

    SQLite reports a damaged file as a plain ``DatabaseError``.
    """
    return type(error).__name__ in {"OperationalError", "InterfaceError", "InternalError", "DatabaseError"}
