"""Away with files that belong to no report any more, and with rows whose file was never stored.

A file is never stored before a row says where it lies, so a file without a row is nobody's. It is
still left alone until it was seen without one for a while: a restored database may be older than its store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import delete, select, update

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.intake.attachments.models import Attachment, Standing
from registry.intake.attachments.stores import Store
from registry.intake.vault.models import DataKeyRow

GRACE = timedelta(hours=1)
"""How long a file or a row may be without the other before it goes; adding one takes a minute at most."""
COUNTS = timedelta(days=1)
"""How long a removed file counts against what an organization may attach."""
AT_ONCE = 500
"""Rows or addresses looked at in one unit of work."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What went: files, and rows."""

    files: int
    rows: int


class Sweeping:
    """Called by the worker again and again; safe to break off anywhere."""

    def __init__(self, private: PrivateDatabase, store: Store, clock: Clock) -> None:
        self._private, self._store, self._clock = private, store, clock
        self._nobodys: dict[str, datetime] = {}

    def sweep(self) -> Swept:
        """Remove what ended; raises ``Unavailable`` where the store or the database does not answer."""
        now = self._clock()
        self._end(now)
        rows = self._clear(now)
        files = self._sweep_files(now)
        self._store.tidy(now - GRACE)
        return Swept(files, rows)

    def _end(self, now: datetime) -> None:
        """What was never stored, and what nobody can read any more because its report's key is gone."""
        shredded = select(DataKeyRow.submission_id).where(DataKeyRow.destroyed_at.is_not(None))
        gone = {"standing": Standing.REMOVED.value, "ended_at": now, "description": None, "glimpse": None}
        pending = Attachment.standing == Standing.PENDING.value
        kept = Attachment.standing == Standing.KEPT.value
        with self._private.work() as session:
            session.execute(
                update(Attachment).where(pending, Attachment.created_at < now - GRACE).values(**gone)
            )
            session.execute(
                update(Attachment).where(kept, Attachment.submission_id.in_(shredded)).values(**gone)
            )

    def _clear(self, now: datetime) -> int:
        """Files of removed rows; then the rows, once they count no longer."""
        removed = Attachment.standing == Standing.REMOVED.value
        with self._private.read() as session:
            found = session.execute(
                select(Attachment.id, Attachment.address, Attachment.created_at).where(removed)
            ).all()
        for row in found:
            self._store.delete(row.address)
        done = [row.id for row in found if row.created_at <= now - COUNTS]
        for some in _parts(done):
            with self._private.work() as session:
                session.execute(delete(Attachment).where(Attachment.id.in_(some)))
        return len(done)

    def _sweep_files(self, now: datetime) -> int:
        """Files without a row, seen so for a while."""
        # The store is read first: whatever is stored after that has its row already.
        nobodys = [address for some in _parts(self._store.addresses()) for address in self._without_row(some)]
        self._nobodys = {address: self._nobodys.get(address, now) for address in nobodys}
        due = [address for address, since in self._nobodys.items() if since <= now - GRACE]
        for address in due:
            self._store.delete(address)
            del self._nobodys[address]
        return len(due)

    def _without_row(self, addresses: list[str]) -> list[str]:
        with self._private.read() as session:
            query = select(Attachment.address).where(Attachment.address.in_(addresses))
            named = set(session.scalars(query))
        return [address for address in addresses if address not in named]


def _parts(found: Iterable[str]) -> Iterator[list[str]]:
    left = iter(found)
    while some := list(islice(left, AT_ONCE)):
        yield some
