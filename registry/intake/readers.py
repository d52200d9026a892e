"""Who gets letters about a report of their organization."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.identity.models import Membership
from registry.identity.rules import Role
from registry.intake.models import Submission

READERS_MAX: Final = 20
"""People of one organization who get a letter about one thing."""


def readers(session: Session, row: Submission) -> list[str]:
    """Its author while they belong to the organization, else the administrators of that."""
    home = Membership.organization_id == row.organization_id
    author = select(Membership.person_id).where(home, Membership.person_id == row.author_id).limit(1)
    if session.scalar(author) is not None:
        return [row.author_id]
    admins = select(Membership.person_id).where(home, Membership.role == Role.ORG_ADMIN.value).distinct()
    return list(session.scalars(admins.order_by(Membership.person_id).limit(READERS_MAX)))
