"""What this node cosigned, held against its copies. All functions work in the caller's unit of work."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.federation.models import PeerRow, WitnessedRow
from registry.federation.relaying import CopiedNodes
from registry.ledger import tree
from registry.ledger.checkpoints import Checkpoint
from registry.ledger.frontier import Frontier


def contradicts_copy(session: Session, peer: PeerRow, checkpoint: Checkpoint) -> bool:
    """Whether a checkpoint speaks of a part of the log that was copied, and the copy is another."""
    if not 0 < checkpoint.size <= peer.size:
        return False
    if checkpoint.size == peer.size:  # as nearly always; the other way reads a hash for 256 entries
        return Frontier.from_bytes(peer.edge).root() != checkpoint.root
    return tree.root(CopiedNodes(session, peer.short), checkpoint.size) != checkpoint.root


def contradiction(session: Session, peer: PeerRow, before: int) -> bytes | None:
    """The note that was cosigned of a peer's log, if the copy of that log is another one.

    The first ``before`` entries were held against it earlier.
    """
    query = select(WitnessedRow).where(WitnessedRow.peer == peer.short, WitnessedRow.size > before)
    for row in session.scalars(query):
        if contradicts_copy(session, peer, Checkpoint(row.origin, row.size, row.root)):
            return row.note
    return None
