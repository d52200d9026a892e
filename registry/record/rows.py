"""Rows of records as they are written: positions in the order of changes, newest revisions, versions.

All functions work in the caller's unit of work on the public database.
"""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.record import counters
from registry.record.canonical import committed
from registry.record.ids import object_uuid
from registry.record.models import RecordRow
from registry.record.types import FALLEN, PublicRecord

SALT_BYTES: Final = 32


def take_places(session: Session, day: date, count: int = 1) -> tuple[int, date]:
    """The next position (the first of ``count``) in the order of changes, and the day of it.

    Never a day before that of an earlier position: a clock that was set back, or a record that comes with
    a day of its own, does not hide it from whoever asks for what changed since a day.
    """
    seq = counters.take(session, counters.CHANGES, count)
    latest = session.scalar(select(func.max(RecordRow.changed)))
    return seq, day if latest is None else max(day, latest)


def row_of(record: PublicRecord, seq: int, changed: date) -> dict[str, Any]:
    """The row of a record that was not here before."""
    return {
        "id": record.id,
        "type": record.type.value,
        "state": record.state.value,
        "source": record.provenance.source,
        "revision": record.revision,
        "seq": seq,
        "published": record.published,
        "changed": changed,
        "epoch": 0,
        "uuid": object_uuid(record.id, 0),
    }


def renew(row: RecordRow, record: PublicRecord, seq: int, changed: date) -> None:
    """Let a newer revision stand in the row; a record that stands again begins another epoch."""
    if row.state in FALLEN and record.state not in FALLEN:
        row.epoch += 1
        row.uuid = object_uuid(row.id, row.epoch)
    row.revision, row.state, row.type = record.revision, record.state.value, record.type.value
    row.seq, row.changed = seq, changed


def version_of(record: PublicRecord) -> dict[str, Any]:
    """The row of a revision, with a new salt."""
    salt, told = secrets.token_bytes(SALT_BYTES), record.to_json()
    return {
        "record_id": record.id,
        "revision": record.revision,
        "modified": record.modified,
        "payload": told,
        "salt": salt,
        "commitment": committed(salt, told),
    }
