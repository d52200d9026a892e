"""What a peer's record becomes here: from its copied entries, the policy, and what was judged.

``place`` may be called for any record at any time and as often as one likes: it looks at all that is known
and changes only what has to change. All functions work in the caller's unit of work.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from registry.federation import mirror
from registry.federation.models import JudgmentRow, MirrorEntryRow, PeerRow
from registry.federation.rules import Mode, Standing
from registry.federation.standing import home_of
from registry.federation.view import Reader
from registry.ledger.envelopes import Op, parse_envelope
from registry.ledger.refusal import Refused
from registry.record import store
from registry.record.types import Tombstone

ERASED_AT_HOME = "erased-at-home"
"""Reason of the tombstone of a record that its own node erased."""


class Placed(StrEnum):
    """What placing a record did."""

    NOTHING = "nothing"
    SHOWN = "shown"
    ERASED = "erased"


def place(session: Session, peer: PeerRow, record_id: str, read: Reader) -> Placed:
    """Bring what is shown of a record up to what is known of it."""
    entries = mirror.of_record(session, record_id)
    if any(row.op == Op.ERASE.value for row in entries):
        return _erase(session, record_id, _day(entries[-1]))
    if store.is_erased(session, record_id):  # here, by this node's own decision
        return Placed.NOTHING
    taken = [row for row in entries if row.standing == Standing.TAKEN.value]
    shown, placed = store.revision_of(session, record_id), Placed.NOTHING
    for row in _wanted(session, peer, record_id, taken):
        if row.revision > shown and _keep(session, peer, row, read):
            placed = Placed.SHOWN
    return placed


def _wanted(
    session: Session, peer: PeerRow, record_id: str, taken: Sequence[MirrorEntryRow]
) -> Sequence[MirrorEntryRow]:
    """The revisions that may be shown. A retraction of what is shown is shown at once, whoever judges."""
    judged = session.get(JudgmentRow, record_id)
    if peer.mode == Mode.SHOW.value:
        return () if judged is not None and judged.shown == 0 and not judged.again else taken
    if peer.mode != Mode.HOLD.value or judged is None or judged.shown == 0:
        return ()
    return [
        row
        for row in taken
        if row.revision <= judged.shown or (row is taken[-1] and row.op == Op.RETRACT.value)
    ]


def _keep(session: Session, peer: PeerRow, row: MirrorEntryRow, read: Reader) -> bool:
    """Show a revision, or set it aside where it cannot be read (any more); whether it is shown."""
    kept = mirror.payload(session, row.commitment)
    if kept is None:
        return False
    try:
        record = read.read(kept.payload, parse_envelope(row.leaf), home_of(peer))
    except Refused as refused:
        row.standing, row.reason = Standing.QUARANTINED.value, refused.reason
        return False
    store.keep_peer(session, record)
    return True


def _erase(session: Session, record_id: str, day: date) -> Placed:
    mirror.purge(session, record_id)
    if store.revision_of(session, record_id) == 0 or store.is_erased(session, record_id):
        return Placed.NOTHING
    store.erase(session, Tombstone(record_id, ERASED_AT_HOME, day))
    return Placed.ERASED


def _day(row: MirrorEntryRow) -> date:
    return date.fromisoformat(parse_envelope(row.leaf).day)
