"""Whose word is heard beside a record: of which nodes, and from how many "seen here too" is told at all.

A single "seen here too" tells who else had it. Those of this node were held back until enough
organizations had said so, so that with them everybody's are told. Of other nodes alone they are told
once as many partners can be told apart: each node, and within a node each description of an organization.
All functions work in the caller's unit of work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, select
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


def surely(session: Session, target: str, hearing: Hearing) -> int:
    """How many different organizations say so at the least, whoever is a partner of several nodes.

    Within a node, descriptions that differ are of different organizations; between nodes nothing tells them
    apart, and no node says who its partners are. So it is the most that any one node has.
    """
    found: dict[str, set[str]] = {}
    for payload in session.scalars(_said(session, target, hearing).order_by(RecordRow.id).limit(READ_MAX)):
        where = PublicRecord.from_json(payload or {}).provenance
        found.setdefault(where.source, set()).add(where.contributor)
    return max(map(len, found.values()), default=0)


def _partners(session: Session, target: str, hearing: Hearing) -> int:
    """How many partners at least say so; ``least`` where this node tells of its own."""
    said = _said(session, target, hearing)
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


def _said(session: Session, target: str, hearing: Hearing) -> Select[dict[str, Any] | None]:
    """The payloads of the statements that stand."""
    return (
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
