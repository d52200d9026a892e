"""The log follows the records: whatever changed among our own since it last looked is appended.

Whoever changes public records calls ``follow`` in the same unit of work, so that a change and its
entry are kept together or not at all. A database that held records before it had a log is caught up
by the first call. Records of other collections and nodes are not ours to log.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.ledger import stored, telling
from registry.ledger.envelopes import HOME_OPS, Envelope, Op, Standing, parse_envelope, require_next, standing
from registry.ledger.models import EntryRow, HeadRow
from registry.ledger.telling import Log
from registry.record.changes import last_position
from registry.record.models import RecordRow, TombstoneRow, VersionRow
from registry.record.types import RecordState

PAGE: Final = 200
"""Records looked at together."""
_HOME: Final = tuple(op.value for op in HOME_OPS)
Known = dict[str, tuple[Standing, Envelope]]
"""Record id → what the log said of it last."""


def follow(session: Session, home: str) -> int:
    """Append one entry for each revision of a record of ours that has none; gives how many.

    ``home`` is the full node id. Entries come in the order of changes by pages, and of ids within one:
    serials were drawn at random, so neither tells anything of when a report came in. A log that was handed
    over says nothing more.
    """
    head = stored.held_head(session)
    before = head.size
    if stored.has_ended(session, head):
        head.seq = last_position(session)
        return 0
    while page := _changed(session, head):
        ours = {row.id: row for row in page if row.id.startswith(f"AIR-{home[:10]}-")}
        stored.append(session, head, _entries(session, Log(home, stored.label(session)), ours))
        head.seq = page[-1].seq
        session.flush()
    return head.size - before


def last_entries(session: Session, record_ids: Sequence[str]) -> dict[str, EntryRow]:
    """The newest entry of each of these records of ours that has one."""
    newest = (
        select(func.max(EntryRow.position))
        .where(EntryRow.record_id.in_(record_ids), EntryRow.op.in_(_HOME))
        .group_by(EntryRow.record_id)
    )
    rows = session.scalars(select(EntryRow).where(EntryRow.position.in_(newest)))
    return {row.record_id: row for row in rows}


def _changed(session: Session, head: HeadRow) -> Sequence[RecordRow]:
    query = select(RecordRow).where(RecordRow.seq > head.seq).order_by(RecordRow.seq).limit(PAGE)
    return session.scalars(query).all()


def _entries(session: Session, log: Log, ours: dict[str, RecordRow]) -> Iterator[tuple[Envelope, bytes]]:
    """What is to be said of these records, in the order of their ids."""
    known: Known = {}
    for record_id, row in last_entries(session, list(ours)).items():
        said = parse_envelope(row.leaf)
        known[record_id] = standing(said, row.leaf), said
    versions = _versions(session, list(ours))
    stones = _stones(session, [row.id for row in ours.values() if row.state == RecordState.ERASED])
    for record_id in sorted(ours):
        for envelope in _of_one(log, ours[record_id], versions.get(record_id, []), stones, known):
            leaf = envelope.to_bytes()
            require_next(envelope, known[record_id][0] if record_id in known else None)
            known[record_id] = standing(envelope, leaf), envelope
            yield envelope, leaf


def _of_one(
    log: Log, row: RecordRow, versions: list[VersionRow], stones: dict[str, TombstoneRow], known: Known
) -> Iterator[Envelope]:
    """The envelopes that one record still lacks.

    A record that was erased before it had any entry never gets one: nobody outside was told of it.
    """
    if row.id in stones:
        last, said = known.get(row.id, (None, None))
        if last is not None and said is not None and last.op is not Op.ERASE:
            yield telling.erased(log, row.id, row.type, stones[row.id].removed, (last, said.tax))
        return
    state = None
    for version in versions:
        before = known[row.id][0] if row.id in known else None
        if version.payload is None:
            continue
        if before is None or version.revision > before.revision:
            revision = telling.Revision(version.revision, version.payload, version.commitment, state)
            yield telling.told(log, revision, before)
        state = version.payload["state"]


def _versions(session: Session, record_ids: Sequence[str]) -> dict[str, list[VersionRow]]:
    query = select(VersionRow).where(VersionRow.record_id.in_(record_ids)).order_by(VersionRow.revision)
    found: dict[str, list[VersionRow]] = {}
    for row in session.scalars(query):
        found.setdefault(row.record_id, []).append(row)
    return found


def _stones(session: Session, record_ids: Sequence[str]) -> dict[str, TombstoneRow]:
    query = select(TombstoneRow).where(TombstoneRow.record_id.in_(record_ids))
    return {row.record_id: row for row in session.scalars(query)}
