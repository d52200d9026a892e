"""Records of other nodes, many at a time: where they stand here, and keeping their revisions.

All functions work in the caller's unit of work on the public database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db.many import among, insert_all
from registry.errors import N_, Conflict
from registry.record import relations, rows
from registry.record.models import RecordRow, TombstoneRow, VersionRow
from registry.record.types import PublicRecord, RecordState


@dataclass(frozen=True, slots=True)
class Head:
    """Which revision of a record is the newest here, and its state."""

    revision: int
    state: RecordState


def heads(session: Session, ids: Sequence[str]) -> dict[str, Head]:
    """Where these records stand; those that there are not are left out."""
    query = select(RecordRow.id, RecordRow.revision, RecordRow.state).where(among(RecordRow.id, ids))
    return {key: Head(number, RecordState(state)) for key, number, state in session.execute(query)}


def erased_of(session: Session, ids: Sequence[str]) -> frozenset[str]:
    """Those of these records in whose place a tombstone stands."""
    query = select(TombstoneRow.record_id).where(among(TombstoneRow.record_id, ids))
    return frozenset(session.scalars(query))


def keep(session: Session, records: Sequence[PublicRecord], today: date) -> None:
    """Keep revisions of another node's records, in this order, under the numbers that they have there.

    Revisions may be missing in between. A few statements do for all. ``today`` is the day here: whatever
    day their node's clock says, it does not move the days of changes here. Raises ``Conflict`` for a
    revision that is not newer or of an erased record.
    """
    if not records:
        return
    known, new, later = heads(session, [one.id for one in records]), dict[str, int](), list[int]()
    for number, record in enumerate(records):
        if record.id in known or record.id in new:
            later.append(number)
        else:
            new[record.id] = number
    seq, changed = rows.take_places(session, today, len(records))
    insert_all(session, RecordRow, [rows.row_of(records[at], seq + at, changed) for at in new.values()])
    kept = _rows(session, [records[at].id for at in later])
    for at in later:
        row, record = kept[records[at].id], records[at]
        if row.state == RecordState.ERASED or record.revision <= row.revision:
            raise Conflict(N_("There is a newer revision of this record."))
        rows.renew(row, record, seq + at, changed)
    session.flush()
    relations.remember_all(session, {one.id: one for one in records}.values(), known)
    insert_all(session, VersionRow, [rows.version_of(record) for record in records])


def _rows(session: Session, ids: Sequence[str]) -> dict[str, RecordRow]:
    return {row.id: row for row in session.scalars(select(RecordRow).where(among(RecordRow.id, ids)))}
