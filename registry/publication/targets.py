"""How public records stand that the private side names: the door's answer to ports of intake and review."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy.orm import Session

from registry.account.about import parties
from registry.db.public import PublicDatabase
from registry.errors import Gone, NotFound
from registry.federation.tending import keeps
from registry.intake.similar.rules import RELATION, Kind, Standing
from registry.publication.sides import Side, database_of
from registry.record import store
from registry.record.grouping import across
from registry.record.types import PART_OF, SAME_AS, Origin, PublicRecord, RecordState, RecordType, Relation
from registry.review.aftercare.looking import Looked
from registry.review.aftercare.rules import RecordStands


class PublicTargets:
    """Looks up in the public database; and in what is ``shared`` with partners, where that is asked for.

    What answers strangers never is: there would be nothing to tell them, and an answer to tell it by.
    """

    def __init__(self, public: PublicDatabase, shared: Side | None = None) -> None:
        self._public, self._shared = public, shared

    def standing(self, record_id: str) -> Standing:
        """How the record stands; ``MISSING`` for any text that names none."""
        with self._of(record_id).read() as session:
            return standing(session, record_id)[0]

    def names(self, record_id: str) -> frozenset[str]:
        """The folded names of all that the record names; nothing of one that is missing or erased."""
        with self._of(record_id).read() as session:
            record = store.load_many(session, [record_id]).get(record_id)
        return frozenset() if record is None else parties(record.account)

    def look(self, record_id: str) -> Looked:
        """The newest revision for whoever cares for the record; raises ``NotFound`` or ``Gone``."""
        with self._of(record_id).read() as session:
            return _looked(session, store.load(session, record_id))

    def look_at(self, ids: Collection[str]) -> dict[str, Looked]:
        """Several by id; missing and erased ones are left out."""
        looked: dict[str, Looked] = {}
        for database in {self._of(one): None for one in ids}:
            with database.read() as session:
                found = store.load_many(session, [one for one in ids if self._of(one) is database])
                looked |= {key: _looked(session, record) for key, record in found.items()}
        return looked

    def _of(self, record_id: str) -> PublicDatabase:
        return database_of(record_id, self._public, self._shared)


def _looked(session: Session, record: PublicRecord) -> Looked:
    state, elsewhere = RecordStands(record.state.value), record.provenance.origin is Origin.PEER
    return Looked(
        record.id,
        record.revision,
        state,
        record.account,
        record.type.value,
        record.successor,
        record.part_of,
        own=record.provenance.origin is Origin.OWN,
        elsewhere=elsewhere,
        kept=elsewhere and keeps(session, record),
        across=record.provenance.origin is Origin.OWN and bool(across(record)),
    )


class PublicTexts:
    """What records of our own reports say now."""

    def __init__(self, public: PublicDatabase, shared: Side | None = None) -> None:
        self._public, self._shared = public, shared

    def account(self, record_id: str, /) -> Mapping[str, Any] | None:
        """The account as JSON; None of a record that was retracted or removed."""
        with database_of(record_id, self._public, self._shared).read() as session:
            if standing(session, record_id)[0] is not Standing.GOOD:
                return None
            return store.load(session, record_id).account.to_json()


def standing(session: Session, record_id: str) -> tuple[Standing, RecordType | None]:
    """How a record stands, and of which type it is while it can be read."""
    try:
        record = store.load(session, record_id)
    except Gone:
        return Standing.ERASED, None
    except NotFound:
        return Standing.MISSING, None
    if record.state is RecordState.RETRACTED:
        return Standing.RETRACTED, record.type
    if record.state is RecordState.MERGED:
        return Standing.MERGED, record.type
    if record.type is RecordType.STATEMENT:
        return Standing.STATEMENT, record.type
    return Standing.GOOD, record.type


def successor(session: Session, record_id: str) -> str:
    """The record that stands in its place, as far as merges lead; itself where there is none."""
    seen = {record_id}
    while True:
        try:
            further = store.load(session, record_id).successor
        except (Gone, NotFound):
            return record_id
        if further is None or further in seen:
            return record_id
        seen.add(further)
        record_id = further


def relation_to(session: Session, kind: Kind, record_id: str) -> Relation | None:
    """The relation that is published now, or None where the record does not stand any more.

    A report is part of an incident; with another report it tells of the same event, until somebody
    makes an incident of both.
    """
    record_id = successor(session, record_id)
    found, target = standing(session, record_id)
    if found is not Standing.GOOD:
        return None
    if kind.is_statement:
        return Relation(RELATION[kind], record_id)
    return Relation(PART_OF if target is RecordType.INCIDENT else SAME_AS, record_id)
