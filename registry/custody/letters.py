"""Letters to an organization about what happens to its originals. No letter names a report."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.models import Membership, Person
from registry.identity.rules import Role
from registry.identity.tenants.letters import Letter
from registry.intake.models import Submission
from registry.intake.rules import State
from registry.intake.vault.rules import Facts, Keeping, lapses

LAPSING = "mail.draft-lapsing"


class OriginalsLetters:
    """Making the letters that queued jobs ask for."""

    def __init__(self, private: PrivateDatabase, clock: Clock, keeping: Keeping) -> None:
        self._private, self._clock, self._keeping = private, clock, keeping

    def write(self, _kind: str, payload: Mapping[str, str]) -> Letter | None:
        """The letter of a job, or None when the draft was changed, sent or deleted meanwhile."""
        with self._private.read() as session:
            row, person = (
                session.get(Submission, payload["submission_id"]),
                session.get(Person, payload["person_id"]),
            )
            if row is None or person is None or not person.active or row.erased_at is not None:
                return None
            end = lapses(self._keeping, Facts(State(row.state), row.updated_at, row.noticed_at))
            if end is None or row.state != State.DRAFT.value:
                return None
            days = max(1, (end - self._clock()).days)
            return Letter(LAPSING, person.email, person.language, {"days": str(days)})


def recipients(session: Session, row: Submission) -> list[str]:
    """Who is told of a draft: its author while they belong to the organization, else its administrators."""
    home = Membership.organization_id == row.organization_id
    author = select(Membership.person_id).where(home, Membership.person_id == row.author_id).limit(1)
    if session.scalar(author) is not None:
        return [row.author_id]
    admins = select(Membership.person_id).where(home, Membership.role == Role.ORG_ADMIN.value).distinct()
    return sorted(session.scalars(admins))
