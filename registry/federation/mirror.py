"""Copies of peers' logs in the public database. All functions work in the caller's unit of work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from registry.db.many import Plain, among, insert_plain
from registry.federation.models import (
    JudgmentRow,
    MirrorBlockRow,
    MirrorEntryRow,
    MirrorPayloadRow,
)
from registry.federation.rules import HERE, UNCOUNTED, Standing
from registry.federation.taking import Stretch, Taken
from registry.federation.verifying import Checked
from registry.ledger import envelopes
from registry.ledger.envelopes import HOME_OPS, Envelope, Op
from registry.ledger.hashing import leaf_hash
from registry.ledger.models import EntryRow
from registry.record.models import RecordRow

_HOME = tuple(op.value for op in HOME_OPS)
_BELIEVED = tuple(one.value for one in Standing if one not in UNCOUNTED)
_ENTRY = ("peer", "position", "record_id", "revision", "op", "commitment", "leaf", "standing", "reason")
_BLOCK = ("peer", "position", "hash")
PAYLOAD = ("commitment", "record_id", "salt", "payload")
"""Columns of the row that ``payload_of`` gives."""
_HOMES_OWN = func.substr(MirrorEntryRow.record_id, 5, 10) == MirrorEntryRow.peer


def counted() -> ColumnElement[bool]:
    """Entries that say how a record stands: believed ones, and of its home also those whose payload was not.

    A payload comes from whoever was asked. That its node signed another revision is so without it, and what
    the node says next follows that one.
    """
    unread = and_(MirrorEntryRow.standing == Standing.QUARANTINED.value, _HOMES_OWN)
    return or_(MirrorEntryRow.standing.in_(_BELIEVED), unread)


def standings(session: Session, record_ids: Iterable[str]) -> dict[str, envelopes.Standing]:
    """What their home's log last said of these records, whatever became of the payloads."""
    return {
        row.record_id: envelopes.Standing(row.revision, leaf_hash(row.leaf).hex(), Op(row.op))
        for row in session.execute(_newest(record_ids))
    }


def add(session: Session, peer: str, stretch: Stretch) -> None:
    """Keep entries with what became of each, and the payloads that were taken."""
    taken = stretch.taken
    entries = [_entry(peer, one, stretch.standing[one.position]) for one in stretch.entries]
    blocks = [(peer, index, value) for index, value in stretch.blocks]
    payloads = [
        payload_of(one.envelope, taken[one.position])
        for one in stretch.entries
        if one.envelope is not None and one.position in taken
    ]
    insert_plain(session, MirrorEntryRow, _ENTRY, entries)
    insert_plain(session, MirrorBlockRow, _BLOCK, blocks)
    insert_plain(session, MirrorPayloadRow, PAYLOAD, payloads, skip_known=True)


def unacknowledged(session: Session, peer: str) -> list[str]:
    """The records that this node erased and whose copies the peer has not said to be gone."""
    gone = select(MirrorEntryRow.record_id).where(
        MirrorEntryRow.peer == peer, MirrorEntryRow.op == Op.ACK_ERASE.value
    )
    erased = select(EntryRow.record_id).where(EntryRow.op == Op.ERASE.value, EntryRow.record_id.not_in(gone))
    return list(session.scalars(erased.order_by(EntryRow.record_id)))


@dataclass(frozen=True, slots=True)
class Told:
    """One home entry of a record, and what became of it."""

    peer: str
    position: int
    record_id: str
    revision: int
    op: str
    commitment: str | None
    leaf: bytes
    standing: str


_TOLD = tuple(getattr(MirrorEntryRow, one.name) for one in fields(Told))


def newer(session: Session, record_ids: Sequence[str]) -> dict[str, list[Told]]:
    """The home entries of these records that are newer than what is shown, by their revisions."""
    found: dict[str, list[Told]] = {}
    if not record_ids:
        return found
    query = select(*_TOLD).outerjoin(RecordRow, MirrorEntryRow.record_id == RecordRow.id)
    query = query.where(
        among(MirrorEntryRow.record_id, record_ids),
        MirrorEntryRow.op.in_(_HOME),
        counted(),
        MirrorEntryRow.revision > func.coalesce(RecordRow.revision, 0),
    )
    for row in session.execute(query.order_by(MirrorEntryRow.record_id, MirrorEntryRow.revision)):
        found.setdefault(row.record_id, []).append(Told(*row))
    return found


def held(session: Session, record_ids: Iterable[str]) -> frozenset[str]:
    """Those of these records of which a payload was taken, read or not."""
    query = select(MirrorEntryRow.record_id).where(
        among(MirrorEntryRow.record_id, record_ids), MirrorEntryRow.standing.in_(HERE)
    )
    return frozenset(session.scalars(query.distinct()))


def erasures(session: Session, record_ids: Iterable[str]) -> dict[str, bytes]:
    """Those of these records that their home erased, with the leaf that says so."""
    query = select(MirrorEntryRow.record_id, MirrorEntryRow.leaf).where(
        among(MirrorEntryRow.record_id, record_ids),
        MirrorEntryRow.op == Op.ERASE.value,
        MirrorEntryRow.standing.in_(_BELIEVED),
    )
    return {row.record_id: row.leaf for row in session.execute(query)}


def judged(session: Session, record_ids: Iterable[str]) -> dict[str, JudgmentRow]:
    """What was decided here about these records."""
    rows = session.scalars(select(JudgmentRow).where(among(JudgmentRow.record_id, record_ids)))
    return {row.record_id: row for row in rows}


def set_aside(session: Session, entry: Told, reason: str) -> None:
    """Mark an entry as one that cannot be believed."""
    row = session.get_one(MirrorEntryRow, (entry.peer, entry.position))
    row.standing, row.reason = Standing.QUARANTINED.value, reason


def copied(session: Session, peer: str, start: int, end: int) -> list[Told]:
    """The entries from ``start`` up to and without ``end`` whose payloads nobody has read."""
    query = select(*_TOLD).where(
        MirrorEntryRow.peer == peer,
        MirrorEntryRow.position >= start,
        MirrorEntryRow.position < end,
        MirrorEntryRow.standing == Standing.COPIED.value,
    )
    return [Told(*row) for row in session.execute(query.order_by(MirrorEntryRow.position))]


def told(session: Session, peer: str, positions: Sequence[int]) -> list[Told]:
    """These (few hundred) entries of a peer."""
    query = select(*_TOLD).where(MirrorEntryRow.peer == peer, MirrorEntryRow.position.in_(positions))
    return [Told(*row) for row in session.execute(query.order_by(MirrorEntryRow.position))]


def stand(session: Session, peer: str, became: Mapping[int, Standing]) -> None:
    """Let these (few hundred) entries of a peer stand otherwise than before."""
    for standing in set(became.values()):
        positions = [position for position, one in became.items() if one is standing]
        chosen = MirrorEntryRow.peer == peer, MirrorEntryRow.position.in_(positions)
        session.execute(update(MirrorEntryRow).where(*chosen).values(standing=standing.value))


def drop(session: Session, entry: Told) -> None:
    """Delete the payload of an entry that cannot be believed, so that it is not handed on."""
    behind = MirrorPayloadRow.commitment == entry.commitment, MirrorPayloadRow.record_id == entry.record_id
    session.execute(delete(MirrorPayloadRow).where(*behind))


def payloads(session: Session, commitments: Iterable[str | None]) -> dict[str | None, bytes]:
    """The payloads that are still kept behind these commitments."""
    asked = [one for one in commitments if one is not None]
    if not asked:
        return {}
    behind = among(MirrorPayloadRow.commitment, asked)
    rows = session.execute(select(MirrorPayloadRow.commitment, MirrorPayloadRow.payload).where(behind))
    return {row.commitment: row.payload for row in rows}


def payload(session: Session, commitment: str | None) -> MirrorPayloadRow | None:
    """A payload that is still kept."""
    return None if commitment is None else session.get(MirrorPayloadRow, commitment)


def purge(session: Session, record_id: str) -> None:
    """Delete every payload and salt of a record."""
    session.execute(delete(MirrorPayloadRow).where(MirrorPayloadRow.record_id == record_id))


def between(session: Session, peer: str, start: int, end: int) -> list[MirrorEntryRow]:
    """The entries from ``start`` up to and without ``end``."""
    query = select(MirrorEntryRow).where(
        MirrorEntryRow.peer == peer, MirrorEntryRow.position >= start, MirrorEntryRow.position < end
    )
    return list(session.scalars(query.order_by(MirrorEntryRow.position)))


def erased_between(session: Session, peer: str, start: int, end: int) -> set[str]:
    """The records spoken of in this part of the log that their home has erased by now."""
    here = select(MirrorEntryRow.record_id).where(
        MirrorEntryRow.peer == peer, MirrorEntryRow.position >= start, MirrorEntryRow.position < end
    )
    query = select(MirrorEntryRow.record_id).where(
        MirrorEntryRow.op == Op.ERASE.value,
        MirrorEntryRow.standing.in_(_BELIEVED),
        MirrorEntryRow.record_id.in_(here),
    )
    return set(session.scalars(query))


def quarantined(session: Session, peer: str) -> int:
    """How many entries of a peer could not be believed."""
    query = select(func.count()).select_from(MirrorEntryRow)
    query = query.where(MirrorEntryRow.peer == peer, MirrorEntryRow.standing == Standing.QUARANTINED.value)
    return session.scalar(query) or 0


def _newest(record_ids: Iterable[str]) -> Select[str, int, str, bytes]:
    """The newest home entries. Only a record's home has any, so the peer need not be named.

    Named, it might have SQLite look through the whole log of that peer.
    """
    home = MirrorEntryRow.op.in_(_HOME), counted()
    latest = (
        select(MirrorEntryRow.record_id, func.max(MirrorEntryRow.revision).label("revision"))
        .where(among(MirrorEntryRow.record_id, record_ids), *home)
        .group_by(MirrorEntryRow.record_id)
        .subquery()
    )
    newest = (MirrorEntryRow.record_id == latest.c.record_id) & (MirrorEntryRow.revision == latest.c.revision)
    columns = MirrorEntryRow.record_id, MirrorEntryRow.revision, MirrorEntryRow.op, MirrorEntryRow.leaf
    return select(*columns).join(latest, newest).where(*home)


def _entry(peer: str, one: Checked, standing: Standing) -> Sequence[Plain]:
    said = one.envelope
    if said is None:
        return peer, one.position, "", 0, "", None, one.leaf, standing.value, one.reason
    told = (said.subject, said.revision, said.op.value, said.commitment)
    return peer, one.position, *told, one.leaf, standing.value, one.reason


def payload_of(said: Envelope, one: Taken) -> Sequence[Plain]:
    """The row of a payload that was taken."""
    # What is said of a record of another node is not gone with that record: it holds nothing of it.
    record_id = said.id if said.op in HOME_OPS else ""
    return said.commitment, record_id, one.salt, one.payload
