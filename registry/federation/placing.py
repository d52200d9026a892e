"""What a peer's record becomes here: from its copied entries, the policy, and what was judged.

``place`` may be called for any record at any time and as often as one likes: it looks at all that is known
and changes only what has to change. All functions work in the caller's unit of work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import takewhile

from sqlalchemy.orm import Session

from registry.db.many import batched
from registry.federation import mirror, waiting
from registry.federation.mirror import Told
from registry.federation.models import JudgmentRow, PeerRow
from registry.federation.remote import PAYLOADS_AT_ONCE
from registry.federation.restating import restated
from registry.federation.rules import HEARD, Mode, Standing
from registry.federation.standing import home_of
from registry.federation.verifying import STRETCH
from registry.federation.view import Reader
from registry.ledger.envelopes import parse_envelope
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


def place(session: Session, peer: PeerRow, record_id: str, read: Reader) -> Placed:
    """Bring what is shown of a record up to what is known of it."""
    return place_all(session, peer, [record_id], read)[record_id]


def place_all(
    session: Session, peer: PeerRow, record_ids: Iterable[str], read: Reader, known: Known | None = None
) -> dict[str, Placed]:
    """The same for many records, with a few questions for some thousand of them."""
    placed: dict[str, Placed] = {}
    for some in batched(dict.fromkeys(record_ids), STRETCH):
        placed |= _place(session, peer, some, read, known or {})
    return placed


def _place(
    session: Session, peer: PeerRow, ids: Sequence[str], read: Reader, known: Known
) -> dict[str, Placed]:
    erased = mirror.erasures(session, ids)
    heads = copies.heads(session, ids)
    placed = dict.fromkeys(ids, Placed.NOTHING)
    for record_id, leaf in erased.items():
        placed[record_id] = _erase(session, record_id, heads.get(record_id), min(_day(leaf), read.today))
    gone = {one for one, head in heads.items() if head.state is RecordState.ERASED}  # by this node itself
    judged = mirror.judged(session, ids) if peer.mode in HEARD else {}
    left = [one for one in ids if one not in erased and one not in gone]
    looked = {one for one in left if _shows(peer, judged.get(one))}
    shown: list[Told] = []
    newer = mirror.newer(session, [one for one in left if one in looked or one in heads])
    for record_id, entries in newer.items():
        if record_id in looked:
            shown += _wanted(peer, judged.get(record_id), entries)
    records = list(_read(session, peer, shown, read, known))
    here = {**dict.fromkeys(heads), **{one.id: one for one in records}}
    records += restated(session, peer, newer, here, read, again=looked)
    copies.keep(session, records, read.today)
    waiting.settle(session, peer, ids)
    return placed | {one.id: Placed.SHOWN for one in records}


def _shows(peer: PeerRow, judged: JudgmentRow | None) -> bool:
    """Whether anything newer of a record may be shown at all."""
    if peer.mode == Mode.SHOW.value:
        return judged is None or judged.shown > 0 or judged.again
    return peer.mode == Mode.HOLD.value and judged is not None and judged.shown > 0


def _wanted(peer: PeerRow, judged: JudgmentRow | None, entries: Sequence[Told]) -> Sequence[Told]:
    """The revisions that may be shown: all, or those that were judged here."""
    read_so_far = takewhile(lambda one: one.standing != Standing.COPIED.value, entries)
    taken = [one for one in read_so_far if one.standing == Standing.TAKEN.value]
    if peer.mode == Mode.SHOW.value or judged is None:
        return taken
    return [one for one in taken if one.revision <= judged.shown]


def _read(
    session: Session, peer: PeerRow, shown: Sequence[Told], read: Reader, known: Known
) -> Iterator[PublicRecord]:
    """The records that these revisions are; one that cannot be read (any more) is set aside."""
    home = home_of(peer)
    for some in batched(shown, PAYLOADS_AT_ONCE):
        unread = [one for one in some if (one.record_id, one.revision) not in known]
        payloads = mirror.payloads(session, [one.commitment for one in unread])
        for one in some:
            record = known.get((one.record_id, one.revision))
            if record is not None:
                yield record
            elif one.commitment in payloads:
                try:
                    yield read.read(payloads[one.commitment], parse_envelope(one.leaf), home)
                except Refused as refused:
                    mirror.set_aside(session, one, refused.reason)
                    if one.standing == Standing.COPIED.value:
                        mirror.drop(session, one)


def _erase(session: Session, record_id: str, head: Head | None, day: date) -> Placed:
    mirror.purge(session, record_id)
    if head is None or head.state == RecordState.ERASED:
        return Placed.NOTHING
    store.erase(session, Tombstone(record_id, ERASED_AT_HOME, day))
    return Placed.ERASED


def _day(leaf: bytes) -> date:
    return date.fromisoformat(parse_envelope(leaf).day)
