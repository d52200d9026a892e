"""How this node reads records of others, for pages, API, search and whoever looks again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from registry.db.many import batched
from registry.db.public import PublicDatabase
from registry.record import store
from registry.record.curation import keeping
from registry.record.curation.rules import LIMITS, Line, is_stale
from registry.record.models import CounterRow, CurationRow, RecordRow
from registry.record.types import PublicRecord

PAGE: Final = 50
"""Records that are loaded at once."""
Codes = Mapping[str, tuple[str, ...]]
"""Facet → codes."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A line as it stands beside the newest revision; ``stale`` where the owner says something else now."""

    line: Line
    stale: bool


@dataclass(frozen=True, slots=True)
class InForce:
    """Record id → the facets that this node reads otherwise, and how; ``version`` changes with any line."""

    version: int
    codes: Mapping[str, Codes]


@dataclass(frozen=True, slots=True)
class Outdated:
    """A record with lines that are stale, and their fields."""

    record: PublicRecord
    fields: tuple[str, ...]


class Curations:
    """What this node says of fields of others, as anybody may read it."""

    def __init__(self, public: PublicDatabase) -> None:
        self._public = public

    def beside(self, record: PublicRecord) -> dict[str, Beside]:
        """Field → what stands beside this (newest) revision."""
        with self._public.read() as session:
            lines = keeping.lines(session, record.id)
        return {one.reading.field: Beside(one, is_stale(one, record)) for one in lines}

    def version(self) -> int:
        """A number that changes with any line."""
        with self._public.read() as session:
            return _version(session)

    def in_force(self) -> InForce:
        """Codes that count where a reader asks for this node's reading: those that are not stale."""
        with self._public.read() as session:
            version = _version(session)
            rows = session.scalars(select(CurationRow).where(CurationRow.field.not_in(LIMITS))).all()
            old = _older(session, [row.record_id for row in rows])
            found: dict[str, dict[str, tuple[str, ...]]] = {}
            for row in rows:
                record = old.get(row.record_id)
                if record is None or not is_stale(keeping.line(row), record):
                    found.setdefault(row.record_id, {})[row.field] = tuple(row.codes)
        return InForce(version, found)

    def revised(self, after: str = "") -> Iterator[tuple[str, Outdated | None]]:
        """Records that were revised since a line of theirs was written, by id, from behind ``after`` on.

        Each with its stale lines, if it has any: most revisions change other things than what was read. They
        are loaded a few at a time, so whoever has enough stops.
        """
        while page := self._revised(after):
            yield from page
            after = page[-1][0]

    def _revised(self, after: str) -> list[tuple[str, Outdated | None]]:
        with self._public.read() as session:
            ids = list(session.scalars(_behind(after)))
            records = store.load_many(session, ids)
            query = select(CurationRow).where(CurationRow.record_id.in_(ids))
            stale: dict[str, list[str]] = {}
            for row in session.scalars(query.order_by(CurationRow.record_id, CurationRow.field)):
                record = records.get(row.record_id)
                if record is not None and is_stale(keeping.line(row), record):
                    stale.setdefault(row.record_id, []).append(row.field)
        found = {key: Outdated(records[key], tuple(fields)) for key, fields in stale.items()}
        return [(key, found.get(key)) for key in ids]


def _behind(after: str) -> Select[str]:
    """What was read in the newest revision is not stale, so its line is not asked."""
    return (
        select(CurationRow.record_id)
        .join(RecordRow, RecordRow.id == CurationRow.record_id)
        .where(CurationRow.record_id > after, CurationRow.revision != RecordRow.revision)
        .distinct()
        .order_by(CurationRow.record_id)
        .limit(PAGE)
    )


def _older(session: Session, record_ids: Iterable[str]) -> dict[str, PublicRecord]:
    """Those of these records that were revised since any line of theirs was written, as they are now."""
    found: dict[str, PublicRecord] = {}
    for some in batched(sorted(set(record_ids))):
        query = (
            select(RecordRow.id)
            .join(CurationRow, CurationRow.record_id == RecordRow.id)
            .where(RecordRow.id.in_(some), CurationRow.revision != RecordRow.revision)
            .distinct()
        )
        found |= store.load_many(session, list(session.scalars(query)))
    return found


def _version(session: Session) -> int:
    query = select(CounterRow.value).where(CounterRow.name == keeping.COUNTER)
    return session.scalar(query) or 0
