"""Whether a node can be told apart from those that are known: by its short id, and by the name of its log."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.errors import N_, Conflict
from registry.federation.models import PeerRow
from registry.record.node import NodeIdentity

SAME_SHORT: Final = N_("Another node has the same short id. Its records could not be told apart.")
SAME_LOG: Final = N_(
    "Another node calls its log so, too. Cosignatures go by that name: only one of the two can be followed."
)


def require_apart(session: Session, own: NodeIdentity, met: NodeIdentity) -> PeerRow | None:
    """The peer that this node is already, if it is one; raises ``Conflict``. In the caller's unit of work."""
    row = session.get(PeerRow, met.short)
    if met.short == own.short or (row is not None and row.node_id != met.id):
        raise Conflict(SAME_SHORT)
    named = PeerRow.vkey.startswith(f"{met.origin}+", autoescape=True)
    other = session.scalar(select(PeerRow.short).where(named, PeerRow.short != met.short).limit(1))
    if other is not None or met.origin == own.origin:
        raise Conflict(SAME_LOG)
    return row
