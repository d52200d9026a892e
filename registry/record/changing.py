"""Carrying out a decided change of a record, once only; in the caller's unit of work on the public side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from registry.errors import Gone, NotFound
from registry.record import counters, grouping, store
from registry.record.models import ChangeTokenRow, RecordRow
from registry.record.types import DUPLICATE_OF, Because, PublicRecord, RecordState, Relation, Tombstone


@dataclass(frozen=True, slots=True)
class Decided:
    """What is to be done: the state that follows, and why. ``revision`` is the one that was judged.

    ``into`` is the record that it is merged into or, where ``groups_at`` is the node that makes
    incidents, grouped with. ``separates``: it is grouped no more with records of other nodes.
    """

    token: str
    record_id: str
    revision: int
    state: RecordState
    because: Because
    into: str | None = None
    groups_at: str | None = None
    separates: bool = False


def was_done(session: Session, token: str) -> bool:
    """Whether what was decided under this token was done before."""
    return session.get(ChangeTokenRow, token) is not None


def change_once(session: Session, decided: Decided, today: date) -> bool:
    """Keep the next revision, or a tombstone; whether it was done, now or before under this token.

    False where the record is not any more what was judged. Erasing does not mind which revision it is.
    """
    counters.hold(session, counters.CHANGES)
    if was_done(session, decided.token):
        return True
    try:
        record = store.load(session, decided.record_id)
    except Gone:
        return False
    if decided.state is RecordState.ERASED:
        stone = Tombstone(record.id, decided.because.reason, today, record.successor)
        store.erase(session, stone)
        grouping.dissolve(session, record, today)
    elif record.revision != decided.revision or not _stands(session, decided.into):
        return False
    elif decided.groups_at is not None and decided.into is not None:
        other = store.load(session, decided.into)
        grouping.group(session, record, other, decided.because, decided.groups_at, today)
    elif decided.separates:
        grouping.separate(session, record, today)
    else:
        # What a foreign record is compared by stays: its next import has to find it unchanged.
        content = session.get_one(RecordRow, record.id).content_digest
        related = _related(record, decided.into)
        changed = replace(
            record, state=decided.state, because=decided.because, modified=today, related=related
        )
        store.revise(session, changed, content=content)
        if decided.state is RecordState.RETRACTED:
            grouping.dissolve(session, record, today)
    session.add(ChangeTokenRow(token=decided.token, record_id=record.id))
    return True


def _stands(session: Session, into: str | None) -> bool:
    """Whether a record can be merged into this one now; merges cross here one after the other."""
    if into is None:
        return True
    try:
        found = store.load(session, into)
    except (Gone, NotFound):
        return False
    return found.state not in (RecordState.MERGED, RecordState.RETRACTED)


def _related(record: PublicRecord, into: str | None) -> tuple[Relation, ...]:
    """What it points to afterwards: one successor, or none any more."""
    kept = tuple(one for one in record.related if one.kind != DUPLICATE_OF)
    return kept if into is None else (*kept, Relation(DUPLICATE_OF, into))
