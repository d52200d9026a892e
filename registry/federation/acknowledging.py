"""Telling the home of an erased record that the copy here is gone: an entry in this node's own log.

What this node's log itself held of the record, while it kept it for a home that was thought lost, goes first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.clock import Clock, today
from registry.federation import tending
from registry.ledger.envelopes import Envelope, Op
from registry.ledger.hashing import leaf_hash
from registry.ledger.models import EntryRow
from registry.ledger.stored import append, has_ended, held_head

Acknowledge = Callable[[Session, Envelope], None]
"""Notes, in the caller's unit of work, that what this entry erased is gone here."""


def acknowledging(home: str, clock: Clock) -> Acknowledge:
    """Acknowledges in the log of the node with this full id; once for each erased record."""

    def acknowledge(session: Session, erased: Envelope) -> None:
        tending.forget(session, erased.id)
        known = select(EntryRow.position).where(
            EntryRow.record_id == erased.id, EntryRow.op == Op.ACK_ERASE.value
        )
        head = held_head(session)
        if session.scalar(known) is not None or has_ended(session, head):
            return
        envelope = replace(
            erased,
            op=Op.ACK_ERASE,
            previous=leaf_hash(erased.to_bytes()).hex(),
            home=home,
            day=today(clock).isoformat(),
        )
        append(session, head, [(envelope, envelope.to_bytes())])

    return acknowledge
