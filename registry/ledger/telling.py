"""What the log tells of a revision: its envelope, made of the public payload. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from registry.ledger.envelopes import Coding, Envelope, Op, Standing
from registry.record.canonical import canonical
from registry.record.types import SCHEMA, RecordState

TOLD_FACETS: Final = ("failure", "harm", "kind", "sector", "severity")
"""Facets of which the log tells the main value: enough for a reader's policy, too coarse to find anybody."""
_STATES: Final = {RecordState.RETRACTED.value: Op.RETRACT, RecordState.REINSTATED.value: Op.REINSTATE}


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision to be logged: payload, commitment (hex), and the state of the one before, if any."""

    number: int
    payload: Mapping[str, Any]
    commitment: str
    state_before: str | None


@dataclass(frozen=True, slots=True)
class Log:
    """Whose log it is, as a full node id, and the TLP label of all that stands in it."""

    home: str
    label: str


def told(log: Log, revision: Revision, before: Standing | None) -> Envelope:
    """The envelope of a revision, after what the log said of the record last."""
    payload = revision.payload
    return Envelope(
        op=_operation(payload["state"], revision.state_before, before),
        id=payload["id"],
        revision=revision.number,
        previous=None if before is None else before.leaf,
        home=log.home,
        tlp=log.label,
        kind=payload["type"],
        schema=payload["schema"],
        tax=Coding(payload["taxonomy"], payload["account"].get("language", ""), _codes(payload)),
        commitment=revision.commitment,
        size=len(canonical(payload)),
        day=payload["modified"],
    )


def erased(log: Log, record_id: str, kind: str, removed: date, before: tuple[Standing, Coding]) -> Envelope:
    """The last envelope of a record: it tells nothing of what was erased but that it was."""
    standing, tax = before
    return Envelope(
        op=Op.ERASE,
        id=record_id,
        revision=standing.revision + 1,
        previous=standing.leaf,
        home=log.home,
        tlp=log.label,
        kind=kind,
        schema=SCHEMA,
        tax=Coding(tax.version),
        commitment=None,
        size=0,
        day=removed.isoformat(),
    )


def _operation(state: str, state_before: str | None, before: Standing | None) -> Op:
    """A revision that keeps the state of the one before revises, whatever the state is."""
    if before is None:
        return Op.CREATE
    return Op.REVISE if state == state_before else _STATES.get(state, Op.REVISE)


def _codes(payload: Mapping[str, Any]) -> tuple[str, ...]:
    classification = payload["account"].get("classification", {})
    return tuple(sorted({classification[facet][0] for facet in TOLD_FACETS if classification.get(facet)}))
