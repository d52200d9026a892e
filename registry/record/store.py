"""Where public records are kept: every revision, in order, with its salt; nothing overwritten.

All functions work in the caller's unit of work on the public database and return pure records.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry.errors import N_, Conflict, Gone, NotFound
from registry.record import relations, rows
from registry.record.canonical import content_digest, digest
from registry.record.curation import keeping as curations
from registry.record.ids import is_record_id
from registry.record.models import PublicationRow, RecordRow, TombstoneRow, VersionRow
from registry.record.types import (
    DUPLICATE_OF,
    JUDGED,
    Because,
    Incoming,
    Outcome,
    PublicRecord,
    RecordState,
    Relation,
    Tombstone,
)


def create(session: Session, record: PublicRecord, *, content: str | None = None) -> None:
    """Keep a new record (revision 1)."""
    place = rows.take_places(session, record.modified)
    session.add(RecordRow(**rows.row_of(record, *place), content_digest=content))
    session.flush()
    _add_version(session, record)


def revise(session: Session, record: PublicRecord, *, content: str | None = None) -> PublicRecord:
    """Keep the next revision of a record; returns it with revision and ``previous`` set."""
    row = _row(session, record.id)
    newest = replace(record, revision=row.revision + 1, previous=digest(load(session, record.id)))
    rows.renew(row, newest, *rows.take_places(session, newest.modified))
    row.content_digest = content
    _add_version(session, newest)
    return newest


def say_previous(session: Session, record: PublicRecord, previous: str) -> None:
    """Let the newest revision name this hash as the one before: that of what the record's own node published.

    What is read here of another node's record is no payload that anybody else could hash.
    """
    told = rows.version_of(replace(record, previous=previous))
    version = session.get_one(VersionRow, (record.id, record.revision))
    version.payload, version.salt, version.commitment = told["payload"], told["salt"], told["commitment"]


def keep_external(session: Session, incoming: Incoming, taxonomy_version: str, today: date) -> Outcome:
    """Create, revise or leave a foreign record, whichever its content asks for."""
    content = content_digest(incoming)
    row = session.get(RecordRow, incoming.id)
    state, because = _judged(session, row)
    record = PublicRecord(
        id=incoming.id,
        type=incoming.type,
        state=state,
        revision=1,
        published=today if row is None else row.published,
        modified=today,
        taxonomy_version=taxonomy_version,
        provenance=incoming.provenance,
        account=incoming.account,
        derived=incoming.derived,
        raw=incoming.raw,
        related=incoming.related + _merged(session, row),
        generalised=incoming.generalised,
        because=because,
    )
    if row is None:
        create(session, record, content=content)
        return Outcome.CREATED
    if row.content_digest == content or row.state == RecordState.ERASED:
        return Outcome.UNCHANGED
    revise(session, record, content=content)
    return Outcome.UPDATED


def publish_once(session: Session, token: str, record: PublicRecord) -> str:
    """Keep a record under its publication token; the second time just gives the id of the first."""
    done = published_as(session, token)
    if done is not None:
        return done
    create(session, record)
    session.add(PublicationRow(token=token, record_id=record.id))
    return record.id


def revise_once(session: Session, token: str, record: PublicRecord) -> str:
    """Keep the next revision of a record under its publication token; a second time changes nothing."""
    if published_as(session, token) is None:
        revise(session, record)
        session.add(PublicationRow(token=token, record_id=record.id))
    return record.id


def published_as(session: Session, token: str) -> str | None:
    """The id that a publication token led to, or None."""
    row = session.get(PublicationRow, token)
    return row.record_id if row else None


def load(session: Session, record_id: str) -> PublicRecord:
    """The newest revision; raises ``NotFound``, or ``Gone`` with reason and successor when erased."""
    row = _row(session, record_id)
    if row.state == RecordState.ERASED:
        raise _gone(session, record_id)
    return load_version(session, record_id, row.revision)


def load_many(session: Session, ids: Sequence[str]) -> dict[str, PublicRecord]:
    """The newest revisions of several records by id; missing and erased ones are left out."""
    query = (
        select(VersionRow.record_id, VersionRow.payload)
        .join(RecordRow, (RecordRow.id == VersionRow.record_id) & (RecordRow.revision == VersionRow.revision))
        .where(RecordRow.id.in_(ids), VersionRow.payload.is_not(None))
    )
    return {key: PublicRecord.from_json(payload) for key, payload in session.execute(query) if payload}


def backwards(session: Session, before: str, limit: int) -> list[PublicRecord]:
    """The newest revisions of records by falling ids, from behind ``before`` on; erased ones are left out."""
    query = select(RecordRow.id).where(RecordRow.state != RecordState.ERASED.value)
    if before:
        query = query.where(RecordRow.id < before)
    ids = list(session.scalars(query.order_by(RecordRow.id.desc()).limit(limit)))
    found = load_many(session, ids)
    return [found[one] for one in ids if one in found]


def load_version(session: Session, record_id: str, revision: int) -> PublicRecord:
    """One revision; raises ``NotFound`` or ``Gone``."""
    _row(session, record_id)
    version = session.get(VersionRow, (record_id, revision))
    if version is None:
        raise NotFound
    if version.payload is None:
        raise _gone(session, record_id)
    return PublicRecord.from_json(version.payload)


def versions(session: Session, record_id: str) -> list[PublicRecord]:
    """Every revision, oldest first; raises ``NotFound`` or ``Gone``."""
    if _row(session, record_id).state == RecordState.ERASED:
        raise _gone(session, record_id)
    rows = session.scalars(
        select(VersionRow).where(VersionRow.record_id == record_id).order_by(VersionRow.revision)
    )
    return [PublicRecord.from_json(row.payload) for row in rows if row.payload is not None]


def erase(session: Session, tombstone: Tombstone) -> None:
    """Remove every payload and salt of a record and leave a tombstone; cannot be undone."""
    row = _row(session, tombstone.id)
    if row.state == RecordState.ERASED:
        raise Conflict(N_("This record is erased already."))
    session.execute(
        update(VersionRow).where(VersionRow.record_id == tombstone.id).values(payload=None, salt=None)
    )
    # The place first: whoever changes records holds the order of changes before all else.
    row.seq, row.changed = rows.take_places(session, tombstone.removed)
    relations.forget(session, row.id)
    curations.forget(session, row.id)
    row.state, row.content_digest = RecordState.ERASED.value, None
    session.add(
        TombstoneRow(
            record_id=tombstone.id,
            reason=tombstone.reason,
            removed=tombstone.removed,
            successor=tombstone.successor,
        )
    )


def _judged(session: Session, row: RecordRow | None) -> tuple[RecordState, Because | None]:
    """State and reason of a foreign record's next revision: what was decided about it here stays."""
    if row is None:
        return RecordState.PUBLISHED, None
    if RecordState(row.state) not in JUDGED:
        return RecordState.REVISED, None
    return RecordState(row.state), load_version(session, row.id, row.revision).because


def _merged(session: Session, row: RecordRow | None) -> tuple[Relation, ...]:
    """What a merged foreign record says of its successor: a new text from the source does not undo that."""
    if row is None or row.state != RecordState.MERGED:
        return ()
    related = load_version(session, row.id, row.revision).related
    return tuple(one for one in related if one.kind == DUPLICATE_OF)


def _row(session: Session, record_id: str) -> RecordRow:
    row = session.get(RecordRow, record_id) if is_record_id(record_id) else None
    if row is None:
        raise NotFound
    return row


def _gone(session: Session, record_id: str) -> Gone:
    stone = session.get_one(TombstoneRow, record_id)
    return Gone(reason=stone.reason, removed=stone.removed.isoformat(), successor=stone.successor)


def _add_version(session: Session, record: PublicRecord) -> None:
    relations.remember(session, record)
    session.add(VersionRow(**rows.version_of(record)))
