"""Following the public database: what changed after a position, in order.

Each record stands at its newest change only, so a follower reads every record once, however often
it was revised, and a full read is simply following from 0.
"""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.record.models import RecordRow, VersionRow
from registry.record.types import Change, PublicRecord


def changes_since(session: Session, seq: int, limit: int = 500) -> list[Change]:
    """At most ``limit`` changes after position ``seq``, oldest first; an erased record has no content."""
    query = (
        select(RecordRow.seq, RecordRow.id, VersionRow.payload)
        .join(
            VersionRow,
            (VersionRow.record_id == RecordRow.id) & (VersionRow.revision == RecordRow.revision),
        )
        .where(RecordRow.seq > seq)
        .order_by(RecordRow.seq)
        .limit(limit)
    )
    return [
        Change(position, record_id, PublicRecord.from_json(payload) if payload else None)
        for position, record_id, payload in session.execute(query)
    ]


def last_position(session: Session) -> int:
    """Position of the newest change; 0 when there is none."""
    return session.scalar(select(func.max(RecordRow.seq))) or 0


def count_records(session: Session) -> int:
    """How many records can be read."""
    query = select(func.count()).select_from(RecordRow).where(RecordRow.state != "erased")
    return session.scalar(query) or 0
