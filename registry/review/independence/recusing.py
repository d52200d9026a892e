"""Stepping aside from a report, inside the unit of work of whoever asks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from registry import audit
from registry.audit import Step
from registry.identity.rules import Actor
from registry.identity.starting import by
from registry.intake import steps
from registry.intake.models import Submission
from registry.intake.rules import Action, State
from registry.review.independence.models import Recusal
from registry.review.models import Claim


def step_aside(session: Session, row: Submission, actor: Actor, reason_code: str, now: datetime) -> None:
    """Keep that the reviewer will not judge the report, and put it back into the queue if they held it.

    The trail says that a reviewer stepped aside; why stays between the reviewer and the node.
    """
    session.add(Recusal(submission_id=row.id, reviewer_id=actor.id, reason_code=reason_code, at=now))
    audit.append(session, Step(steps.SUBJECT, row.id, "recuse", row.state, row.state), by(actor), now)
    claim = session.get(Claim, row.id)
    if claim is None or claim.reviewer_id != actor.id:
        return
    session.delete(claim)
    if State(row.state) is State.IN_REVIEW:
        steps.move(session, row, Action.RELEASE, by(actor), now)
