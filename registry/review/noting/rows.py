"""Notes of reviewers, inside the unit of work of whoever writes or reads them.

A note leaves no trace in what the submitter sees: no step of the report, no new lock, no other date. Its
own trail has a subject of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import Step
from registry.identity.models import Person
from registry.identity.rules import Actor
from registry.identity.starting import by
from registry.intake.models import Submission
from registry.intake.vault.originals import sealed_text, text
from registry.review.noting.models import Remark, remark_of
from registry.review.noting.rules import checked, refuse_more

SUBJECT = "remark"
"""How the trail calls notes; its ``subject_id`` is that of the report."""


@dataclass(frozen=True, slots=True)
class RemarkView:
    """A note as other reviewers read it; ``writer`` is empty once the person was erased."""

    number: int
    version: int
    writer: str
    mine: bool
    text: str
    at: datetime


def add(session: Session, row: Submission, words: str, actor: Actor, at: datetime) -> None:
    """Keep a note; raises ``Invalid`` or ``Conflict``. The same words twice in a row are kept once."""
    words, before = checked(words), remarks(session, row.id, actor)
    if before and before[-1].mine and before[-1].text == words:
        return
    refuse_more(len(before))
    number = len(before) + 1
    session.add(
        Remark(
            submission_id=row.id,
            number=number,
            version=row.version,
            reviewer_id=actor.id,
            organization_id=actor.organization_id,
            sealed_text=sealed_text(session, row.id, words, remark_of(number)),
            at=at,
        )
    )
    audit.append(session, Step(SUBJECT, row.id, "write", None, None), by(actor), at)


def remarks(session: Session, submission_id: str, reader: Actor) -> tuple[RemarkView, ...]:
    """Every note, oldest first; raises ``Shredded`` once the original was deleted."""
    query = (
        select(Remark, Person.name)
        .outerjoin(Person, Person.id == Remark.reviewer_id)
        .where(Remark.submission_id == submission_id)
        .order_by(Remark.number)
    )
    return tuple(
        RemarkView(row.number, row.version, name or "", row.reviewer_id == reader.id, words_of(row), row.at)
        for row, name in session.execute(query)
    )


def words_of(row: Remark) -> str:
    """What was written, inside the unit of work."""
    return text(row, row.submission_id, row.sealed_text, remark_of(row.number))
