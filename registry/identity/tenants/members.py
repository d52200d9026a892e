"""The people of an organization, and what the public reads of it: seen and changed by its administrators."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import Step
from registry.clock import Clock
from registry.db.columns import random_key
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, Invalid, NotAllowed, NotFound, Stale
from registry.identity.models import Membership, Organization, Person
from registry.identity.rows import rows
from registry.identity.rules import Actor, OrganizationState, Permission, Role, allowed
from registry.identity.starting import by
from registry.identity.tenants import rules
from registry.identity.tenants.rules import line_problem, one_line
from registry.identity.tenants.views import Member, OrganizationView, ordered, organization_view

LAST_ADMIN = N_("Somebody has to look after your organization. Make another person administrator first.")
"""Said to whoever would leave an organization without an administrator."""


class Members:
    """What an administrator does with their own organization and its people."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def organization(self, actor: Actor) -> OrganizationView:
        """The actor's own organization."""
        require(actor, Permission.MANAGE_ORGANIZATION)
        with self._private.read() as session:
            return organization_view(session.get_one(Organization, actor.organization_id))

    def describe(self, actor: Actor, descriptor: str, *, seen: str) -> None:
        """Change how the public knows the organization; ``seen`` is the text that was changed.

        Raises ``Invalid``, or ``Stale`` when somebody else changed it meanwhile.
        """
        require(actor, Permission.MANAGE_ORGANIZATION)
        descriptor = one_line(descriptor)
        problems = list(line_problem("/descriptor", descriptor, rules.DESCRIPTOR_MAX))
        with self._private.work() as session:
            row = hold(session, actor.organization_id)
            if row.descriptor != seen:
                raise Stale
            if problems:
                raise Invalid(problems)
            if row.descriptor == descriptor:
                return
            row.descriptor = descriptor
            audit.append(session, Step("organization", row.id, "describe"), by(actor), self._clock())

    def all(self, actor: Actor) -> list[Member]:
        """Everybody with a role in the organization, by name."""
        require(actor, Permission.MANAGE_MEMBERS)
        with self._private.read() as session:
            return _members(session, rows(actor, Permission.MANAGE_MEMBERS, Membership.organization_id))

    def one(self, actor: Actor, person_id: str) -> Member:
        """Somebody of the organization; raises ``NotFound`` for everybody else."""
        require(actor, Permission.MANAGE_MEMBERS)
        with self._private.read() as session:
            return member(session, actor.organization_id, person_id)

    def change_roles(self, actor: Actor, person_id: str, roles: Collection[str]) -> None:
        """Let a person have these roles and no other; the steward's role stays as it is.

        Raises ``NotFound``, ``Invalid``, or ``Conflict`` when nobody would look after the organization.
        """
        require(actor, Permission.MANAGE_MEMBERS)
        with self._private.work() as session:
            organization = hold(session, actor.organization_id)
            person = member(session, organization.id, person_id)
            problems = rules.role_problems(roles, may_review=organization.may_review)
            if problems:
                raise Invalid(problems)
            refuse_without_admin(session, organization.id, person_id, roles)
            self._set(session, actor, person, {Role(role) for role in roles})

    def _set(self, session: Session, actor: Actor, person: Member, wanted: set[Role]) -> None:
        held = set(person.roles) - {Role.STEWARD}
        key = (Membership.person_id == person.id, Membership.organization_id == actor.organization_id)
        for role in held - wanted:
            session.delete(session.scalars(select(Membership).where(*key, Membership.role == role)).one())
        for role in wanted - held:
            session.add(
                Membership(
                    id=random_key(),
                    person_id=person.id,
                    organization_id=actor.organization_id,
                    role=role.value,
                )
            )
        if held != wanted:
            step = Step("person", person.id, "roles", _words(held), _words(wanted))
            audit.append(session, step, by(actor), self._clock())


def require(actor: Actor, permission: Permission) -> None:
    """Raises ``NotAllowed`` unless the actor may do this to their own organization."""
    if not allowed(actor, permission, actor.organization_id):
        raise NotAllowed


def hold(session: Session, organization_id: str) -> Organization:
    """The organization's row, kept from others until the unit ends: changes of its people wait in line."""
    # What was read before the lock was granted may be old by now.
    query = select(Organization).where(Organization.id == organization_id).with_for_update()
    row = session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise NotFound
    return row


def hold_person(session: Session, person_id: str) -> Person:
    """A person's row, kept from others until the unit ends; taken after their organizations'.

    Raises ``NotFound`` for somebody who was erased meanwhile.
    """
    query = select(Person).where(Person.id == person_id, Person.active).with_for_update()
    row = session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise NotFound
    return row


def is_settled(session: Session, person: Person) -> bool:
    """Whether an account is more than a claim: its address was shown, or an organization vouches for it."""
    if person.email_verified_at is not None:
        return True
    standing = (OrganizationState.ACTIVE.value, OrganizationState.SUSPENDED.value)
    vouched = (
        select(Membership.id)
        .join(Organization, Organization.id == Membership.organization_id)
        .where(Membership.person_id == person.id, Organization.state.in_(standing))
    )
    return session.scalar(vouched.limit(1)) is not None


def members_of(session: Session, organization_id: str) -> list[Member]:
    """Everybody with a role in an organization, by name."""
    return _members(session, Membership.organization_id == organization_id)


def _members(session: Session, which: ColumnElement[bool]) -> list[Member]:
    query = (
        select(Person.id, Person.name, Person.email, Membership.role)
        .join(Membership, Membership.person_id == Person.id)
        .where(which)
        .order_by(func.lower(Person.name), Person.id)
    )
    found: dict[str, Member] = {}
    for row in session.execute(query):
        before = found[row.id].roles if row.id in found else ()
        found[row.id] = Member(row.id, row.name, row.email, ordered([*before, row.role]))
    return list(found.values())


def member(session: Session, organization_id: str, person_id: str) -> Member:
    """Somebody of an organization; raises ``NotFound``."""
    for one in members_of(session, organization_id):
        if one.id == person_id:
            return one
    raise NotFound


def refuse_without_admin(
    session: Session, organization_id: str, person_id: str, roles: Collection[str] = ()
) -> None:
    """Raises ``Conflict`` if nobody would look after the organization once this person's roles are these."""
    query = (
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.organization_id == organization_id,
            Membership.role == Role.ORG_ADMIN.value,
            Person.active,
        )
    )
    if rules.leaves_no_admin(session.scalars(query).all(), person_id, roles):
        raise Conflict(LAST_ADMIN)


def _words(roles: Collection[Role]) -> str:
    return " ".join(role.value for role in ordered(roles))
