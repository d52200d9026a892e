"""What a keeper says of a record whose words cannot be compared: its state counts, and its words do not.

Where the last thing that a record's own node said was passed over by scope, nobody here can tell whether the
keeper repeats it. A retraction has to be told all the same: of the words that are shown here already. All
functions work in the caller's unit of work.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

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
from registry.record.types import PublicRecord


def restated(
    session: Session,
    peer: PeerRow,
    newer: Mapping[str, Sequence[Told]],
    shown: Mapping[str, PublicRecord | None],
    read: Reader,
    *,
    again: Collection[str],
) -> Iterator[PublicRecord]:
    """The records in the state that their keeper gave them last, by what is ``newer`` of each.

    ``shown`` are those that are shown, or are to be: None for one as it is stored. A retraction
    is told whatever the mode; shown ``again`` may be those alone of which newer things are shown at all, and
    only where nobody has to look first.
    """
    for record_id in newer.keys() & shown.keys():
        last = newer[record_id][-1]
        if not _is_of_state(peer, last, may_again=record_id in again):
            continue
        said = _said(session, peer, last, read)
        if said is not None:
            before = shown[record_id] or store.load(session, record_id)
            yield replace(
                before,
                state=said.state,
                revision=said.revision,
                modified=said.modified,
                previous=said.previous,
                because=said.because,
            )


def _is_of_state(peer: PeerRow, last: Told, *, may_again: bool) -> bool:
    by_keeper = last.peer != peer.short and last.standing == Standing.PASSED.value
    again = may_again and last.op == Op.REINSTATE.value and peer.mode == Mode.SHOW.value
    return by_keeper and (last.op == Op.RETRACT.value or again)


def _said(session: Session, peer: PeerRow, last: Told, read: Reader) -> PublicRecord | None:
    kept = mirror.payload(session, last.commitment)
    if kept is None:
        return None
    try:
        return read.read(kept.payload, parse_envelope(last.leaf), home_of(peer))
    except Refused as refused:
        mirror.set_aside(session, last, refused.reason)
        return None
