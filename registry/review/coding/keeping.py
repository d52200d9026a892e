"""Writing and reading what reviewers said of facets, inside the unit of work of whoever asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import Step
from registry.errors import Invalid
from registry.identity.rules import Actor
from registry.identity.starting import by
from registry.intake import steps
from registry.intake.models import Submission
from registry.intake.similar.rules import Kind
from registry.intake.vault.originals import sealed_text
from registry.review.coding.models import Coding, note_of
from registry.review.coding.rules import (
    CORE,
    NOT_HERE,
    Codes,
    Given,
    Standing,
    Turn,
    problems,
    settled,
    standing,
    uncoded,
)
from taxonomy import load

ACTION = "classify"
"""The audit trail's word for it."""


@dataclass(frozen=True, slots=True)
class FacetCoding:
    """A facet as it was submitted and as it counts now, with how sure the reviewer is, and why."""

    facet: str
    submitted: tuple[str, ...]
    codes: tuple[str, ...]
    standing: Standing = Standing.SUBMITTED
    confidence: str | None = None
    note: str = ""


def keep(session: Session, row: Submission, actor: Actor, given: Given, now: datetime) -> None:
    """Keep what a reviewer says of a facet of the newest version; raises ``Invalid``."""
    found = problems(load(), given)
    if found:
        raise Invalid(found)
    write(session, row, actor, Turn.REVIEW, [given], now)
    row.lock += 1
    step = Step(steps.SUBJECT, row.id, ACTION, row.state, row.state, given.facet)
    audit.append(session, step, by(actor), now)


def write(
    session: Session, row: Submission, actor: Actor, turn: Turn, said: Iterable[Given], now: datetime
) -> None:
    """Add a line for each facet."""
    submitted = _submitted(session, row)
    for given in said:
        note, purpose = given.note.strip(), note_of(turn, row.version, given.facet)
        session.add(
            Coding(
                submission_id=row.id,
                version=row.version,
                turn=turn.value,
                facet=given.facet,
                codes=list(given.codes),
                standing=_standing(turn, submitted.get(given.facet, ()), given).value,
                confidence=given.confidence,
                sealed_note=sealed_text(session, row.id, note, purpose) if note else None,
                reviewer_id=actor.id,
                organization_id=actor.organization_id,
                at=now,
            )
        )
    session.flush()


def confirm(session: Session, row: Submission, actor: Actor, now: datetime) -> None:
    """Whoever accepts a report has read its codes: those that they did not touch are confirmed."""
    lines = _newest(session, row.id, row.version)
    mine = {facet for facet, line in lines.items() if line.reviewer_id == actor.id}
    counting = settled(_submitted(session, row), _said(lines))
    untouched = [
        Given(facet, tuple(codes))
        for facet, codes in counting.items()
        if facet not in mine and facet not in NOT_HERE
    ]
    write(session, row, actor, Turn.REVIEW, untouched, now)


def lacking(session: Session, row: Submission) -> tuple[str, ...]:
    """The facets of the core that a report still lacks; a statement is not classified."""
    if Kind(row.kind) is not Kind.REPORT:
        return ()
    said = _said(_newest(session, row.id, row.version))
    return uncoded(settled(_submitted(session, row), said))


def of(session: Session, row: Submission) -> tuple[FacetCoding, ...]:
    """Every facet of the newest version that was answered or coded, and those of the core."""
    if row.erased_at is not None or Kind(row.kind) is not Kind.REPORT:
        return ()
    submitted, lines = _submitted(session, row), _newest(session, row.id, row.version)
    known = [facet for facet in load().facets if facet in submitted or facet in lines]
    order = [*CORE, *(facet for facet in known if facet not in CORE and facet not in NOT_HERE)]
    return tuple(_facet(facet, tuple(submitted.get(facet, ())), lines.get(facet)) for facet in order)


def as_coded(
    session: Session, submission_id: str, version: int, account: Mapping[str, Any]
) -> dict[str, Any]:
    """An account of this version with the codes that reviewers gave it."""
    said = _said(_newest(session, submission_id, version))
    if not said:
        return dict(account)
    return {**account, "classification": settled(account.get("classification") or {}, said)}


def coded_newest(session: Session, row: Submission, account: Mapping[str, Any]) -> Mapping[str, Any]:
    """The account of the newest version with the codes that reviewers gave it."""
    return as_coded(session, row.id, row.version, account)


def _standing(turn: Turn, submitted: Sequence[str], given: Given) -> Standing:
    return Standing.UNSEEN if turn is Turn.SECOND else standing(submitted, given.codes)


def _facet(facet: str, submitted: tuple[str, ...], line: Coding | None) -> FacetCoding:
    if line is None:
        return FacetCoding(facet, submitted, submitted)
    codes = tuple(line.codes)
    return FacetCoding(facet, submitted, codes, Standing(line.standing), line.confidence, line.note)


def _submitted(session: Session, row: Submission) -> Codes:
    found: Codes = steps.newest(session, row).account.get("classification") or {}
    return found


def _newest(session: Session, submission_id: str, version: int) -> dict[str, Coding]:
    """Facet → the line of the reviewers that counts."""
    query = (
        select(Coding)
        .where(
            Coding.submission_id == submission_id,
            Coding.version == version,
            Coding.turn == Turn.REVIEW.value,
        )
        .order_by(Coding.id)
    )
    return {line.facet: line for line in session.scalars(query)}


def _said(lines: Mapping[str, Coding]) -> dict[str, list[str]]:
    return {facet: line.codes for facet, line in lines.items()}
