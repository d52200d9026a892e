"""Stopping an organization: sessions, programs, grants and claims end in one transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import By, Step
from registry.clock import Clock
from registry.custody import alone, claims
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict
from registry.identity import removal
from registry.identity.models import Membership, Organization, SignIn
from registry.identity.oauth.models import Client, Grant
from registry.identity.rules import Actor, OrganizationState, Role
from registry.identity.tenants.members import members_of
from registry.identity.tenants.rules import Action, Review, Whoever
from registry.identity.tenants.standing import decided_on, move, set_review, signed
from registry.outbox import enqueue
from registry.review.models import Claim
from registry.review.service import PUBLICATION_DUE


class Suspension:
    """What the steward does when an organization must stop, and afterwards."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def suspend(
        self, who: Whoever, organization_id: str, reason: str, *, seen: OrganizationState | None = None
    ) -> None:
        """Stop everything the organization does; raises ``Conflict`` for the steward's own.

        Its invitations rest, and its reports wait at the door, for as long as it is not active.
        """
        now = self._clock()
        with self._private.work() as session:
            row = decided_on(session, who, organization_id, seen)
            if isinstance(who, Actor) and who.organization_id == row.id:
                raise Conflict(N_("You cannot suspend your own organization: nobody could resume it."))
            move(session, row, Action.SUSPEND, reason, who, now)
            removal.end_sessions(session, SignIn.organization_id == row.id, now)
            removal.end_providers_sessions(session, row.id, now)
            programs = select(Client.id).where(Client.organization_id == row.id)
            granted = or_(Grant.organization_id == row.id, Grant.client_id.in_(programs))
            removal.end_grants(session, granted, signed(who), now, "the organization is suspended")
            _end_bearers(session, row, signed(who), now)
            _end_tokens(session, row)
            claims.release(session, Claim.organization_id == row.id, signed(who), now)

    def resume(
        self, who: Whoever, organization_id: str, reason: str, *, seen: OrganizationState | None = None
    ) -> None:
        """Let the organization act again; its people sign in anew, its programs ask for new tokens."""
        now = self._clock()
        with self._private.work() as session:
            row = decided_on(session, who, organization_id, seen)
            move(session, row, Action.RESUME, reason, who, now)
            enqueue(session, PUBLICATION_DUE, {}, now)  # reports that were accepted meanwhile

    def stop_review(
        self, who: Whoever, organization_id: str, reason: str, *, seen: OrganizationState | None = None
    ) -> None:
        """Let the organization review no more: its reviewers' roles and claims end."""
        now = self._clock()
        with self._private.work() as session:
            row = decided_on(session, who, organization_id, seen)
            set_review(session, row, Review.STOP, reason, who, now)
            claims.release(session, Claim.organization_id == row.id, signed(who), now)
            _take_roles(session, row, signed(who), now)
            _take_scopes(session, row, signed(who), now)


def _end_bearers(session: Session, row: Organization, who: By, now: datetime) -> None:
    """Its programs' long-lived tokens end for good; each is a line in the trail."""
    own = (Client.organization_id == row.id) & Client.token_hash.is_not(None)
    ended = session.execute(update(Client).where(own).values(token_hash=None).returning(Client.id))
    for client_id in sorted(ended.scalars()):
        step = Step("client", client_id, "revoke-token", reason=Action.SUSPEND.value)
        audit.append(session, step, who, now)


def _end_tokens(session: Session, row: Organization) -> None:
    """Access tokens that its programs hold stay dead, also if the organization acts again within minutes."""
    own = update(Client).where(Client.organization_id == row.id)
    session.execute(own.values(generation=Client.generation + 1))


def _take_roles(session: Session, row: Organization, who: By, now: datetime) -> None:
    """Its people are reviewers no more; those who were nothing else do not belong to it any more."""
    for person in members_of(session, row.id):
        if Role.REVIEWER not in person.roles:
            continue
        session.execute(
            delete(Membership).where(
                Membership.organization_id == row.id,
                Membership.person_id == person.id,
                Membership.role == Role.REVIEWER.value,
            )
        )
        left = [role.value for role in person.roles if role is not Role.REVIEWER]
        roles = " ".join(role.value for role in person.roles)
        audit.append(session, Step("person", person.id, "roles", roles, " ".join(left)), who, now)
        if not left:
            removal.end_access(session, person.id, row.id, who, now)
            alone.notice(session, [person.id], now)


def _take_scopes(session: Session, row: Organization, who: By, now: datetime) -> None:
    """Its programs review no more either; one that could do nothing else is switched off."""
    for program in session.scalars(select(Client).where(Client.organization_id == row.id)):
        left = [scope for scope in program.scopes.split() if not scope.startswith("reviews:")]
        if " ".join(left) == program.scopes:
            continue
        program.active = program.active and bool(left)
        program.scopes = " ".join(left) or program.scopes
        program.generation += 1
        action = "narrow" if left else "switch-off"
        audit.append(session, Step("client", program.id, action, reason=Review.STOP.value), who, now)
