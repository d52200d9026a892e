"""Taking all away that was copied of a peer: its log, its payloads, and what is shown of its records.

For a log that is not read any more, of whose erasures nobody would tell. Tombstones stay.
"""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from registry.federation.models import (
    ClaimRow,
    JudgmentRow,
    MirrorBlockRow,
    MirrorEntryRow,
    MirrorPayloadRow,
    MirrorRotationRow,
    PeerRow,
    ReviewRow,
    WaitingRow,
    WitnessedRow,
)
from registry.record import relations
from registry.record.models import RecordRow, VersionRow
from registry.record.types import RecordState


def forget(session: Session, short: str) -> None:
    """In the caller's unit of work; ``short`` is the peer's short id. Nothing happens if it is unknown."""
    theirs = f"AIR-{short}-"
    shown = select(RecordRow.id).where(
        RecordRow.id.startswith(theirs), RecordRow.state != RecordState.ERASED.value
    )
    ids = list(session.scalars(shown))
    for record_id in ids:
        relations.forget(session, record_id)
        session.execute(delete(VersionRow).where(VersionRow.record_id == record_id))
        session.execute(delete(RecordRow).where(RecordRow.id == record_id))
    session.execute(delete(MirrorPayloadRow).where(MirrorPayloadRow.record_id.startswith(theirs)))
    for said in (ClaimRow, ReviewRow):
        session.execute(delete(said).where(said.origin == short))
    for copied in (WaitingRow, MirrorEntryRow, MirrorBlockRow, MirrorRotationRow, JudgmentRow, WitnessedRow):
        session.execute(delete(copied).where(copied.peer == short))
    session.execute(delete(PeerRow).where(PeerRow.short == short))
