"""A report under review: there for reviewers of other organizations, unless they have to do with it.

What a report carries (files, what was added later) is there exactly where the report itself is.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from registry.errors import NotFound
from registry.identity.rules import Actor, Permission
from registry.intake import access
from registry.intake.models import Submission
from registry.review.independence import standing


def shown(session: Session, actor: Actor, submission_id: str) -> Submission:
    """The row, to be read; raises ``NotAllowed``, or ``NotFound`` for what is not there for this reviewer."""
    return _unhidden(session, actor, access.shown(session, actor, submission_id, Permission.READ_REVIEWS))


def held(session: Session, actor: Actor, submission_id: str) -> Submission:
    """The row, kept from others until the unit ends, to be decided on; raises as ``shown``."""
    return _unhidden(session, actor, access.held(session, actor, submission_id, Permission.REVIEW))


def _unhidden(session: Session, actor: Actor, row: Submission) -> Submission:
    if standing.is_hidden(session, actor, row.id):
        raise NotFound
    return row
