"""Use cases of kin: an organization's other names, to whom it belongs, and ties that a person names."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from registry import audit
from registry.account.about import folded
from registry.audit import Step
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import N_, Invalid, NotFound, Problem
from registry.identity.kin.models import DeclaredTie, OtherName, Parent
from registry.identity.kin.reading import parents
from registry.identity.kin.rules import read_names, refuse_circle
from registry.identity.models import Organization
from registry.identity.rules import Actor, OrganizationState, Permission, demand, show
from registry.identity.starting import by
from registry.identity.tenants.members import hold, require


class Kinship:
    """Who belongs to whom; reviewers never judge their own kin's reports."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def names(self, actor: Actor) -> list[str]:
        """Other names of the actor's organization, in the order of the alphabet."""
        require(actor, Permission.MANAGE_ORGANIZATION)
        with self._private.read() as session:
            return _names(session, actor.organization_id)

    def name(self, actor: Actor, text: str) -> None:
        """Let these be the other names of the actor's organization, one a line; raises ``Invalid``."""
        require(actor, Permission.MANAGE_ORGANIZATION)
        wanted = read_names(text)
        with self._private.work() as session:
            row = hold(session, actor.organization_id)
            if _names(session, row.id) == sorted(wanted):
                return
            session.execute(delete(OtherName).where(OtherName.organization_id == row.id))
            session.add_all(
                OtherName(organization_id=row.id, name=name, folded=folded(name)) for name in wanted
            )
            step = Step("organization", row.id, "other-names", reason=str(len(wanted)))
            audit.append(session, step, by(actor), self._clock())

    def parent(self, actor: Actor, organization_id: str) -> tuple[str | None, list[tuple[str, str]]]:
        """For the steward: the id of the parent, and (id, name) of every organization that could be one."""
        demand(actor, Permission.DECIDE_APPLICATIONS)
        with self._private.read() as session:
            found = session.get(Parent, organization_id)
            return (None if found is None else found.parent_id), _candidates(session, organization_id)

    def belong(self, actor: Actor, organization_id: str, parent_id: str | None) -> None:
        """The steward writes down that an organization belongs to another one, or to none.

        Raises ``NotFound``, ``Invalid`` for an unknown parent, ``Conflict`` for a circle.
        """
        demand(actor, Permission.DECIDE_APPLICATIONS)
        with self._private.work() as session:
            row = hold(session, organization_id)
            show(actor, Permission.DECIDE_APPLICATIONS, row.id, row.state)
            if parent_id is not None:
                self._refuse(session, row.id, parent_id)
            session.execute(delete(Parent).where(Parent.organization_id == row.id))
            if parent_id is not None:
                session.add(Parent(organization_id=row.id, parent_id=parent_id))
            step = Step("organization", row.id, "belong", new=parent_id)
            audit.append(session, step, by(actor), self._clock())

    def ties(self, actor: Actor) -> list[str]:
        """Organizations that the person named themselves, in the order of the alphabet."""
        demand(actor, Permission.MANAGE_ACCOUNT)
        with self._private.read() as session:
            mine = select(DeclaredTie.name).where(DeclaredTie.person_id == actor.id)
            return sorted(session.scalars(mine))

    def declare(self, actor: Actor, text: str) -> None:
        """Let these be the organizations whose reports the person does not judge; raises ``Invalid``."""
        demand(actor, Permission.MANAGE_ACCOUNT)
        wanted = read_names(text)
        with self._private.work() as session:
            session.execute(delete(DeclaredTie).where(DeclaredTie.person_id == actor.id))
            session.add_all(
                DeclaredTie(person_id=actor.id, name=name, folded=folded(name)) for name in wanted
            )
            step = Step("person", actor.id, "declare-ties", reason=str(len(wanted)))
            audit.append(session, step, by(actor), self._clock())

    def _refuse(self, session: Session, child: str, parent_id: str) -> None:
        if parent_id not in dict(_candidates(session, child)):
            raise Invalid([Problem("/parent", N_("Choose an organization of this node."))])
        refuse_circle(parents(session), child, parent_id)


def _names(session: Session, organization_id: str) -> list[str]:
    query = select(OtherName.name).where(OtherName.organization_id == organization_id)
    return sorted(session.scalars(query))


def _candidates(session: Session, organization_id: str) -> list[tuple[str, str]]:
    if session.get(Organization, organization_id) is None:
        raise NotFound
    known = (OrganizationState.ACTIVE.value, OrganizationState.SUSPENDED.value)
    query = (
        select(Organization.id, Organization.name)
        .where(Organization.state.in_(known), Organization.id != organization_id)
        .order_by(Organization.name)
    )
    return [(key, name) for key, name in session.execute(query)]
