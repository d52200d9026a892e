"""What points to a record: statements on it, reports of the same event. In the caller's unit of work.

The payloads say what each record points to; the table ``relation`` holds the same of the newest
revisions, so that it can be asked the other way round.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, or_, select, tuple_
from sqlalchemy.orm import Session

from registry.db.many import batched, insert_all
from registry.record.models import RecordRow, RelationRow, VersionRow
from registry.record.types import DUPLICATE_OF, PART_OF, SAME_AS, Origin, PublicRecord, RecordState

ABOUT = "about"
"""A statement that says "seen here too" of a record."""
FIXES, DISPUTES, REPLIES_TO = "fixes", "disputes", "replies-to"
"""Other statements on a record: what was fixed, what is not right, the reply of one that it names."""
GROUPING = (PART_OF, SAME_AS)
"""Relations that put records in one group."""
_HOME = 14
"""Characters of an id that say which node gave it."""
STANDS = tuple(
    state.value
    for state in RecordState
    if state not in (RecordState.RETRACTED, RecordState.ERASED, RecordState.MERGED)
)
"""States in which a record counts."""
MERGED_MAX = 500
"""Records merged into one that are looked for."""


@dataclass(frozen=True, slots=True)
class Pointing:
    """A record that points to another one, and how."""

    kind: str
    record: PublicRecord


@dataclass(frozen=True, slots=True)
class PointingPage:
    """A part of what points to a record, newest first; of each kind how many, and from how many sources."""

    items: tuple[Pointing, ...]
    counts: dict[str, int]
    sources: dict[str, int]
    next: str | None = None


def remember(session: Session, record: PublicRecord) -> None:
    """Put the relations of a newest revision in place of those of the one before."""
    forget(session, record.id)
    for kind, target in dict.fromkeys((one.kind, one.target) for one in record.related):
        session.add(RelationRow(record_id=record.id, kind=kind, target=target))


def remember_all(session: Session, records: Iterable[PublicRecord], known: Collection[str]) -> None:
    """The same for many records, of which those that are ``known`` may have had others before."""
    newest = list(records)
    for some in batched(one.id for one in newest if one.id in known):
        session.execute(delete(RelationRow).where(RelationRow.record_id.in_(some)))
    rows = [
        {"record_id": record.id, "kind": kind, "target": target}
        for record in newest
        for kind, target in dict.fromkeys((one.kind, one.target) for one in record.related)
    ]
    insert_all(session, RelationRow, rows)


def forget(session: Session, *record_ids: str) -> None:
    """Take away what records (some hundreds) point to."""
    session.execute(delete(RelationRow).where(RelationRow.record_id.in_(record_ids)))


def pointing_to(
    session: Session,
    target: str,
    kinds: Sequence[str],
    *,
    after: tuple[date, str] | None,
    limit: int,
    unheard: Collection[str] = (),
) -> PointingPage:
    """Records that stand and point to this one in one of these ways; ``after`` is (day, id) of the last.

    What points to a record that was merged into this one points to this one. That a record of another node
    is grouped with one that is not of that node is its node's claim (``registry/federation/claims.py``), not
    listed here. ``unheard`` are sources whose records are left out.
    """
    targets = [target, *merged_into(session, target)]
    where = (
        RelationRow.target.in_(targets),
        RelationRow.record_id.not_in(targets),
        RelationRow.kind.in_(kinds),
        RecordRow.state.in_(STANDS),
        RecordRow.source.not_in(unheard),
        or_(RelationRow.kind.not_in(GROUPING), _said_at_home()),
    )
    found = session.execute(_newest_first(where, after).limit(limit + 1)).all()
    numbers = session.execute(_counted(where)).all()
    counts = {kind: number for kind, number, _ in numbers}
    sources = {kind: number for kind, _, number in numbers}
    items = tuple(Pointing(row.kind, PublicRecord.from_json(row.payload)) for row in found[:limit])
    last = items[-1].record if len(found) > limit else None
    after_this = f"{last.published.isoformat()}|{last.id}" if last else None
    return PointingPage(items, counts, sources, after_this)


def _newest_first(
    where: Sequence[ColumnElement[bool]], after: tuple[date, str] | None
) -> Select[str, date, str, Any]:
    """Kind, day, id and payload of the records that point, from behind ``after`` on."""
    query = (
        select(RelationRow.kind, RecordRow.published, RecordRow.id, VersionRow.payload)
        .join(RecordRow, RecordRow.id == RelationRow.record_id)
        .join(
            VersionRow,
            (VersionRow.record_id == RecordRow.id) & (VersionRow.revision == RecordRow.revision),
        )
        .where(*where)
        .order_by(RecordRow.published.desc(), RecordRow.id.desc(), RelationRow.kind)
    )
    if after is None:
        return query
    return query.where(tuple_(RecordRow.published, RecordRow.id) < after)


def _counted(where: Sequence[ColumnElement[bool]]) -> Select[str, int, int]:
    """How many point, and from how many sources, by kind."""
    return (
        select(RelationRow.kind, func.count(), func.count(RecordRow.source.distinct()))
        .join(RecordRow, RecordRow.id == RelationRow.record_id)
        .where(*where)
        .group_by(RelationRow.kind)
    )


def merged_into(session: Session, target: str) -> list[str]:
    """The ids of the records that were merged into this one, also by way of others; in order."""
    found, edge = dict[str, None](), [target]
    while edge and len(found) < MERGED_MAX:
        query = (
            select(RelationRow.record_id)
            .join(RecordRow, RecordRow.id == RelationRow.record_id)
            .where(
                RelationRow.kind == DUPLICATE_OF,
                RelationRow.target.in_(edge),
                RecordRow.state == RecordState.MERGED.value,
                _said_at_home(),
            )
            .order_by(RelationRow.record_id)
        )
        edge = [key for key in session.scalars(query) if key not in found]
        found |= dict.fromkeys(edge)
    return list(found)


def _said_at_home() -> ColumnElement[bool]:
    """Whether a relation is this node's or a collection's, or between two records of one other node."""
    home = func.substr(RelationRow.record_id, 1, _HOME)
    return or_(
        RecordRow.source == Origin.OWN.value,
        home.not_like("AIR-%"),
        home == func.substr(RelationRow.target, 1, _HOME),
    )


def that_point(session: Session, ids: Iterable[str]) -> set[str]:
    """Those of these records that point to any other."""
    return {
        found
        for some in batched(ids)
        for found in session.scalars(
            select(RelationRow.record_id).where(RelationRow.record_id.in_(some)).distinct()
        )
    }
