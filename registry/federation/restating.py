"""What an entry says of a record's state, where the words that come with it are not to be shown: it is told.

A retraction holds the whole record again. What of it may be shown is another matter: nobody here looked at
those words, or nobody was given them, or they break a rule; of a keeper's, nobody can tell whether they are
those of the record's own node where the last of these was passed over by scope. That the record is retracted
is signed in the entry, and is told at once: of the words that are shown here already. All functions work in
the caller's unit of work.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from registry.federation import mirror
from registry.federation.mirror import Told
from registry.federation.models import PeerRow
from registry.federation.rules import Mode, Standing
from registry.federation.standing import home_of
from registry.federation.view import Reader
from registry.ledger.envelopes import Op, parse_envelope
from registry.ledger.refusal import Refused
from registry.record import store
from registry.record.types import Because, PublicRecord, RecordState

_STATES: Final = {Op.RETRACT.value: RecordState.RETRACTED, Op.REINSTATE.value: RecordState.REINSTATED}


def restated(
    session: Session,
    peer: PeerRow,
    newer: Mapping[str, Sequence[Told]],
    shown: Mapping[str, PublicRecord | None],
    read: Reader,
    *,
    again: Collection[str],
) -> Iterator[PublicRecord]:
    """The records in the state that was given to them last, by what is ``newer`` of each.

    ``shown`` are those that are shown, or are to be: None for one as it is stored. A retraction is told
    whatever the mode; shown ``again``, by a keeper, may be those alone of which newer things are shown at
    all, and only where nobody has to look first.
    """
    last = {one: _last(newer[one]) for one in newer if one in shown}
    due = {
        record_id: told
        for record_id, told in last.items()
        if told is not None and _is_told(peer, told, may_again=record_id in again)
    }
    stored = store.load_many(session, [one for one in due if shown[one] is None])
    for record_id, told in due.items():
        before = shown[record_id] or stored[record_id]
        if told.revision > before.revision:
            yield from _in_state(session, peer, before, told, read)


def _last(entries: Sequence[Told]) -> Told | None:
    """The last of these entries that says whether the record stands."""
    return next((one for one in reversed(entries) if one.op in _STATES), None)


def _is_told(peer: PeerRow, told: Told, *, may_again: bool) -> bool:
    if told.op == Op.RETRACT.value:
        return True
    by_keeper = told.peer != peer.short and told.standing == Standing.PASSED.value
    return by_keeper and may_again and peer.mode == Mode.SHOW.value


def _in_state(
    session: Session, peer: PeerRow, before: PublicRecord, told: Told, read: Reader
) -> Iterator[PublicRecord]:
    """The record in that state. It stands again only with a payload that can be read."""
    said, day = _said(session, peer, told, read), date.fromisoformat(parse_envelope(told.leaf).day)
    if said is None and told.op != Op.RETRACT.value:
        return
    yield replace(
        before,
        state=_STATES[told.op],
        revision=told.revision,
        modified=min(day, read.today),
        previous=None if said is None else said.previous,
        because=_because(peer, said),
    )


def _because(peer: PeerRow, said: PublicRecord | None) -> Because | None:
    """Why, as far as it may be shown: it is somebody's words, the code as well where nobody here knows it."""
    return said.because if said is not None and peer.mode == Mode.SHOW.value else None


def _said(session: Session, peer: PeerRow, told: Told, read: Reader) -> PublicRecord | None:
    """The record as the payload of the entry has it; None where it is not here or cannot be believed."""
    kept = mirror.payload(session, told.commitment)
    if kept is None or told.standing == Standing.QUARANTINED.value:
        return None
    try:
        return read.read(kept.payload, parse_envelope(told.leaf), home_of(peer))
    except Refused as refused:
        mirror.set_aside(session, told, refused.reason)
        if told.standing == Standing.COPIED.value:
            mirror.drop(session, told)
        return None
