"""Taking all away that was copied of a peer: its log, its payloads, and what is shown of its records.

For a log that is not read any more, of whose erasures nobody would tell. Tombstones stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, delete, select
from sqlalchemy.orm import Session

from registry.db.many import batched
from registry.db.public import PublicBase
from registry.federation.models import (
    ClaimRow,
    CustodyRow,
    MirrorEntryRow,
    MirrorPayloadRow,
    PeerRow,
    ReviewRow,
    ToldClaimRow,
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
    for some in batched(session.scalars(shown).all()):
        relations.forget(session, *some)
        session.execute(delete(VersionRow).where(VersionRow.record_id.in_(some)))
        session.execute(delete(RecordRow).where(RecordRow.id.in_(some)))
    copied_of = select(MirrorEntryRow.commitment).where(MirrorEntryRow.peer == short)
    session.execute(delete(MirrorPayloadRow).where(MirrorPayloadRow.commitment.in_(copied_of)))
    session.execute(delete(MirrorPayloadRow).where(MirrorPayloadRow.record_id.startswith(theirs)))
    for said in (ClaimRow, ToldClaimRow, ReviewRow, CustodyRow):
        session.execute(delete(said).where(said.origin == short))
    for column in _naming_peers():
        session.execute(delete(column.table).where(column == short))
    session.execute(delete(PeerRow).where(PeerRow.short == short))


def _naming_peers() -> Iterator[Column[Any]]:
    """The columns of all tables that name a peer, those first that nothing else refers to."""
    for table in reversed(PublicBase.metadata.sorted_tables):
        for key in table.foreign_keys:
            if key.column.table.name == PeerRow.__tablename__:
                yield key.parent
