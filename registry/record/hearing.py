"""Whose word is heard beside a record: of which nodes, and from how many "seen here too" is told at all.

A single "seen here too" tells who else had it. Those of this node were held back until enough
organizations had said so, so that with them everybody's are told. Of other nodes alone they are told
once as many partners can be told apart: each node, and within a node each description of an organization.
All functions work in the caller's unit of work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.record.models import RecordRow, RelationRow, VersionRow
from registry.record.relations import ABOUT, STANDS, merged_into
from registry.record.types import Origin, PublicRecord

READ_MAX: Final = 500
"""Statements that are looked at to tell partners apart."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """``unheard`` are the full ids of nodes that are not heard, ``least`` how many partners it takes."""

    unheard: frozenset[str] = frozenset()
    least: int = 1


EVERYBODY: Final = Hearing()


def told(session: Session, target: str, kinds: Sequence[str], hearing: Hearing) -> Sequence[str]:
    """Those of these ways of pointing that may be told of at a record."""
    if ABOUT not in kinds or hearing.least <= 1 or _partners(session, target, hearing) >= hearing.least:
        return kinds
    return [kind for kind in kinds if kind != ABOUT]


def _partners(session: Session, target: str, hearing: Hearing) -> int:
    """How many partners at least say so; ``least`` where this node tells of its own."""
    said = (
        select(VersionRow.payload)
        .join(
            RecordRow,
            (RecordRow.id == VersionRow.record_id) & (RecordRow.revision == VersionRow.revision),
        )
        .join(RelationRow, RelationRow.record_id == RecordRow.id)
        .where(
            RelationRow.kind == ABOUT,
            RelationRow.target.in_([target, *merged_into(session, target)]),
            RecordRow.state.in_(STANDS),
            RecordRow.source.not_in(hearing.unheard),
        )
    )
    own = said.where(RecordRow.source == Origin.OWN.value).limit(1)
    if session.scalar(own) is not None:
        return hearing.least
    found = set()
    for payload in session.scalars(said.order_by(RecordRow.id).limit(READ_MAX)):
        where = PublicRecord.from_json(payload or {}).provenance
        found.add((where.source, where.contributor))
        if len(found) >= hearing.least:
            break
    return len(found)
