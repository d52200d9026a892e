"""Stopping an organization: sessions, programs, grants and claims end in one transaction."""

from __future__ import annotations

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from registry.clock import Clock
from registry.custody import claims
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict
from registry.identity import removal
from registry.identity.models import Membership, Organization, SignIn
from registry.identity.oauth.models import Client, Grant
from registry.identity.rules import Actor, Role
from registry.identity.tenants.rules import Action, Review, Whoever
from registry.identity.tenants.standing import decided_on, move, set_review, signed
from registry.review.models import Claim


class Suspension:
    """What the steward does when an organization must stop, and afterwards."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def suspend(self, who: Whoever, organization_id: str, reason: str) -> None:
        """Stop everything the organization does; raises ``Conflict`` for the steward's own."""
        now = self._clock()
        with self._private.work() as session:
            row = decided_on(session, who, organization_id)
            if isinstance(who, Actor) and who.organization_id == row.id:
                raise Conflict(N_("You cannot suspend your own organization: nobody could resume it."))
            move(session, row, Action.SUSPEND, reason, who, now)
            removal.end_sessions(session, SignIn.organization_id == row.id, now)
            programs = select(Client.id).where(Client.organization_id == row.id)
            granted = or_(Grant.organization_id == row.id, Grant.client_id.in_(programs))
            removal.end_grants(session, granted, signed(who), now, "the organization is suspended")
            claims.release(session, Claim.organization_id == row.id, signed(who), now)

    def resume(self, who: Whoever, organization_id: str, reason: str) -> None:
        """Let the organization act again; its people sign in anew, its programs ask for new tokens."""
        with self._private.work() as session:
            row = decided_on(session, who, organization_id)
            move(session, row, Action.RESUME, reason, who, self._clock())

    def stop_review(self, who: Whoever, organization_id: str, reason: str) -> None:
        """Let the organization review no more: its reviewers' roles and claims end."""
        now = self._clock()
        with self._private.work() as session:
            row = decided_on(session, who, organization_id)
            set_review(session, row, Review.STOP, reason, who, now)
            claims.release(session, Claim.organization_id == row.id, signed(who), now)
            _take_roles(session, row)
            _take_scopes(session, row)
            left = select(Membership.person_id).where(Membership.organization_id == row.id)
            gone = (SignIn.organization_id == row.id) & SignIn.person_id.not_in(left)
            removal.end_sessions(session, gone, now)


def _take_roles(session: Session, row: Organization) -> None:
    session.execute(
        delete(Membership).where(Membership.organization_id == row.id, Membership.role == Role.REVIEWER.value)
    )


def _take_scopes(session: Session, row: Organization) -> None:
    """Its programs review no more either; one that could do nothing else is switched off."""
    for program in session.scalars(select(Client).where(Client.organization_id == row.id)):
        left = [scope for scope in program.scopes.split() if not scope.startswith("reviews:")]
        program.active = program.active and bool(left)
        program.scopes = " ".join(left) or program.scopes
