"""This node's own claims: its log follows what its records say of records of other nodes.

A record of this node that tells of the same event as one of another node, is part of its incident, or was
merged into it, says so itself. The log then says it once more, of an exact revision of both, so that the
other node and whoever follows either can show it; and takes it back when the record says so no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.federation import claims
from registry.federation.models import ClaimRow
from registry.federation.saying import Saying, say
from registry.ledger.claims import KIND, Point, Related
from registry.ledger.envelopes import Op, parse_envelope
from registry.ledger.following import last_entries
from registry.ledger.hashing import leaf_hash
from registry.ledger.models import EntryRow
from registry.record.models import RecordRow, RelationRow
from registry.record.types import DUPLICATE_OF, PART_OF, SAME_AS, Origin, RecordState

CLAIMED: Final = (SAME_AS, PART_OF, DUPLICATE_OF)
"""How a record of this node points to one of another node, where the log says so as well."""
_GONE: Final = (RecordState.RETRACTED.value, RecordState.ERASED.value)
Tie = tuple[str, str, str]
"""Subject, object and relation."""


def claim(session: Session, home: str, day: date) -> int:
    """Append what is not said yet and take back what is said no more; gives how many entries.

    ``home`` is the full node id. To be called in the unit of work that changed records, after the log has
    followed them; a record of another node that is not here yet is claimed by a later call.
    """
    tied, said = _tied(session, home[:10]), claims.live(session, home[:10])
    known = {(row.subject, row.object, row.relation) for row in said}
    over = [row for row in said if (row.subject, row.object, row.relation) not in tied]
    fresh = sorted(tied - known)
    if not (over or fresh):
        return 0
    entries = last_entries(session, sorted({one[0] for one in fresh} | {row.subject for row in over}))
    others = claims.points(session, {one[1] for one in fresh})
    told = [_withdrawn(row, entries[row.subject]) for row in over]
    told += [
        Related(relation, _point(entries[subject]), others[other])
        for subject, other, relation in fresh
        if subject in entries and other in others
    ]
    return _append(session, home, day, told, entries)


def _tied(session: Session, short: str) -> set[Tie]:
    """What records of this node that stand say of records of other nodes."""
    query = (
        select(RelationRow.record_id, RelationRow.target, RelationRow.kind)
        .join(RecordRow, RecordRow.id == RelationRow.record_id)
        .where(
            RelationRow.kind.in_(CLAIMED),
            RelationRow.target.startswith("AIR-", autoescape=True),
            ~RelationRow.target.startswith(f"AIR-{short}-", autoescape=True),
            RecordRow.source == Origin.OWN.value,
            RecordRow.state.not_in(_GONE),
        )
    )
    return {(subject, target, kind) for subject, target, kind in session.execute(query)}


def _withdrawn(row: ClaimRow, entry: EntryRow) -> Related:
    other = Point(row.object, row.revision, row.leaf)
    return Related(row.relation, _point(entry), other, withdraws=row.position)


def _point(entry: EntryRow) -> Point:
    return Point(entry.record_id, entry.revision, leaf_hash(entry.leaf).hex())


def _append(
    session: Session, home: str, day: date, told: Sequence[Related], entries: dict[str, EntryRow]
) -> int:
    version = {key: parse_envelope(row.leaf).tax.version for key, row in entries.items()}
    lines = [Saying(Op.RELATE, KIND, one.object, version[one.subject.id], one.to_payload()) for one in told]
    for position, said in zip(say(session, home, day, lines), told, strict=True):
        claims.keep(session, home[:10], position, said)
    return len(lines)
