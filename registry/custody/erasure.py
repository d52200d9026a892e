"""Erasing a person or an organization: what says who they were goes, random ids stay.

The audit trail cannot be changed and need not be: it never carried a name, an address or a word that
somebody wrote.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import REGISTRY, AuditRow, By, Step
from registry.clock import Clock
from registry.custody import alone, claims
from registry.custody.models import ErasureRow
from registry.custody.rules import MOVING, Stays, stays
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, Invalid, NotAllowed, NotFound, Problem
from registry.identity import removal
from registry.identity.models import Membership, Organization, Person
from registry.identity.rules import Actor, OrganizationState, Permission, Role
from registry.identity.secrets import password_matches
from registry.identity.starting import by
from registry.identity.tenants.applications import forget_application
from registry.identity.tenants.members import hold, hold_person, refuse_without_admin
from registry.identity.tenants.models import Application
from registry.identity.tenants.rules import Action, Operator, Whoever, after, demand_any, may
from registry.identity.tenants.standing import SUBJECT, signed
from registry.intake import steps
from registry.intake.attachments.models import Attachment
from registry.intake.following.models import Addition
from registry.intake.identities import erasing as identities
from registry.intake.models import IdempotencyKey, Submission, SubmissionVersion
from registry.intake.nameless.models import Visit
from registry.intake.personal.models import DetailChoice
from registry.intake.risk.models import ExactnessChoice
from registry.intake.rules import Action as Reported
from registry.intake.vault.keys import keys_of
from registry.intake.vault.models import DataKeyRow
from registry.intake.waiting import lines
from registry.review.aftercare import forgetting as aftercare
from registry.review.appealing.models import Appeal
from registry.review.asking.models import Question
from registry.review.coding.models import Coding
from registry.review.coding.second_models import SecondRow
from registry.review.independence.models import Recusal, Unmasking
from registry.review.models import Claim, DecisionRow, ReleaseRow
from registry.review.noting.models import Remark
from registry.review.pools.models import Assignment
from registry.review.quorum.models import VoteRow

_ERASERS = (Permission.MANAGE_ORGANIZATION, Permission.MANAGE_NODE)
_ABOUT_REPORTS = (
    SubmissionVersion,
    IdempotencyKey,
    Claim,
    DetailChoice,
    Addition,
    Attachment,
    ExactnessChoice,
    ReleaseRow,
    VoteRow,
    Recusal,
    Appeal,
    Unmasking,
    Question,
    Remark,
    Assignment,
    ErasureRow,
)
_STEWARD = N_("People who look after this node belong here. The operator has to release them first.")


class Erasure:
    """Removing what the node holds on somebody, at their own wish or the operator's."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def wants_password(self, actor: Actor) -> bool:
        """Whether the acting person proves a wish to erase with a password; else with their address."""
        with self._private.read() as session:
            return session.get_one(Person, actor.id).password_hash is not None

    def erase_oneself(self, actor: Actor, proof: str) -> None:
        """Erase the acting person, who proves the wish with their password (or, without one, their address).

        Raises ``Invalid`` for a wrong proof, ``Conflict`` while others depend on the person.
        """
        if actor.client_id is not None or not (actor.roles or actor.outside):
            raise NotAllowed
        self._check(actor, proof)
        with self._private.work() as session:
            self._erase(session, actor.id, by(actor))
        self._private.settle()

    def erase_person(self, operator: Operator, person_id: str) -> None:
        """Erase a person at the operator's command; raises ``NotFound`` or ``Conflict``."""
        with self._private.work() as session:
            self._erase(session, person_id, signed(operator))
        self._private.settle()

    def lapse(self, person_id: str) -> None:
        """Erase somebody who still belongs nowhere, long after they left; else do nothing."""
        with self._private.work() as session:
            person = session.get(Person, person_id, with_for_update=True)
            if person is not None:
                alone.forget_if_alone(session, person, REGISTRY, self._clock())
        self._private.settle()

    def remains(self, who: Whoever, organization_id: str) -> tuple[Stays, ...]:
        """What would stay if the organization were erased now, and why; raises ``NotFound``."""
        demand_any(who, *_ERASERS)
        with self._private.read() as session:
            row = _erasable(who, session.get(Organization, organization_id))
            return _remains(session, row.id)

    def erase_organization(
        self, who: Whoever, organization_id: str, name: str, proof: str = ""
    ) -> tuple[Stays, ...]:
        """Erase an organization whose name was typed to prove the wish; returns what stays, and why.

        Everybody but the operator also gives the ``proof`` of ``erase_oneself``. Raises ``NotFound``,
        ``Invalid`` for another name or a wrong proof, and ``Conflict`` while its reports are just being
        published or while people who look after the node belong to it.
        """
        demand_any(who, *_ERASERS)
        if isinstance(who, Actor):
            self._check(who, proof)
        now = self._clock()
        with self._private.work() as session:
            row = _erasable(who, hold(session, organization_id))
            if " ".join(name.split()).casefold() != row.name.casefold():
                raise Invalid(
                    [Problem("/name", N_("Type the name of the organization as it is written above."))]
                )
            _refuse_stewards(session, row.id)
            old = OrganizationState(row.state)
            new = after(Action.ERASE, old)
            _erase_reports(session, row.id, now)
            claims.release(session, Claim.organization_id == row.id, signed(who), now)
            aftercare.forget(session, row.id, signed(who), now)
            people = list(session.scalars(_people(row.id)))
            removal.forget_organization(session, row, signed(who), now)
            for person in people:
                alone.forget_if_alone(session, person, signed(who), now)
            step = Step(SUBJECT, row.id, Action.ERASE.value, old.value, new.value)
            audit.append(session, step, signed(who), now)
            session.flush()
            left = _remains(session, row.id)
        self._private.settle()
        return left

    def _check(self, actor: Actor, proof: str) -> None:
        with self._private.read() as session:
            person = session.get(Person, actor.id)
        if person is None or actor.client_id is not None:
            raise NotAllowed
        if person.password_hash is None:
            if proof.strip().casefold() != person.email:
                raise Invalid([Problem("/proof", N_("This is not your e-mail address."))])
        elif not password_matches(proof, person.password_hash):
            raise Invalid([Problem("/proof", N_("This is not your password."))])

    def _erase(self, session: Session, person_id: str, who: By) -> None:
        now = self._clock()
        for organization_id in sorted(session.scalars(_homes(person_id))):
            hold(session, organization_id)
        person = hold_person(session, person_id)
        _refuse_last_steward(session, person.id)
        for application in _waiting_applications(session, person.id):
            forget_application(session, application, who, now)
        for organization_id in session.scalars(_homes(person_id)):
            refuse_without_admin(session, organization_id, person.id)
        claims.release(session, Claim.reviewer_id == person.id, who, now)
        if person.active:
            alone.forget(session, person, who, now)


def _erasable(who: Whoever, row: Organization | None) -> Organization:
    """The organization if this one may erase it: its own administrator, the steward, the operator."""
    if row is None or row.state == OrganizationState.ERASED.value:
        raise NotFound
    if not any(may(who, permission, row.id) for permission in _ERASERS):
        raise NotFound
    return row


def _waiting_applications(session: Session, person_id: str) -> list[Application]:
    waiting = (OrganizationState.APPLIED.value, OrganizationState.DECLINED.value)
    query = (
        select(Application)
        .join(Organization, Organization.id == Application.organization_id)
        .where(Application.applicant_id == person_id, Organization.state.in_(waiting))
    )
    return list(session.scalars(query))


def _erase_reports(session: Session, organization_id: str, now: datetime) -> None:
    """Remove reports that are not public whole, and of public ones the originals; raises ``Conflict``."""
    rows = list(
        session.scalars(
            select(Submission).where(Submission.organization_id == organization_id).with_for_update()
        )
    )
    if any(row.state in {state.value for state in MOVING} for row in rows):
        raise Conflict(N_("Reports are just being published. Try again in a few minutes."))
    public = {row.id for row in rows if row.record_id is not None}
    for row in rows:
        if row.in_revision:
            steps.move(session, row, Reported.WITHDRAW, REGISTRY, now)
    own = select(Submission.id).where(Submission.organization_id == organization_id)
    # Files that no row names any more are swept out of their store, and no key opens them meanwhile.
    identities.forget(session, organization_id, now)
    for table in _ABOUT_REPORTS:
        session.execute(delete(table).where(table.submission_id.in_(own)))
    session.execute(delete(Visit).where(Visit.organization_id == organization_id))
    hidden = own.where(Submission.record_id.is_(None))
    session.execute(delete(DecisionRow).where(DecisionRow.submission_id.in_(hidden)))
    for sampled in (Coding, SecondRow):
        session.execute(delete(sampled).where(sampled.submission_id.in_(hidden)))
    for judged in (DecisionRow, Coding):
        session.execute(update(judged).where(judged.submission_id.in_(own)).values(sealed_note=None))
    for row in rows:
        keys_of(session).destroy(session, row.id, now)
        if row.id in public:
            row.sealed_title, row.erased_at = None, row.erased_at or now
            row.about_record, row.about_held = None, None
            lines.empty(row)
    session.execute(delete(DataKeyRow).where(DataKeyRow.submission_id.in_(hidden)))
    session.execute(delete(Submission).where(Submission.id.in_(hidden)))


def _people(organization_id: str) -> Select[Person]:
    member = select(Membership.person_id).where(Membership.organization_id == organization_id)
    return select(Person).where(Person.id.in_(member)).order_by(Person.id).with_for_update()


def _homes(person_id: str) -> Select[str]:
    return select(Membership.organization_id).where(Membership.person_id == person_id).distinct()


def _refuse_stewards(session: Session, organization_id: str) -> None:
    steward = select(Membership.id).where(
        Membership.organization_id == organization_id, Membership.role == Role.STEWARD.value
    )
    if session.scalar(steward.limit(1)) is not None:
        raise Conflict(_STEWARD)


def _refuse_last_steward(session: Session, person_id: str) -> None:
    """Raises ``Conflict``; two stewards who leave at once wait for one another here."""
    held = select(Membership.person_id).where(Membership.role == Role.STEWARD.value).order_by(Membership.id)
    if set(session.scalars(held.with_for_update())) == {person_id}:
        raise Conflict(N_("Somebody has to look after this node. The operator has to name another steward."))


def _remains(session: Session, organization_id: str) -> tuple[Stays, ...]:
    public = select(func.count()).where(
        Submission.organization_id == organization_id,
        Submission.record_id.is_not(None),
    )
    decided = select(func.count()).where(DecisionRow.organization_id == organization_id)
    trail = select(func.count()).where(AuditRow.organization_id == organization_id)
    return stays(session.scalar(public) or 0, session.scalar(decided) or 0, session.scalar(trail) or 0)
