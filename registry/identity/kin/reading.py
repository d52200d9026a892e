"""Whose reports somebody must not judge, inside the unit of work of whoever asks."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.account.about import folded
from registry.identity.kin.models import DeclaredTie, Departure, OtherName, Parent
from registry.identity.kin.rules import family
from registry.identity.models import Membership, Organization
from registry.identity.rules import Actor, OrganizationState

_KNOWN = (OrganizationState.ACTIVE.value, OrganizationState.SUSPENDED.value)


@dataclass(frozen=True, slots=True)
class Ties:
    """The organizations that count as an actor's own, and every folded name that stands for one of them."""

    organizations: frozenset[str]
    names: frozenset[str]


def ties_of(session: Session, actor: Actor) -> Ties:
    """The organizations that an actor has to do with.

    The one they act for, every other one of theirs, those they left lately, those that they named
    themselves, and whatever belongs to the same family as one of these.
    """
    key = (__name__, actor.id, actor.organization_id)
    if key not in session.info:  # asked for several times in one unit of work
        session.info[key] = _ties_of(session, actor)
    found: Ties = session.info[key]
    return found


def registered_names(session: Session, organization_id: str) -> frozenset[str]:
    """The folded names under which the steward knows an organization and its family.

    Other names are not among them: whoever could add one could speak for anybody.
    """
    kin = family(parents(session), organization_id)
    names = select(Organization.name).where(Organization.id.in_(kin), Organization.state.in_(_KNOWN))
    return frozenset(map(folded, session.scalars(names)))


def parents(session: Session) -> dict[str, str]:
    """Child → parent, of every organization that has one."""
    return {row.organization_id: row.parent_id for row in session.scalars(select(Parent))}


def _ties_of(session: Session, actor: Actor) -> Ties:
    declared = set[str]() if actor.client_id == actor.id else _declared(session, actor.id)
    roots = {actor.organization_id, *_of_person(session, actor.id), *_known_as(session, declared)}
    above = parents(session)
    organizations = frozenset(one for root in roots for one in family(above, root))
    return Ties(organizations, frozenset(declared | _names(session, organizations)))


def _of_person(session: Session, person_id: str) -> set[str]:
    """Organizations that a person belongs to, or left lately."""
    here = select(Membership.organization_id).where(Membership.person_id == person_id)
    left = select(Departure.organization_id).where(Departure.person_id == person_id)
    return set(session.scalars(here.union(left)))


def _declared(session: Session, person_id: str) -> set[str]:
    return set(session.scalars(select(DeclaredTie.folded).where(DeclaredTie.person_id == person_id)))


def _known_as(session: Session, names: set[str]) -> set[str]:
    """The organizations of this node that have one of these folded names."""
    if not names:
        return set()
    known = select(Organization.id, Organization.name).where(Organization.state.in_(_KNOWN))
    other = select(OtherName.organization_id).where(OtherName.folded.in_(names))
    # Not every database folds every script as Python does.
    by_name = {key for key, name in session.execute(known) if folded(name) in names}
    return by_name | set(session.scalars(other))


def _names(session: Session, organizations: frozenset[str]) -> set[str]:
    registered = select(Organization.name).where(Organization.id.in_(organizations))
    other = select(OtherName.name).where(OtherName.organization_id.in_(organizations))
    return {folded(name) for name in session.scalars(registered.union(other))}
