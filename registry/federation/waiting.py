"""Which records of peers wait for somebody here to look at them.

Kept as rows of their own (``WaitingRow``), since to ask this of the whole copy of a log takes seconds once
that holds a hundred thousand records. ``settle`` brings the rows of some records up to what is known of
them; ``placing`` calls it for each record that it looks at, so they are always true. All functions work in
the caller's unit of work.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Select, and_, delete, func, or_, select
from sqlalchemy.orm import Session

from registry.db.many import among, insert_all
from registry.federation import mirror
from registry.federation.models import JudgmentRow, MirrorEntryRow, PeerRow, WaitingRow
from registry.federation.rules import Mode, Standing
from registry.ledger.envelopes import Op
from registry.record.models import RecordRow

_ENDING = (Op.ERASE.value, Op.RETRACT.value)


def settle(session: Session, peer: PeerRow, record_ids: Sequence[str]) -> None:
    """Let these records of a peer wait, or no more."""
    if peer.mode != Mode.HOLD.value and not count(session, peer.short):
        return
    session.flush()
    waited = select(WaitingRow.record_id).where(among(WaitingRow.record_id, record_ids))
    before = set(session.scalars(waited))
    now = set(session.scalars(_asked(record_ids))) if peer.mode == Mode.HOLD.value else set()
    if gone := before - now:
        session.execute(delete(WaitingRow).where(among(WaitingRow.record_id, gone)))
    rows = [{"record_id": one, "peer": peer.short} for one in sorted(now - before)]
    insert_all(session, WaitingRow, rows)


def waits(session: Session, record_id: str) -> bool:
    """Whether a record waits."""
    return session.get(WaitingRow, record_id) is not None


def count_among(session: Session, record_ids: Iterable[str]) -> int:
    """How many of these records wait; costs nothing for all others."""
    query = select(func.count()).select_from(WaitingRow).where(among(WaitingRow.record_id, record_ids))
    return session.scalar(query) or 0


def count(session: Session, peer: str | None = None) -> int:
    """How many records wait, of one peer or of all."""
    query = select(func.count()).select_from(WaitingRow)
    return session.scalar(query if peer is None else query.where(WaitingRow.peer == peer)) or 0


def page(session: Session, after: str, limit: int) -> list[str]:
    """Records that wait, in the order of their ids, from behind ``after`` on."""
    query = select(WaitingRow.record_id).where(WaitingRow.record_id > after)
    return list(session.scalars(query.order_by(WaitingRow.record_id).limit(limit)))


def _asked(record_ids: Sequence[str]) -> Select[str]:
    """Which of these wait: taken here, neither taken back nor gone, and nobody has judged what is newest.

    What readers see already does not: it was shown before its peer was held.
    """
    taken = (
        select(MirrorEntryRow.record_id, func.max(MirrorEntryRow.revision).label("newest"))
        .where(MirrorEntryRow.standing == Standing.TAKEN.value, among(MirrorEntryRow.record_id, record_ids))
        .group_by(MirrorEntryRow.record_id)
        .subquery()
    )
    ended = select(MirrorEntryRow.record_id).where(
        MirrorEntryRow.op.in_(_ENDING),
        mirror.counted(),
        MirrorEntryRow.revision >= taken.c.newest,
        MirrorEntryRow.record_id == taken.c.record_id,
    )
    shown = select(RecordRow.id).where(
        RecordRow.id == taken.c.record_id, RecordRow.revision >= taken.c.newest
    )
    unjudged = or_(
        JudgmentRow.record_id.is_(None),
        and_(JudgmentRow.again, JudgmentRow.judged < taken.c.newest),
    )
    return (
        select(taken.c.record_id)
        .outerjoin(JudgmentRow, JudgmentRow.record_id == taken.c.record_id)
        .where(unjudged, ~ended.exists(), ~shown.exists())
    )
