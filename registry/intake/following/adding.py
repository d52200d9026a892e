"""Additions to a report, inside the unit of work of whoever writes or reads them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import By, Step
from registry.intake import steps
from registry.intake.following.models import Addition
from registry.intake.following.rules import DECIDED, checked_text, refuse_closed
from registry.intake.models import Submission
from registry.intake.rules import State
from registry.intake.vault.keys import keys_of
from registry.privacy import Hidden, hide, scan

HOLDER = By("receipt-holder")
"""How the trail calls whoever comes with a code."""


class Writer(StrEnum):
    """Who added it."""

    ORGANIZATION = "organization"
    HOLDER = "holder"  # whoever has the receipt code


@dataclass(frozen=True, slots=True)
class AdditionView:
    """One addition; ``unread`` where it came after a decision and no reviewer has read it yet."""

    number: int
    at: datetime
    writer: Writer
    text: str
    unread: bool


def add(session: Session, row: Submission, text: str, by: By, at: datetime) -> None:
    """Keep an addition and put it on the trail; raises ``Invalid`` or ``Conflict``.

    The same words again, as a page that is sent twice brings them, are kept once.
    """
    text, before = checked_text(text), additions(session, row.id)
    if before and before[-1].text == text:
        return
    refuse_closed(State(row.state), len(before))
    number = len(before) + 1
    sealed = keys_of(session).seal(session, row.id, text.encode(), purpose(number))
    writer = Writer.HOLDER if by == HOLDER else Writer.ORGANIZATION
    session.add(
        Addition(
            submission_id=row.id,
            number=number,
            writer=writer.value,
            sealed=sealed,
            at=at,
            unread=State(row.state) in DECIDED,
        )
    )
    row.updated_at = at
    audit.append(session, Step(steps.SUBJECT, row.id, "add", row.state, row.state), by, at)


def additions(session: Session, submission_id: str) -> tuple[AdditionView, ...]:
    """Every addition, oldest first, as it was written; raises ``Shredded`` once the original was deleted."""
    keys = keys_of(session)
    query = select(Addition).where(Addition.submission_id == submission_id).order_by(Addition.number)
    return tuple(
        AdditionView(
            row.number,
            row.at,
            Writer(row.writer),
            keys.open(session, submission_id, row.sealed, purpose(row.number)).decode(),
            row.unread,
        )
        for row in session.scalars(query)
    )


def for_reviewers(found: tuple[AdditionView, ...], language: str) -> tuple[AdditionView, ...]:
    """Additions as reviewers read them: what gives people away for certain is a mark."""
    hidden = Hidden()
    return tuple(replace(one, text=marked(one.text, language, hidden)) for one in found)


def close(session: Session, row: Submission, upto: int, by: By, at: datetime) -> None:
    """Note that a reviewer has read the additions up to a number; those that came meanwhile stay unread."""
    read = (
        update(Addition)
        .where(Addition.submission_id == row.id, Addition.number <= upto, Addition.unread)
        .values(unread=False)
    )
    if cast("CursorResult[Any]", session.execute(read)).rowcount:
        audit.append(session, Step(steps.SUBJECT, row.id, "read-additions", row.state, row.state), by, at)


def marked(text: str, language: str, hidden: Hidden) -> str:
    """What somebody wrote later as reviewers read it; ``hidden`` numbers the marks of one report."""
    return hide(text, [found for found in scan(text, language) if found.certain], hidden)


def purpose(number: int) -> str:
    """What the text of this addition is sealed for."""
    return f"addition {number}"
