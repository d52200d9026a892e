"""Payloads that were wanted and not given, or otherwise than their entries say: asked for again.

An entry is signed, its payload is not: whoever hands it out can leave it out, for good or for ill. That of a
record that was erased is gone everywhere, and the log says so further on. All others are counted for whoever
runs this node, and asked for at later looks, perhaps of another source. All functions work in the caller's
unit of work.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from registry.db.many import insert_plain
from registry.federation import mirror, reading
from registry.federation.models import MirrorEntryRow, MirrorPayloadRow, PeerRow
from registry.federation.reading import CaughtUp
from registry.federation.remote import PAYLOADS_AT_ONCE
from registry.federation.rules import HEARD, HOLDING, UNCOUNTED, Standing
from registry.federation.taking import Taken
from registry.federation.verifying import Checked
from registry.federation.view import Reader
from registry.ledger.envelopes import Op, parse_envelope
from registry.record import copies

UNLIKE: Final = ("payload-other", "payload-size")
"""Codes of what was set aside for what somebody handed out, which may be another's fault than the log's."""
COUNTED_MAX: Final = 10_000
"""Missing payloads of a peer that are counted: pages say so many, and a peer cannot make them look longer."""
_HOLDING: Final = tuple(op.value for op in HOLDING)
_GONE = aliased(MirrorEntryRow)
_ERASED: Final = exists().where(
    _GONE.record_id == MirrorEntryRow.record_id,
    _GONE.op == Op.ERASE.value,
    _GONE.standing.not_in([one.value for one in UNCOUNTED]),
)


def count(session: Session, peer: str) -> int:
    """How many payloads of a peer are missing; no more than ``COUNTED_MAX`` of them are looked at."""
    some = select(MirrorEntryRow.position).where(MirrorEntryRow.peer == peer, _missing(), ~_ERASED)
    return session.scalar(select(func.count()).select_from(some.limit(COUNTED_MAX).subquery())) or 0


def lacking(session: Session) -> frozenset[str]:
    """The peers (short ids) of which any is missing."""
    any_of_it = exists().where(MirrorEntryRow.peer == PeerRow.short, _missing(), ~_ERASED)
    return frozenset(session.scalars(select(PeerRow.short).where(any_of_it)))


def told(peer: PeerRow, *, lacks: bool) -> dict[str, object]:
    """The scope of a copy as others are told of it, and whether it lacks anything that was wanted."""
    return {**peer.scope, **({"missing": True} if lacks else {})}


def due(session: Session, peer: str) -> list[Checked]:
    """The first entries of a peer whose payloads to ask for again; what was erased is passed over."""
    of_it = MirrorEntryRow.peer == peer
    session.execute(
        update(MirrorEntryRow).where(of_it, _missing(), _ERASED).values(standing=Standing.PASSED.value)
    )
    unlike = and_(MirrorEntryRow.standing == Standing.QUARANTINED.value, MirrorEntryRow.reason.in_(UNLIKE))
    # Asked one after the other and in no order, each has an index; else the whole log is looked through.
    rows = sorted(
        (row for which in (_missing(), unlike) for row in session.execute(_first(peer, which))),
        key=lambda row: row.position,
    )[:PAYLOADS_AT_ONCE]
    erased = copies.erased_of(session, [row.record_id for row in rows])
    return [
        Checked(row.position, row.leaf, parse_envelope(row.leaf))
        for row in rows
        if row.record_id not in erased
    ]


def supply(
    session: Session, peer: PeerRow, entries: Sequence[Checked], given: Mapping[int, Taken], reader: Reader
) -> CaughtUp:
    """Keep payloads that were given after all, and read them where the peer's records are heard."""
    done = CaughtUp()
    found = [one for one in entries if one.position in given]
    payloads = [
        mirror.payload_of(one.envelope, given[one.position]) for one in found if one.envelope is not None
    ]
    insert_plain(session, MirrorPayloadRow, mirror.PAYLOAD, payloads, skip_known=True)
    positions = [one.position for one in found]
    chosen = MirrorEntryRow.peer == peer.short, MirrorEntryRow.position.in_(positions)
    session.execute(update(MirrorEntryRow).where(*chosen).values(standing=Standing.COPIED.value, reason=None))
    session.flush()
    if peer.mode in HEARD:
        reading.read(session, peer, mirror.told(session, peer.short, positions), reader, done)
    elif positions:
        peer.unread = min(positions[0], positions[0] if peer.unread is None else peer.unread)
    return done


def _first(peer: str, which: ColumnElement[bool]) -> Select[int, bytes, str]:
    query = select(MirrorEntryRow.position, MirrorEntryRow.leaf, MirrorEntryRow.record_id).where(
        MirrorEntryRow.peer == peer, which, MirrorEntryRow.op.in_(_HOLDING), ~_ERASED
    )
    return query.limit(PAYLOADS_AT_ONCE)


def _missing() -> ColumnElement[bool]:
    return MirrorEntryRow.standing == Standing.MISSING.value
