"""Which reports do not exist for a reviewer, inside the unit of work of whoever asks."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from registry.identity.kin.reading import ties_of
from registry.identity.rules import Actor
from registry.intake.identities.naming import hidden_from
from registry.intake.models import Submission
from registry.review.independence.models import Recusal


def hidden(session: Session, actor: Actor) -> ColumnElement[bool]:
    """The condition that is true of reports that the reviewer must not see.

    Told or published by an organization that they have ties with (``kin/reading.py``), not yet taken
    over by a publisher, or one from which they stepped aside.
    """
    aside = select(Recusal.reviewer_id).where(
        Recusal.submission_id == Submission.id, Recusal.reviewer_id == actor.id
    )
    return or_(hidden_from(ties_of(session, actor).organizations), exists(aside.correlate(Submission)))


def is_hidden(session: Session, actor: Actor, submission_id: str) -> bool:
    """The same for one report."""
    query = select(Submission.id).where(Submission.id == submission_id, hidden(session, actor))
    return session.scalar(query) is not None
