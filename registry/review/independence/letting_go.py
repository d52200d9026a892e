"""A claim ends by itself once a newer version names an organization that its holder has ties with.

From then on the report is not there for them: they could neither decide nor put it back.
"""

from __future__ import annotations

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from registry.audit import REGISTRY
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.models import Organization
from registry.identity.rules import Actor
from registry.intake import steps
from registry.intake.models import Submission
from registry.intake.rules import TRANSITIONS, Action
from registry.review.independence.standing import names_own
from registry.review.models import Claim

_HELD = sorted(TRANSITIONS[Action.RELEASE])
"""States in which a report can be put back."""


class LettingGo:
    """Puts such reports back; the worker runs it again and again."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def run(self) -> int:
        """How many were put back."""
        with self._private.read() as session:
            found = [(key, holder.id) for holder in _holders(session) for key in _named(session, holder)]
        return sum(self._let_go(*one) for one in found)

    def _let_go(self, key: str, holder: str) -> bool:
        with self._private.work() as session:
            row, claim = steps.locked(session, key), session.get(Claim, key)
            if claim is None or claim.reviewer_id != holder or row.state not in _HELD:  # somebody was quicker
                return False
            steps.move(session, row, Action.RELEASE, REGISTRY, self._clock())
            session.delete(claim)
        return True


def _holders(session: Session) -> list[Actor]:
    """Whoever holds a report that can be put back, for the organization that they hold it for."""
    query = (
        select(Claim.reviewer_id, Claim.organization_id, Organization.name)
        .join(Organization, Organization.id == Claim.organization_id)
        .join(Submission, Submission.id == Claim.submission_id)
        .where(Submission.state.in_(_HELD))
        .distinct()
    )
    return [_holder(row) for row in session.execute(query)]


def _holder(row: Row[str, str, str]) -> Actor:
    return Actor(row[0], row[1], row[2], "", frozenset())


def _named(session: Session, holder: Actor) -> list[str]:
    held = select(Submission.id).join(Claim, Claim.submission_id == Submission.id)
    own = (Claim.reviewer_id == holder.id) & (Claim.organization_id == holder.organization_id)
    named = names_own(session, holder)
    return list(session.scalars(held.where(own, Submission.state.in_(_HELD), named).order_by(Submission.id)))
