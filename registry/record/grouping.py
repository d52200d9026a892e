"""Grouping reports in an incident, and letting them stand alone again; in the caller's unit of work.

The incident is a record of its own. It begins with the account of the report that was named, for nobody
here writes a new one, and every report stays as it is, and says that it is part of the incident.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.record import counters, store
from registry.record.ids import air_id, is_air_id, same_home
from registry.record.models import RecordRow, RelationRow
from registry.record.types import (
    PART_OF,
    SAME_AS,
    Because,
    Origin,
    Provenance,
    PublicRecord,
    RecordState,
    RecordType,
    Relation,
)


def group(
    session: Session, record: PublicRecord, other: PublicRecord, because: Because, node: str, today: date
) -> None:
    """Let a report be part of the incident that the other one is, or is part of, or of a new one.

    A report of another node is not touched: no incident is begun for it, and ours says that both tell
    of the same event.
    """
    incident = other.id if other.type is RecordType.INCIDENT else other.part_of
    if other.provenance.origin is Origin.PEER and (incident is None or not _is_here(session, incident)):
        _revise(session, replace(record, related=(*record.related, Relation(SAME_AS, other.id))), today)
        return
    if incident is None:
        incident = _begin(session, other, because, node, today)
        _join(session, other, incident, today)
    _join(session, record, incident, today)


def separate(session: Session, record: PublicRecord, today: date) -> None:
    """Let a report say no more that it belongs to records of other nodes."""
    kept = tuple(one for one in record.related if one not in across(record))
    _revise(session, replace(record, related=kept), today)


def across(record: PublicRecord) -> tuple[Relation, ...]:
    """How a record of this node is grouped with records of other nodes."""
    return tuple(
        one
        for one in record.related
        if one.kind in (PART_OF, SAME_AS) and is_air_id(one.target) and not same_home(record.id, one.target)
    )


def dissolve(session: Session, incident: PublicRecord, today: date) -> None:
    """Let every report of ours that is part of an incident stand alone, for it falls."""
    if incident.type is not RecordType.INCIDENT:
        return
    part = (RelationRow.kind == PART_OF, RelationRow.target == incident.id)
    members = select(RelationRow.record_id).where(*part).order_by(RelationRow.record_id)
    for record in store.load_many(session, list(session.scalars(members))).values():
        if record.provenance.origin is Origin.OWN:
            kept = tuple(one for one in record.related if one != Relation(PART_OF, incident.id))
            _revise(session, replace(record, related=kept), today)


def _is_here(session: Session, record_id: str) -> bool:
    return record_id in store.load_many(session, [record_id])


def _begin(session: Session, lead: PublicRecord, because: Because, node: str, today: date) -> str:
    serial = counters.take(session, counters.serials(today.year))
    incident = PublicRecord(
        id=air_id(node, today.year, serial),
        type=RecordType.INCIDENT,
        state=RecordState.PUBLISHED,
        revision=1,
        published=today,
        modified=today,
        taxonomy_version=lead.taxonomy_version,
        provenance=Provenance(Origin.OWN, "own", licence=lead.provenance.licence),
        account=lead.account,
        generalised=lead.generalised,
        demo=lead.demo,
        because=because,
    )
    store.create(session, incident)
    return incident.id


def _join(session: Session, record: PublicRecord, incident: str, today: date) -> None:
    """Being of one incident says more than telling of the same event as some record."""
    kept = tuple(one for one in record.related if one.kind != SAME_AS)
    _revise(session, replace(record, related=(*kept, Relation(PART_OF, incident))), today)


def _revise(session: Session, record: PublicRecord, today: date) -> None:
    """The next revision; what was marked on the record stays."""
    state = RecordState.REVISED if record.state is RecordState.PUBLISHED else record.state
    content = session.get_one(RecordRow, record.id).content_digest
    store.revise(session, replace(record, state=state, modified=today), content=content)
