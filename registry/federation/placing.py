"""What a peer's record becomes here: from its copied entries, the policy, and what was judged.

``place`` may be called for any record at any time and as often as one likes: it looks at all that is known
and changes only what has to change. All functions work in the caller's unit of work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from registry.db.many import batched
from registry.federation import mirror
from registry.federation.mirror import Told
from registry.federation.models import JudgmentRow, PeerRow
from registry.federation.rules import Mode, Standing
from registry.federation.standing import home_of
from registry.federation.view import Reader
from registry.ledger.envelopes import Op, parse_envelope
from registry.ledger.refusal import Refused
from registry.record import copies, store
from registry.record.copies import Head
from registry.record.types import PublicRecord, RecordState, Tombstone

ERASED_AT_HOME = "erased-at-home"
"""Reason of the tombstone of a record that its own node erased."""


class Placed(StrEnum):
    """What placing a record did."""

    NOTHING = "nothing"
    SHOWN = "shown"
    ERASED = "erased"


Known = Mapping[tuple[str, int], PublicRecord]
"""Id and revision of payloads that were read already → the record."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that is known of some records: believed entries, where each stands here, and what was judged."""

    entries: Mapping[str, Sequence[Told]]
    heads: Mapping[str, Head]
    judged: Mapping[str, JudgmentRow]


def place(session: Session, peer: PeerRow, record_id: str, read: Reader) -> Placed:
    """Bring what is shown of a record up to what is known of it."""
    return place_all(session, peer, [record_id], read)[record_id]


def place_all(
    session: Session, peer: PeerRow, record_ids: Iterable[str], read: Reader, known: Known | None = None
) -> dict[str, Placed]:
    """The same for many records, with a few questions for several hundred of them."""
    placed: dict[str, Placed] = {}
    for some in batched(dict.fromkeys(record_ids)):
        placed |= _place(session, peer, some, read, known or {})
    return placed


def _place(
    session: Session, peer: PeerRow, ids: Sequence[str], read: Reader, known: Known
) -> dict[str, Placed]:
    knowledge = Knowledge(
        mirror.of_records(session, ids), copies.heads(session, ids), mirror.judged(session, ids)
    )
    placed, shown = dict.fromkeys(ids, Placed.NOTHING), []
    for record_id in ids:
        entries, head = knowledge.entries.get(record_id, ()), knowledge.heads.get(record_id)
        if any(one.op == Op.ERASE.value for one in entries):
            placed[record_id] = _erase(session, record_id, head, min(_day(entries[-1]), read.today))
        elif head is None or head.state != RecordState.ERASED:  # by this node's own decision
            taken = [one for one in entries if one.standing == Standing.TAKEN.value]
            wanted = _wanted(peer, knowledge.judged.get(record_id), taken)
            shown += [one for one in wanted if one.revision > (0 if head is None else head.revision)]
    records = list(_read(session, peer, shown, read, known))
    copies.keep(session, records, read.today)
    return placed | {one.id: Placed.SHOWN for one in records}


def _wanted(peer: PeerRow, judged: JudgmentRow | None, taken: Sequence[Told]) -> Sequence[Told]:
    """The revisions that may be shown. A retraction of what is shown is shown at once, whoever judges."""
    if peer.mode == Mode.SHOW.value:
        return () if judged is not None and judged.shown == 0 and not judged.again else taken
    if peer.mode != Mode.HOLD.value or judged is None or judged.shown == 0:
        return ()
    return [
        one
        for one in taken
        if one.revision <= judged.shown or (one is taken[-1] and one.op == Op.RETRACT.value)
    ]


def _read(
    session: Session, peer: PeerRow, shown: Sequence[Told], read: Reader, known: Known
) -> Iterator[PublicRecord]:
    """The records that these revisions are; one that cannot be read (any more) is set aside."""
    unread = [one for one in shown if (one.record_id, one.revision) not in known]
    payloads, home = mirror.payloads(session, [one.commitment for one in unread]), home_of(peer)
    for one in shown:
        record = known.get((one.record_id, one.revision))
        if record is not None:
            yield record
        elif one.commitment in payloads:
            try:
                yield read.read(payloads[one.commitment], parse_envelope(one.leaf), home)
            except Refused as refused:
                mirror.set_aside(session, one, refused.reason)


def _erase(session: Session, record_id: str, head: Head | None, day: date) -> Placed:
    mirror.purge(session, record_id)
    if head is None or head.state == RecordState.ERASED:
        return Placed.NOTHING
    store.erase(session, Tombstone(record_id, ERASED_AT_HOME, day))
    return Placed.ERASED


def _day(entry: Told) -> date:
    return date.fromisoformat(parse_envelope(entry.leaf).day)
