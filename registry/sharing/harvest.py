"""Reading all records in the order of their changes, by day, kind and source, a page at a time.

The place in that order is an integer (``RecordRow.seq``), so a reader that goes on after the last
position it saw misses nothing and gets nothing twice, however many records change meanwhile: a record
that changes moves to the end, where the reader finds it again in its new form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import Session

from registry.db.public import PublicDatabase
from registry.record.ids import object_uuid
from registry.record.models import RecordRow, TombstoneRow, VersionRow
from registry.record.types import PublicRecord

_Row = Row[int, str, date, str, str, dict[str, Any] | None, date, int, int]

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records: changed on these days (both included), of this type, from this source; '' is any."""

    first: date | None = None
    last: date | None = None
    type: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A record at its newest change; ``record`` is None of an erased one, which keeps all the rest.

    ``epoch`` counts how often it stood again after it had fallen.
    """

    seq: int
    id: str
    changed: date
    type: str
    source: str
    record: PublicRecord | None
    published: date
    revision: int
    epoch: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some items in order, and whether there are more after the last of them."""

    items: tuple[Item, ...]
    more: bool


class Harvest:
    """What anybody may read in the order of changes."""

    def __init__(self, public: PublicDatabase) -> None:
        self._public = public

    def page(self, wanted: Wanted, *, after: int = 0, limit: int) -> Page:
        """At most ``limit`` items whose position is beyond ``after``."""
        with self._public.read() as session:
            start = after or _before_first(session, wanted)
            asked = _items().where(RecordRow.seq > start, *_where(wanted)).order_by(RecordRow.seq)
            rows = session.execute(asked.limit(limit + 1)).all()
        return Page(tuple(_item(row) for row in rows[:limit]), len(rows) > limit)

    def newest(self, limit: int, among: Sequence[str] | None = None) -> list[Item]:
        """The items that changed last, the newest first; only those of these ids where some are given."""
        asked = _items().order_by(RecordRow.seq.desc()).limit(limit)
        if among is not None:
            asked = asked.where(RecordRow.id.in_(among))
        with self._public.read() as session:
            return [_item(row) for row in session.execute(asked)]

    def one(self, record_id: str) -> Item | None:
        """The item of a record, erased or not; None where there never was one."""
        with self._public.read() as session:
            row = session.execute(_items().where(RecordRow.id == record_id)).one_or_none()
        return None if row is None else _item(row)

    def by_uuid(self, known: str) -> Item | None:
        """The item that other formats know by this UUID, now or in an earlier epoch; None without one."""
        with self._public.read() as session:
            row = session.execute(_items().where(RecordRow.uuid == known)).one_or_none()
            if row is not None:
                return _item(row)
            again = session.execute(select(RecordRow.id, RecordRow.epoch).where(RecordRow.epoch > 0))
            found = (key for key, epoch in again if known in (object_uuid(key, n) for n in range(epoch)))
            key = next(found, None)
        return None if key is None else self.one(key)

    def first_on(self, day: date) -> int | None:
        """Position of the first change on this day or later; None where there is none."""
        with self._public.read() as session:
            return session.scalar(select(func.min(RecordRow.seq)).where(RecordRow.changed >= day))

    def days(self) -> tuple[date, date] | None:
        """The first and the last day on which anything that is here changed for the last time."""
        with self._public.read() as session:
            first, last = session.execute(
                select(func.min(RecordRow.changed), func.max(RecordRow.changed))
            ).one()
        return None if first is None else (first, last)

    def position(self) -> int:
        """Position of the newest change; 0 when there is none."""
        with self._public.read() as session:
            return session.scalar(select(func.max(RecordRow.seq))) or 0

    def every(self) -> Iterator[Item]:
        """All items in order, erased ones too, as they were at one moment; a few in memory at a time."""
        asked = _items().order_by(RecordRow.seq).execution_options(yield_per=_AT_ONCE)
        with self._public.read() as session:
            for row in session.execute(asked):
                yield _item(row)

    def last_erased(self) -> int:
        """Position of the newest erasure; 0 when there is none."""
        asked = select(func.max(RecordRow.seq)).join(TombstoneRow, TombstoneRow.record_id == RecordRow.id)
        with self._public.read() as session:
            return session.scalar(asked) or 0

    def kinds(self) -> tuple[list[str], list[str]]:
        """The types and the sources that occur, sorted."""
        with self._public.read() as session:
            types = session.scalars(select(RecordRow.type).distinct().order_by(RecordRow.type)).all()
            sources = session.scalars(select(RecordRow.source).distinct().order_by(RecordRow.source)).all()
        return list(types), list(sources)


def _items() -> Select[int, str, date, str, str, dict[str, Any] | None, date, int, int]:
    newest = (VersionRow.record_id == RecordRow.id) & (VersionRow.revision == RecordRow.revision)
    return select(
        RecordRow.seq,
        RecordRow.id,
        RecordRow.changed,
        RecordRow.type,
        RecordRow.source,
        VersionRow.payload,
        RecordRow.published,
        RecordRow.revision,
        RecordRow.epoch,
    ).join(VersionRow, newest)


def _where(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions = []
    if wanted.first is not None:
        conditions.append(RecordRow.changed >= wanted.first)
    if wanted.last is not None:
        conditions.append(RecordRow.changed <= wanted.last)
    if wanted.type:
        conditions.append(RecordRow.type == wanted.type)
    if wanted.source:
        conditions.append(RecordRow.source == wanted.source)
    return conditions


def _before_first(session: Session, wanted: Wanted) -> int:
    """Where reading can begin: just before the first change of the days asked for, found by their index."""
    if wanted.first is None:
        return 0
    first = session.scalar(select(func.min(RecordRow.seq)).where(RecordRow.changed >= wanted.first))
    return 0 if first is None else first - 1


def _item(row: _Row) -> Item:
    seq, record_id, changed, kind, source, payload, published, revision, epoch = row
    record = PublicRecord.from_json(payload) if payload else None
    return Item(seq, record_id, changed, kind, source, record, published, revision, epoch)
