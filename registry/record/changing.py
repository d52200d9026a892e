"""Carrying out a decided change of a record, once only; in the caller's unit of work on the public side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from registry.errors import Gone
from registry.record import counters, store
from registry.record.models import ChangeTokenRow, RecordRow
from registry.record.types import Because, RecordState, Tombstone


@dataclass(frozen=True, slots=True)
class Decided:
    """What is to be done: the state that follows, and why. ``revision`` is the one that was judged."""

    token: str
    record_id: str
    revision: int
    state: RecordState
    because: Because


def change_once(session: Session, decided: Decided, today: date) -> bool:
    """Keep the next revision, or a tombstone; whether it was done, now or before under this token.

    False where the record is not any more what was judged. Erasing does not mind which revision it is.
    """
    counters.hold(session, counters.CHANGES)
    if session.get(ChangeTokenRow, decided.token) is not None:
        return True
    try:
        record = store.load(session, decided.record_id)
    except Gone:
        return False
    if decided.state is RecordState.ERASED:
        store.erase(session, Tombstone(record.id, decided.because.reason, today))
    elif record.revision != decided.revision:
        return False
    else:
        # What a foreign record is compared by stays: its next import has to find it unchanged.
        content = session.get_one(RecordRow, record.id).content_digest
        changed = replace(record, state=decided.state, because=decided.because, modified=today)
        store.revise(session, changed, content=content)
    session.add(ChangeTokenRow(token=decided.token, record_id=record.id))
    return True
