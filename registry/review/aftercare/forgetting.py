"""What becomes of an organization's proposals when nothing else is left of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import By, Step
from registry.review.aftercare import rules
from registry.review.aftercare.models import ChangeRow
from registry.review.aftercare.rules import SUBJECT, Act, ChangeState


def forget(session: Session, organization_id: str, who: By, now: datetime) -> None:
    """Take back what it proposed and nobody decided yet; decided changes go on, with its random id."""
    query = select(ChangeRow).where(
        ChangeRow.organization_id == organization_id, ChangeRow.state != ChangeState.APPROVED.value
    )
    for row in session.scalars(query.with_for_update()):
        row.sealed_note = None
        if row.state == ChangeState.PROPOSED.value:
            row.state = rules.after(Act.TAKE_BACK, ChangeState.PROPOSED).value
            row.lock, row.decided_at = row.lock + 1, now
            step = Step(SUBJECT, row.id, "take-change-back", ChangeState.PROPOSED.value, row.state)
            audit.append(session, step, who, now)
