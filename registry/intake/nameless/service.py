"""Use cases of somebody without an account: begin a report, come back to it with its code, leave.

Each report without an account has a tenant of its own, an ``Organization`` in state ``nameless``. So
every rule about "their own organization's reports" holds for it as it stands: who wrote one reaches this
one and no other, and a reviewer's rules and lists need no exception. Off unless the operator says so.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from registry.clock import Clock
from registry.db.columns import random_key
from registry.db.private import PrivateDatabase
from registry.errors import N_, NotFound
from registry.identity.models import Organization
from registry.identity.roles import OrganizationState
from registry.identity.rules import Actor
from registry.identity.secrets import hash_secret, new_secret
from registry.intake.following.finding import by_code
from registry.intake.models import Submission
from registry.intake.nameless.models import Visit

LIFE: Final = timedelta(hours=12)
"""How long a visit lasts; the code opens another."""
DESCRIPTOR: Final = "a person without an account"
"""How reviewers and the public know who reported."""
OFF: Final = N_("This node takes reports from organizations only. Sign in for yours, or write to it.")


class NamelessReports:
    """Visits of people without an account."""

    def __init__(self, private: PrivateDatabase, clock: Clock, *, taken: bool) -> None:
        self._private, self._clock, self.taken = private, clock, taken

    def start(self, language: str) -> str:
        """Room for one report; gives the secret of the visit. Raises ``NotFound`` where none is taken."""
        if not self.taken:
            raise NotFound(OFF)
        key, now = random_key(), self._clock()
        with self._private.work() as session:
            self._sweep(session)
            session.add(
                Organization(
                    id=key,
                    name=f"nameless {key}",
                    descriptor=DESCRIPTOR,
                    language=language,
                    state=OrganizationState.NAMELESS.value,
                    created_at=now,
                )
            )
            session.flush()
            return self._visit(session, key)

    def enter(self, code: str) -> tuple[str, str]:
        """Come back with the code; gives the secret of the visit and the report's id.

        Raises ``NotFound``, alike for wrong codes and for codes of an organization's reports.
        """
        with self._private.work() as session:
            row = by_code(session, code)
            if not _is_nameless(session, row.organization_id):
                raise NotFound
            return self._visit(session, row.organization_id), row.id

    def opens(self, code: str) -> bool:
        """Whether ``enter`` would let in: the code is of a report without an account."""
        with self._private.read() as session:
            return _is_nameless(session, by_code(session, code).organization_id)

    def guest(self, secret: str) -> Actor | None:
        """Who is acting in this visit, or None when it is over."""
        with self._private.read() as session:
            visit = session.get(Visit, hash_secret(secret))
            if visit is None or visit.expires_at <= self._clock():
                return None
            return Actor(visit.guest_id, visit.organization_id, "", "", guest=True)

    def report_of(self, guest: Actor) -> str | None:
        """Id of the guest's one report, if it is begun."""
        with self._private.read() as session:
            query = select(Submission.id).where(Submission.organization_id == guest.organization_id)
            return session.scalar(query.order_by(Submission.created_at).limit(1))

    def leave(self, secret: str) -> None:
        """End the visit; the report stays, and its code opens it again."""
        with self._private.work() as session:
            session.execute(delete(Visit).where(Visit.secret_hash == hash_secret(secret)))

    def _visit(self, session: Session, organization_id: str) -> str:
        secret = new_secret()
        session.add(
            Visit(
                secret_hash=hash_secret(secret),
                organization_id=organization_id,
                guest_id=random_key(),
                expires_at=self._clock() + LIFE,
            )
        )
        return secret

    def _sweep(self, session: Session) -> None:
        """Visits that are over go, and rooms in which nothing was ever written."""
        session.execute(delete(Visit).where(Visit.expires_at <= self._clock()))
        used = select(Submission.organization_id).union(select(Visit.organization_id))
        session.execute(
            delete(Organization).where(
                Organization.state == OrganizationState.NAMELESS.value, Organization.id.not_in(used)
            )
        )


def _is_nameless(session: Session, organization_id: str) -> bool:
    found = session.get(Organization, organization_id)
    return found is not None and found.state == OrganizationState.NAMELESS.value
