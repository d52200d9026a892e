"""A claim with all that decides what it is here: how its node is heard, and what became of both records."""

from __future__ import annotations

from typing import Any, Final, TypeVarTuple

from sqlalchemy import Row, Select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from registry.federation.claim_rules import Stand, stand
from registry.federation.models import ClaimRow, PeerRow, ToldClaimRow
from registry.federation.rules import HEARD
from registry.record.models import RecordRow

SUBJECT, OBJECT = aliased(RecordRow), aliased(RecordRow)
TOLD: Final = (ToldClaimRow.origin == ClaimRow.origin) & (ToldClaimRow.position == ClaimRow.position)
"""Joins a claim with what was told of it."""
MODE: Final = PeerRow.mode.label("mode")
STATES: Final = (SUBJECT.state.label("subject_state"), OBJECT.state.label("object_state"))
_Asked = TypeVarTuple("_Asked")


def joined(query: Select[*_Asked], origin: InstrumentedAttribute[str]) -> Select[*_Asked]:
    """A question about claims of the nodes in ``origin``, with the node and both records."""
    return (
        query.outerjoin(PeerRow, PeerRow.short == origin)
        .outerjoin(SUBJECT, SUBJECT.id == ClaimRow.subject)
        .outerjoin(OBJECT, OBJECT.id == ClaimRow.object)
    )


def stand_of(row: Row[*tuple[Any, ...]], *, proved: bool) -> Stand:
    """What a claim is now; this node, which is no peer of itself, is always heard."""
    heard = row.mode is None or row.mode in HEARD
    states = (row.subject_state, row.object_state)
    return stand(heard=heard, proved=proved, withdrawn=row.ClaimRow.withdrawn is not None, states=states)
