"""The steward's desk: organizations by state, and decisions about them with a recorded reason."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import By, Step
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, Invalid, NotFound, Problem, Stale
from registry.identity.models import Organization, Person
from registry.identity.oauth.models import Client
from registry.identity.rows import rows
from registry.identity.rules import OrganizationState, Permission, Role, allowed
from registry.identity.starting import by
from registry.identity.tenants import rules
from registry.identity.tenants.applications import DECLINED as LAPSE_DECLINED
from registry.identity.tenants.applications import alike
from registry.identity.tenants.letters import APPROVED, DECLINED
from registry.identity.tenants.members import hold, is_settled, members_of
from registry.identity.tenants.models import Application, Ruling
from registry.identity.tenants.rules import (
    Action,
    Operator,
    Review,
    Whoever,
    after,
    demand_any,
    paragraphs,
)
from registry.identity.tenants.views import (
    ApplicationView,
    OrganizationFile,
    OrganizationView,
    RulingView,
    organization_view,
)
from registry.outbox import enqueue

SUBJECT = "organization"
SHOWN = tuple(state for state in OrganizationState if state is not OrganizationState.ERASED)


class Standing:
    """Who may act at this node, decided by the steward or the operator."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def all(self, who: Whoever, state: OrganizationState | None = None) -> list[OrganizationView]:
        """Organizations in one state, or in every one that is shown; oldest first."""
        require_steward(who)
        wanted = SHOWN if state is None else (state,)
        query = (
            select(Organization)
            .where(_decidable(who), Organization.state.in_([one.value for one in wanted]))
            .order_by(Organization.created_at, Organization.name)
        )
        with self._private.read() as session:
            return [organization_view(row) for row in session.scalars(query)]

    def counts(self, who: Whoever) -> dict[OrganizationState, int]:
        """How many organizations are in each state that is shown."""
        require_steward(who)
        with self._private.read() as session:
            counted = (
                select(Organization.state, func.count()).where(_decidable(who)).group_by(Organization.state)
            )
            found: dict[str, int] = {row[0]: row[1] for row in session.execute(counted)}
        return {state: found.get(state.value, 0) for state in SHOWN}

    def read(self, who: Whoever, organization_id: str) -> OrganizationFile:
        """Everything the steward needs to decide; raises ``NotFound``."""
        require_steward(who)
        with self._private.read() as session:
            row = session.get(Organization, organization_id)
            if row is None or not _is_decidable(who, row):
                raise NotFound
            people = members_of(session, row.id)
            programs = select(func.count()).select_from(Client)
            return OrganizationFile(
                organization=organization_view(row),
                application=_application(session, row.id),
                rulings=tuple(_rulings(session, row.id)),
                admins=tuple(one for one in people if Role.ORG_ADMIN in one.roles),
                people=len(people),
                programs=session.scalar(programs.where(Client.organization_id == row.id)) or 0,
                alike=tuple(organization_view(one) for one in alike(session, row.name) if one.id != row.id),
            )

    def unconfirmed(self, who: Whoever) -> frozenset[str]:
        """Ids of the organizations that wait for their applicant rather than for the steward."""
        require_steward(who)
        query = (
            select(Organization.id, Person)
            .join(Application, Application.organization_id == Organization.id)
            .join(Person, Person.id == Application.applicant_id)
            .where(Organization.state == OrganizationState.APPLIED.value, Person.email_verified_at.is_(None))
        )
        with self._private.read() as session:
            rows = session.execute(query).all()
            return frozenset(key for key, person in rows if not is_settled(session, person))

    def approve(
        self, who: Whoever, organization_id: str, reason: str, *, seen: OrganizationState | None = None
    ) -> None:
        """Let an organization join; raises ``Conflict`` while its applicant's address is not confirmed.

        ``seen`` is the state that whoever decides was shown; ``Stale`` where it is another by now.
        """
        with self._private.work() as session:
            row = decided_on(session, who, organization_id, seen)
            application = _row(session, row.id)
            applicant = session.get(Person, application.applicant_id) if application is not None else None
            if applicant is not None and not is_settled(session, applicant):
                raise Conflict(N_("The applicant has not confirmed the e-mail address yet."))
            move(session, row, Action.APPROVE, reason, who, self._clock())
            if application is not None:
                enqueue(session, APPROVED, {"application_id": application.id}, self._clock())

    def decline(
        self, who: Whoever, organization_id: str, reason: str, *, seen: OrganizationState | None = None
    ) -> None:
        """Let an organization not join; the applicant reads the reason, and all is forgotten in time."""
        now = self._clock()
        with self._private.work() as session:
            row = decided_on(session, who, organization_id, seen)
            move(session, row, Action.DECLINE, reason, who, now)
            application = _row(session, row.id)
            if application is not None:
                payload = {"application_id": application.id}
                enqueue(session, DECLINED, payload, now)
                enqueue(session, LAPSE_DECLINED, payload, now + timedelta(days=rules.DECLINED_DAYS))

    def allow_review(
        self, who: Whoever, organization_id: str, reason: str, *, seen: OrganizationState | None = None
    ) -> None:
        """Let an organization's administrators make reviewers."""
        with self._private.work() as session:
            row = decided_on(session, who, organization_id, seen)
            set_review(session, row, Review.ALLOW, reason, who, self._clock())


def require_steward(who: Whoever) -> None:
    """Raises ``NotAllowed`` unless this is a steward or the operator."""
    demand_any(who, Permission.DECIDE_APPLICATIONS)


def _decidable(who: Whoever) -> ColumnElement[bool]:
    """The organizations that can be decided about; for the operator, all of which something is left."""
    if isinstance(who, Operator):
        return Organization.state.in_([state.value for state in SHOWN])
    return rows(who, Permission.DECIDE_APPLICATIONS, Organization.id, Organization.state)


def _is_decidable(who: Whoever, row: Organization) -> bool:
    if isinstance(who, Operator):
        return row.state in SHOWN
    return allowed(who, Permission.DECIDE_APPLICATIONS, row.id, row.state)


def decided_on(
    session: Session, who: Whoever, organization_id: str, seen: OrganizationState | None = None
) -> Organization:
    """The organization that is to be decided on, kept from others.

    Raises ``NotAllowed``, ``NotFound``, or ``Stale`` when it is not in the state that was ``seen``.
    """
    require_steward(who)
    row = hold(session, organization_id)
    if not _is_decidable(who, row):
        raise NotFound
    if seen is not None and row.state != seen.value:
        raise Stale
    return row


def move(
    session: Session, row: Organization, action: Action, reason: str, who: Whoever, now: datetime
) -> None:
    """Take a step of the transition table and record it with its reason; raises ``Conflict``, ``Invalid``."""
    old = OrganizationState(row.state)
    new = after(action, old)
    _record(session, row, action.value, reason, who, now)
    row.state = new.value
    audit.append(session, Step(SUBJECT, row.id, action.value, old.value, new.value), signed(who), now)


def set_review(
    session: Session, row: Organization, review: Review, reason: str, who: Whoever, now: datetime
) -> None:
    """Say whether an organization examines reports, and why; raises ``Conflict`` or ``Invalid``."""
    wanted = review is Review.ALLOW
    if not row.active or row.may_review is wanted:
        raise Conflict
    _record(session, row, review.value, reason, who, now)
    row.may_review = wanted
    audit.append(session, Step(SUBJECT, row.id, review.value), signed(who), now)


def signed(who: Whoever) -> By:
    """Whoever decides, as the audit trail names them."""
    return By("operator") if isinstance(who, Operator) else by(who)


def _record(
    session: Session, row: Organization, action: str, reason: str, who: Whoever, now: datetime
) -> None:
    """Keep the reason beside the trail, which carries no words of people and cannot be erased."""
    reason = paragraphs(reason)
    if not 0 < len(reason) <= rules.REASON_MAX:
        facts = {"most": rules.REASON_MAX}
        raise Invalid([Problem("/reason", N_("Give a reason, in at most %(most)s characters."), facts)])
    session.add(
        Ruling(
            organization_id=row.id,
            action=action,
            reason=reason,
            decided_by=None if isinstance(who, Operator) else who.id,
            decided_at=now,
        )
    )


def _row(session: Session, organization_id: str) -> Application | None:
    return session.scalar(select(Application).where(Application.organization_id == organization_id))


def _application(session: Session, organization_id: str) -> ApplicationView | None:
    row = _row(session, organization_id)
    if row is None:
        return None
    person = session.get_one(Person, row.applicant_id)
    return ApplicationView(
        applicant=person.name,
        email=person.email,
        website=row.website,
        purpose=row.purpose,
        applied_at=row.applied_at,
        confirmed=is_settled(session, person),
    )


def _rulings(session: Session, organization_id: str) -> list[RulingView]:
    query = (
        select(Ruling, Person.name)
        .outerjoin(Person, Person.id == Ruling.decided_by)
        .where(Ruling.organization_id == organization_id)
        .order_by(Ruling.decided_at, Ruling.id)
    )
    return [
        RulingView(row.action, row.reason, name or "", row.decided_at) for row, name in session.execute(query)
    ]
