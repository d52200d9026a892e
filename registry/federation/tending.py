"""Records of a node that is gone and whose keeper this node is: what is done with them goes into its log.

Such an entry names the other node as the record's home and follows what that node's log said last of the
record. What a record says stays as its own node published it; only its state and the reason change. All
functions work in the caller's unit of work.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from registry.errors import N_, Conflict, Gone
from registry.federation import mirror
from registry.federation.models import MirrorEntryRow, PeerRow
from registry.federation.rules import Standing as Became
from registry.federation.standing import PeerState
from registry.ledger import telling
from registry.ledger.envelopes import HOME_OPS, Envelope, Op, parse_envelope, standing
from registry.ledger.models import EntryRow, PayloadRow
from registry.ledger.stored import append, held_head, is_over, label
from registry.ledger.telling import Log
from registry.record import store
from registry.record.canonical import canonical
from registry.record.models import RecordRow, TombstoneRow
from registry.record.types import PublicRecord, RecordState
from registry.strict_json import parse

SALT_BYTES: Final = 32
_HOME: Final = tuple(op.value for op in HOME_OPS)


@dataclass(frozen=True, slots=True)
class Last:
    """The newest entry of a record in the log of its own node, or in this one's since it keeps the record.

    ``crossed``: this node's log said something else under that number before; what is shown here is that.
    """

    leaf: bytes
    envelope: Envelope
    crossed: bool = False

    def is_shown(self, revision: int) -> bool:
        """Whether it is what stands here as the newest revision."""
        return self.envelope.revision == revision and not self.crossed


class NotKept(Conflict):
    """The record is another node's, and this node does not keep it, or not what is shown of it."""

    message = N_("This node does not keep the record for another one any more.")


def require_kept(session: Session, record_id: str) -> None:
    """Raises ``NotKept`` for a record of another node that this one may not change now.

    Nobody gives it back to its node until the unit of work ends.
    """
    peer = session.get(PeerRow, record_id[4:14], with_for_update=True, populate_existing=True)
    row = session.get(RecordRow, record_id)
    if peer is None or row is None:
        return
    last = _last(session, record_id) if peer.state == PeerState.OURS.value else None
    if last is None or not last.is_shown(row.revision):
        raise NotKept


def keeps(session: Session, record: PublicRecord) -> bool:
    """Whether this node may change the state of another node's record: it keeps it, and shows the newest."""
    if not _ours(session, record.id):
        return False
    last = _last(session, record.id)
    return last is not None and last.is_shown(record.revision)


def tend(session: Session, record_id: str, day: date) -> bool:
    """Log what was done just now with a record that this node keeps; whether there was anything to log.

    Called again it finds nothing to do. A log that was itself handed over says nothing more: what is erased
    then is erased all the same.
    """
    last = _last(session, record_id) if _ours(session, record_id) else None
    if last is None or last.envelope.op is Op.ERASE:
        return False
    row, over = session.get_one(RecordRow, record_id), is_over(session)
    if row.state == RecordState.ERASED:
        if not over:
            _append(session, _erased(session, last, row))
        forget(session, record_id)
        return not over
    if over or row.revision != last.envelope.revision + 1:
        return False
    changed = store.load_version(session, record_id, row.revision)
    _revise(session, last, _before(session, last.envelope), changed, day)
    return True


def _ours(session: Session, record_id: str) -> bool:
    peer = session.get(PeerRow, record_id[4:14])
    return peer is not None and peer.state == PeerState.OURS.value


def _revise(
    session: Session, last: Last, before: Mapping[str, Any] | None, changed: PublicRecord, day: date
) -> None:
    """The payload that the record's own node gave, with another state; nothing of how it is read here."""
    if before is None:
        raise Gone
    salt, told = secrets.token_bytes(SALT_BYTES), changed.to_json()
    payload = {name: value for name, value in before.items() if name != "because"}
    payload |= {"state": told["state"], "revision": told["revision"], "modified": day.isoformat()}
    payload["previous"] = hashlib.sha256(canonical(before)).hexdigest()
    if "because" in told:
        payload["because"] = told["because"]
    store.say_previous(session, changed, payload["previous"])
    raw = canonical(payload)
    commitment = hashlib.sha256(salt + raw).hexdigest()
    session.add(PayloadRow(commitment=commitment, salt=salt, payload=raw))
    revision = telling.Revision(changed.revision, payload, commitment, before["state"])
    log = Log(last.envelope.home, label(session))
    _append(session, telling.told(log, revision, standing(last.envelope, last.leaf)))


def _erased(session: Session, last: Last, row: RecordRow) -> Envelope:
    stone, log = session.get_one(TombstoneRow, row.id), Log(last.envelope.home, label(session))
    before = standing(last.envelope, last.leaf), last.envelope.tax
    return telling.erased(log, row.id, row.type, stone.removed, before)


def _append(session: Session, envelope: Envelope) -> None:
    append(session, held_head(session), [(envelope, envelope.to_bytes())])


def _before(session: Session, envelope: Envelope) -> Mapping[str, Any] | None:
    """The payload behind an entry as it was published; None where it was not copied or is gone."""
    own = session.get(PayloadRow, envelope.commitment) if envelope.commitment else None
    kept = mirror.payload(session, envelope.commitment)
    raw = own.payload if own is not None else None if kept is None else kept.payload
    if raw is None:
        return None
    found: Mapping[str, Any] = parse(raw)
    return found


def _last(session: Session, record_id: str) -> Last | None:
    """What its own node said last and, as far as it follows that, what this one said since.

    So whoever reads both logs from the beginning counts them. What this node said before its own node came
    back and went on otherwise follows nothing any more, but for an erasure.
    """
    home = _home(session, record_id)
    if home is None:
        return None
    last, crossed = Last(home, parse_envelope(home)), False
    for leaf in _own(session, record_id):
        envelope = parse_envelope(leaf)
        if envelope.op is Op.ERASE:
            return Last(leaf, envelope)
        if (envelope.revision, envelope.previous) == _next(last):
            last, crossed = Last(leaf, envelope), False
        elif envelope.revision == last.envelope.revision:
            crossed = True
    return replace(last, crossed=crossed)


def _next(last: Last) -> tuple[int, str]:
    return last.envelope.revision + 1, standing(last.envelope, last.leaf).leaf


def _own(session: Session, record_id: str) -> list[bytes]:
    query = select(EntryRow.leaf).where(EntryRow.record_id == record_id, EntryRow.op.in_(_HOME))
    return list(session.scalars(query.order_by(EntryRow.position)))


def _home(session: Session, record_id: str) -> bytes | None:
    """The newest entry of a record in the log of its own node."""
    query = select(MirrorEntryRow.peer, MirrorEntryRow.leaf).where(
        MirrorEntryRow.record_id == record_id,
        MirrorEntryRow.op.in_(_HOME),
        MirrorEntryRow.standing.not_in((Became.QUARANTINED.value, Became.CLAIMED.value)),
    )
    rows = session.execute(query.order_by(MirrorEntryRow.revision.desc()))
    return next((row.leaf for row in rows if row.peer == record_id[4:14]), None)


def forget(session: Session, record_id: str) -> None:
    """Take away what entries of this node on a record that it keeps, or kept, committed to: it is erased."""
    said = select(EntryRow.commitment).where(EntryRow.record_id == record_id, EntryRow.op.in_(_HOME))
    session.execute(delete(PayloadRow).where(PayloadRow.commitment.in_(said)))
