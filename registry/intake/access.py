"""The one submission that an actor asks for: there for whoever may see it, and for nobody else.

Every use case on a single submission begins here, inside its own unit of work.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from registry.errors import NotFound
from registry.identity.rules import Actor, Permission, demand, show
from registry.intake import steps
from registry.intake.models import Submission
from registry.intake.rules import EDITABLE, State, not_now


def shown(session: Session, actor: Actor, submission_id: str, needed: Permission) -> Submission:
    """The row, to be read; raises ``NotAllowed``, or ``NotFound`` for what is not there for this actor."""
    demand(actor, needed)
    row = session.get(Submission, submission_id)
    if row is None:
        raise NotFound
    show(actor, needed, row.organization_id, row.state)
    return row


def held(session: Session, actor: Actor, submission_id: str, needed: Permission) -> Submission:
    """The row, kept from others until the unit ends; raises as ``shown``."""
    demand(actor, needed)
    row = steps.locked(session, submission_id)
    show(actor, needed, row.organization_id, row.state)
    return row


def editable(session: Session, actor: Actor, submission_id: str, expected: int | None) -> Submission:
    """The row of one's own report, held to be changed; raises ``Stale`` and ``Conflict`` as well."""
    row = held(session, actor, submission_id, Permission.WRITE_SUBMISSIONS)
    refuse_changes(row, expected)
    return row


def refuse_changes(row: Submission, expected: int | None = None) -> None:
    """Raises ``Stale`` where the report is not as the actor saw it, ``Conflict`` once it was sent."""
    steps.fresh(row, expected)
    if State(row.state) not in EDITABLE:
        raise not_now(State(row.state))
