"""What nodes say of who keeps their records, and whose they keep: as it was read in their logs.

All functions work in the caller's unit of work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from registry.federation.models import CustodyRow, PeerRow
from registry.federation.taking import Stretch
from registry.ledger.custody import ACCEPTS, HANDS_OVER, Named, read_custody
from registry.ledger.envelopes import Op, Standing
from registry.ledger.hashing import leaf_hash


@dataclass(frozen=True, slots=True)
class Before:
    """What one log said of custody so far: by full node id the newest entry, and whether the log ended."""

    said: Mapping[str, Standing] = field(default_factory=dict)
    ended: bool = False


def before(session: Session, peer: PeerRow) -> Before:
    """What the log of this peer said, as far as it was read."""
    query = select(CustodyRow).where(CustodyRow.origin == peer.short).order_by(CustodyRow.position)
    rows = {row.about: row for row in session.scalars(query)}
    own = rows.get(peer.node_id)
    said = {about: Standing(row.revision, row.leaf, Op.CUSTODY) for about, row in rows.items()}
    return Before(said, own is not None and own.kind == HANDS_OVER)


def hear(session: Session, peer: PeerRow, stretch: Stretch) -> set[str]:
    """Keep what a stretch of a peer's log says of custody; gives the nodes (full ids) that it speaks of."""
    heard = set()
    for one in stretch.entries:
        said = one.envelope
        if said is None or said.op is not Op.CUSTODY or one.position not in stretch.taken:
            continue
        read = read_custody(stretch.taken[one.position].payload, said)
        row = CustodyRow(origin=peer.short, position=one.position, about=said.id, kind=said.kind)
        row.revision, row.leaf, row.previous = said.revision, leaf_hash(one.leaf).hex(), said.previous
        if not isinstance(read, Named):
            row.note = read.checkpoint
        elif read.successor is not None:
            row.successor, row.key = read.successor.id, read.successor.key
        session.add(row)
        heard.add(said.id)
    return heard


def named(session: Session, node_id: str) -> CustodyRow | None:
    """What the log of this node says last of its own records."""
    return session.scalar(_newest(node_id[:10], node_id))


def accepted(session: Session, keeper: str, node_id: str) -> CustodyRow | None:
    """What the log of the node with the short id ``keeper`` accepted last of this node's records."""
    return session.scalar(_newest(keeper, node_id).where(CustodyRow.kind == ACCEPTS))


def keepers(session: Session, node_id: str, named_by: str) -> list[str]:
    """The nodes (short ids) whose logs accept this node's records by the entry with this leaf hash (hex).

    Any node can write as often as it likes that it does: each is told once, and nothing else of it is read.
    """
    said = CustodyRow.about == node_id, CustodyRow.kind == ACCEPTS, CustodyRow.previous == named_by
    return list(session.scalars(select(CustodyRow.origin).where(*said).distinct()))


def _newest(origin: str, about: str) -> Select[CustodyRow]:
    query = select(CustodyRow).where(CustodyRow.origin == origin, CustodyRow.about == about)
    return query.order_by(CustodyRow.position.desc()).limit(1)
