"""What nodes say of records of one another: kept as it was said, shown beside a record, never put into it.

A claim is known by the log that it stands in and its position there, so that it is the same through
whatever mirror it came. It is shown where both records are, and only while the object is what was
read: the entry that it names must be in the log of the object's node. All functions work in the caller's unit
of work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, aliased

from registry.db.many import batched
from registry.db.public import PublicDatabase
from registry.federation.models import ClaimRow, MirrorEntryRow, PeerRow
from registry.federation.rules import HEARD, Standing
from registry.federation.taking import Stretch
from registry.ledger.claims import Point, Related, read_related
from registry.ledger.envelopes import HOME_OPS, Op
from registry.ledger.hashing import leaf_hash
from registry.ledger.models import EntryRow
from registry.record.models import RecordRow
from registry.record.types import RecordState

SHOWN_MAX: Final = 20
"""Claims about one record that are shown."""
SHOWN_OF_ONE: Final = 5
"""Of these from one node, so that nobody shouts others down."""
READ_MAX: Final = 500
_GONE: Final = (RecordState.RETRACTED.value, RecordState.ERASED.value)
_HOME: Final = tuple(op.value for op in HOME_OPS)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as it is shown: who says so, in which entry of which log, and of what."""

    node: str
    node_name: str
    position: int
    relation: str
    subject: str
    object: str

    @property
    def key(self) -> tuple[str, int]:
        """By which it is known: log and position."""
        return self.node, self.position

    def to_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "node": self.node,
            "node_name": self.node_name,
            "position": self.position,
            "relation": self.relation,
            "record": self.subject,
            "related": self.object,
        }


class Claims:
    """Reading claims, for pages and API."""

    def __init__(self, public: PublicDatabase) -> None:
        self._public = public

    def about(self, record_id: str) -> list[Claim]:
        """What other nodes say of a record and another one, in the order of nodes and positions."""
        with self._public.read() as session:
            return about(session, record_id)


def hear(session: Session, origin: str, stretch: Stretch) -> None:
    """Keep what a stretch of a peer's log says of records of other nodes."""
    for one in stretch.entries:
        said = one.envelope
        if said is not None and said.op is Op.RELATE and one.position in stretch.taken:
            keep(session, origin, one.position, read_related(stretch.taken[one.position].payload, said))


def keep(session: Session, origin: str, position: int, said: Related) -> None:
    """Keep a claim, or that an earlier one of the same log counts no more."""
    if said.withdraws is None:
        row = ClaimRow(origin=origin, position=position, relation=said.relation, subject=said.subject.id)
        row.object, row.revision, row.leaf = said.object.id, said.object.revision, said.object.leaf
        session.add(row)
        session.flush()
        return
    earlier = session.get(ClaimRow, (origin, said.withdraws))
    if earlier is not None and earlier.withdrawn is None:
        earlier.withdrawn = position


def about(session: Session, record_id: str) -> list[Claim]:
    """The claims of followed nodes about a record that stand, with both records shown here."""
    subject, other = aliased(RecordRow), aliased(RecordRow)
    query = (
        select(ClaimRow, PeerRow.node_id, PeerRow.name)
        .join(PeerRow, PeerRow.short == ClaimRow.origin)
        .join(subject, subject.id == ClaimRow.subject)
        .join(other, other.id == ClaimRow.object)
        .where(
            or_(ClaimRow.subject == record_id, ClaimRow.object == record_id),
            ClaimRow.withdrawn.is_(None),
            PeerRow.mode.in_(HEARD),
            subject.state.not_in(_GONE),
            other.state.not_in(_GONE),
        )
        .order_by(PeerRow.name, ClaimRow.origin, ClaimRow.position)
        .limit(READ_MAX)
    )
    found: dict[tuple[str, ...], Claim] = {}
    heard: Counter[str] = Counter()
    rows = session.execute(query).all()
    known = leaves_of(session, [(row.object, row.revision) for row, _, _ in rows])
    for row, node, name in rows:
        tie = (node, row.relation, row.subject, row.object)
        if tie in found or heard[node] == SHOWN_OF_ONE:
            continue
        if (row.object, row.revision, row.leaf) in known:
            found[tie] = Claim(node, name, row.position, row.relation, row.subject, row.object)
            heard[node] += 1
    return list(found.values())[:SHOWN_MAX]


def live(session: Session, origin: str) -> list[ClaimRow]:
    """What a node says and has not withdrawn."""
    query = select(ClaimRow).where(ClaimRow.origin == origin, ClaimRow.withdrawn.is_(None))
    return list(session.scalars(query.order_by(ClaimRow.position)))


def points(session: Session, ids: Iterable[str]) -> dict[str, Point]:
    """The newest believed entry of each of these records of peers that is shown here."""
    newest = select(RecordRow.id, RecordRow.revision)
    shown = [
        (row.id, row.revision)
        for some in batched(ids)
        for row in session.execute(newest.where(RecordRow.id.in_(some)))
    ]
    return {said[0]: Point(*said) for said in sorted(leaves_of(session, shown))}


def leaves_of(session: Session, revisions: Iterable[tuple[str, int]]) -> set[tuple[str, int, str]]:
    """Those of these revisions that logs of their homes tell of believably, each with its leaf hash (hex)."""
    wanted = set(revisions)
    return {
        (record_id, revision, leaf_hash(leaf).hex())
        for some in batched(sorted(wanted))
        for query in _entries([record_id for record_id, _ in some], {revision for _, revision in some})
        for record_id, revision, leaf in session.execute(query)
        if (record_id, revision) in wanted
    }


def _entries(ids: Collection[str], revisions: Collection[int]) -> tuple[Select[str, int, bytes], ...]:
    """Entries by which a home tells of its records: of this node's own log, and of copies."""
    own = select(EntryRow.record_id, EntryRow.revision, EntryRow.leaf).where(
        EntryRow.record_id.in_(ids), EntryRow.revision.in_(revisions), EntryRow.op.in_(_HOME)
    )
    copied = select(MirrorEntryRow.record_id, MirrorEntryRow.revision, MirrorEntryRow.leaf).where(
        MirrorEntryRow.record_id.in_(ids),
        MirrorEntryRow.revision.in_(revisions),
        MirrorEntryRow.op.in_(_HOME),
        MirrorEntryRow.standing != Standing.QUARANTINED.value,
    )
    return own, copied
