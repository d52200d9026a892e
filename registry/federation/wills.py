"""What nodes say of who keeps their records, and whose they keep: as it was read in their logs.

All functions work in the caller's unit of work.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from registry.db.many import batched
from registry.federation.models import CustodyRow, PeerRow
from registry.federation.taking import Stretch
from registry.ledger.custody import ACCEPTS, HANDS_OVER, Named, read_custody
from registry.ledger.envelopes import Op, Standing
from registry.ledger.hashing import leaf_hash


def said(session: Session, peer: PeerRow, about: Iterable[str]) -> dict[str, Standing]:
    """The newest entry of this peer's log, as far as it was read, on the custody of each of these nodes."""
    found = {}
    for some in batched(sorted(about)):
        newest = select(CustodyRow.about, func.max(CustodyRow.position).label("position"))
        newest = newest.where(CustodyRow.origin == peer.short, CustodyRow.about.in_(some))
        last = newest.group_by(CustodyRow.about).subquery()
        query = select(CustodyRow.about, CustodyRow.revision, CustodyRow.leaf).join(
            last, CustodyRow.position == last.c.position
        )
        for row in session.execute(query.where(CustodyRow.origin == peer.short)):
            found[row.about] = Standing(row.revision, row.leaf, Op.CUSTODY)
    return found


def has_ended(session: Session, peer: PeerRow) -> bool:
    """Whether the log of this peer was read to the entry by which it was handed over."""
    own = named(session, peer.node_id)
    return own is not None and own.kind == HANDS_OVER


def hear(session: Session, peer: PeerRow, stretch: Stretch) -> set[str]:
    """Keep what a stretch of a peer's log says of custody; gives the nodes (full ids) that it speaks of."""
    heard = set()
    for one in stretch.entries:
        told = one.envelope
        if told is None or told.op is not Op.CUSTODY or one.position not in stretch.taken:
            continue
        read = read_custody(stretch.taken[one.position].payload, told)
        row = CustodyRow(origin=peer.short, position=one.position, about=told.id, kind=told.kind)
        row.revision, row.leaf, row.previous = told.revision, leaf_hash(one.leaf).hex(), told.previous
        if not isinstance(read, Named):
            row.note = read.checkpoint
        elif read.successor is not None:
            row.successor, row.key = read.successor.id, read.successor.key
        session.add(row)
        heard.add(told.id)
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
