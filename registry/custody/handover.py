"""When a person leaves an organization: what they had open goes to a colleague, then their access ends."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import Step
from registry.clock import Clock
from registry.custody import alone, claims
from registry.custody.rules import UNFINISHED
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, Invalid, Problem
from registry.identity import removal
from registry.identity.rules import Actor, Permission, Role
from registry.identity.starting import by
from registry.identity.tenants.members import (
    hold,
    member,
    members_of,
    refuse_without_admin,
    require,
)
from registry.identity.tenants.views import Member
from registry.intake.models import Submission
from registry.review.models import Claim

WRITERS = frozenset({Role.MEMBER, Role.ORG_ADMIN})
"""Roles of which one is needed to take over reports."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """A person who is to leave: what they have open, and which colleagues could take it."""

    person: Member
    reports: int
    claims: int
    colleagues: tuple[Member, ...]


class HandingOver:
    """What an administrator does when somebody leaves."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def leaving(self, actor: Actor, person_id: str) -> Leaving:
        """What would have to be handed over; raises ``NotFound``."""
        require(actor, Permission.MANAGE_MEMBERS)
        with self._private.read() as session:
            person = member(session, actor.organization_id, person_id)
            return Leaving(
                person=person,
                reports=_count(session, Submission, _reports(person.id, actor.organization_id)),
                claims=_count(session, Claim, _claims(person.id, actor.organization_id)),
                colleagues=_colleagues(session, actor.organization_id, person_id),
            )

    def hand_over(self, actor: Actor, person_id: str, colleague_id: str | None) -> None:
        """Move everything open to the colleague and end the person's membership, sessions and grants.

        Claims go back to the queue when the colleague is no reviewer. Raises ``NotFound``, ``Invalid``
        without a colleague who could take what is open, or ``Conflict`` when nobody would look after the
        organization or the person looks after the node.
        """
        require(actor, Permission.MANAGE_MEMBERS)
        with self._private.work() as session:
            hold(session, actor.organization_id)
            person = member(session, actor.organization_id, person_id)
            if Role.STEWARD in person.roles:
                raise Conflict(
                    N_("This person looks after the node. The operator has to release them first.")
                )
            refuse_without_admin(session, actor.organization_id, person_id)
            self._move(session, actor, person, self._chosen(session, actor, person, colleague_id))
            self._end(session, actor, person)

    def _chosen(
        self, session: Session, actor: Actor, person: Member, colleague_id: str | None
    ) -> Member | None:
        colleagues = _colleagues(session, actor.organization_id, person.id)
        chosen = next((one for one in colleagues if one.id == colleague_id), None)
        if colleague_id is not None and chosen is None:
            raise Invalid([Problem("/colleague", N_("Choose somebody of your organization."))])
        if _count(session, Submission, _reports(person.id, actor.organization_id)) == 0:
            return chosen
        if chosen is None or not WRITERS & set(chosen.roles):
            message = N_("Choose a member or an administrator who takes over the open reports.")
            raise Invalid([Problem("/colleague", message)])
        return chosen

    def _move(self, session: Session, actor: Actor, person: Member, to: Member | None) -> None:
        now, who = self._clock(), by(actor)
        held = _claims(person.id, actor.organization_id)
        if to is not None and Role.REVIEWER in to.roles:
            claims.hand_on(session, held, to, who, now)
        else:
            claims.release(session, held, who, now)
        if to is None:
            return
        rows = session.scalars(
            select(Submission).where(_reports(person.id, actor.organization_id)).with_for_update()
        )
        for row in rows:
            row.author_id = to.id
            audit.append(
                session, Step(claims.SUBJECT, row.id, "hand-over-report", person.id, to.id), who, now
            )

    def _end(self, session: Session, actor: Actor, person: Member) -> None:
        now, here = self._clock(), actor.organization_id
        removal.end_access(session, person.id, here, by(actor), now)
        audit.append(session, Step("person", person.id, "leave", reason=here), by(actor), now)
        alone.notice(session, [person.id], now)


def _reports(person_id: str, organization_id: str) -> ColumnElement[bool]:
    return and_(
        Submission.author_id == person_id,
        Submission.organization_id == organization_id,
        Submission.state.in_([state.value for state in UNFINISHED]),
    )


def _claims(person_id: str, organization_id: str) -> ColumnElement[bool]:
    return and_(Claim.reviewer_id == person_id, Claim.organization_id == organization_id)


def _count(session: Session, table: type[Submission | Claim], which: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(table).where(which)) or 0


def _colleagues(session: Session, organization_id: str, person_id: str) -> tuple[Member, ...]:
    return tuple(one for one in members_of(session, organization_id) if one.id != person_id)
