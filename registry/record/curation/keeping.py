"""Lines of this node's readings in the public database, in the caller's unit of work.

They are public already when they are kept, and say nothing of who at this node wrote them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from registry.errors import NotFound, Stale
from registry.record import counters
from registry.record.curation.rules import Line, Reading, owner_of
from registry.record.models import CurationRow
from registry.record.types import PublicRecord

COUNTER = "curation"
"""Goes up with every change of any line, so that whoever holds a copy knows when it is old."""


def hold(session: Session) -> None:
    """Keep rivals away, erasures too, until the unit of work ends; before anything is looked up.

    It is the order of changes that is held, as by whoever changes or erases records, and before all else: who
    holds another counter first and then names a record waits for an erasure that waits for that counter.
    """
    counters.hold(session, counters.CHANGES)


def edition_of(session: Session, record_id: str, field: str) -> int:
    """The edition of the line that stands; 0 for none."""
    row = session.get(CurationRow, (record_id, field))
    return 0 if row is None else row.edition


def keep(session: Session, record: PublicRecord, reading: Reading, edition: int, day: date) -> None:
    """Say how a field of this revision is read; raises ``Stale`` unless ``edition`` (0: none) is the newest.

    To be called after ``hold``.
    """
    row = session.get(CurationRow, (record.id, reading.field))
    if (0 if row is None else row.edition) != edition:
        raise Stale
    if row is None:
        row = CurationRow(record_id=record.id, field=reading.field)
        session.add(row)
    row.codes, row.text = list(reading.codes), reading.text
    row.language, row.because = reading.language, reading.because
    row.revision, row.owner = record.revision, owner_of(record, reading.field)
    row.edition, row.day = edition + 1, day
    counters.take(session, COUNTER)


def withdraw(session: Session, record_id: str, field: str, edition: int) -> None:
    """Take a line back, for good; raises ``NotFound``, or ``Stale`` where it was changed. After ``hold``."""
    row = session.get(CurationRow, (record_id, field))
    if row is None:
        raise NotFound
    if row.edition != edition:
        raise Stale
    session.delete(row)
    counters.take(session, COUNTER)


def forget(session: Session, record_id: str) -> None:
    """Remove every line of a record that is erased. After its place in the order of changes was taken."""
    mine = CurationRow.record_id == record_id
    if session.execute(delete(CurationRow).where(mine).returning(CurationRow.field)).all():
        counters.take(session, COUNTER)


def lines(session: Session, record_id: str) -> list[Line]:
    """The lines of a record, by field."""
    query = select(CurationRow).where(CurationRow.record_id == record_id).order_by(CurationRow.field)
    return [line(row) for row in session.scalars(query)]


def line(row: CurationRow) -> Line:
    """A line as it is kept."""
    codes: Sequence[str] = row.codes
    reading = Reading(row.field, tuple(codes), row.text, row.language, row.because)
    return Line(reading, row.revision, row.owner, row.edition, row.day)
