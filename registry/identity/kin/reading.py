"""Whose reports somebody must not judge, inside the unit of work of whoever asks."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, bindparam, literal, select, true, union_all
from sqlalchemy.orm import Session

from registry.account.about import folded
from registry.identity.kin.models import DeclaredTie, Departure, OtherName, Parent
from registry.identity.kin.rules import family
from registry.identity.models import Membership, Organization
from registry.identity.rules import Actor, OrganizationState

_KNOWN = (OrganizationState.ACTIVE.value, OrganizationState.SUSPENDED.value)

_NAMED, _WITHIN, _BELOW = "named", "within", "below"
# What a person named, where they are or were lately, and every parent: asked together, before every list.
_TOLD = union_all(
    select(literal(_NAMED), DeclaredTie.folded, literal("")).where(
        DeclaredTie.person_id == bindparam("person")
    ),
    select(literal(_WITHIN), Membership.organization_id, literal("")).where(
        Membership.person_id == bindparam("person")
    ),
    select(literal(_WITHIN), Departure.organization_id, literal("")).where(
        Departure.person_id == bindparam("person")
    ),
    select(literal(_BELOW), Parent.organization_id, Parent.parent_id),
)


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


def judging_names(session: Session) -> tuple[str, ...]:
    """Every name, as it is written, of the organizations whose reviewers judge on this node."""
    judges = and_(Organization.may_review, Organization.active)
    registered = select(Organization.name).where(judges)
    others = select(OtherName.name).join(Organization, Organization.id == OtherName.organization_id)
    return tuple(session.scalars(union_all(registered, others.where(judges))))


def parents(session: Session) -> dict[str, str]:
    """Child → parent, of every organization that has one."""
    return {row.organization_id: row.parent_id for row in session.scalars(select(Parent))}


def _ties_of(session: Session, actor: Actor) -> Ties:
    told: dict[str, set[tuple[str, str]]] = {_NAMED: set(), _WITHIN: set(), _BELOW: set()}
    for what, one, other in session.execute(_TOLD, {"person": actor.id}):
        told[what].add((one, other))
    # A program has no ties of its own: what it would have named is nobody's.
    declared = set[str]() if actor.client_id == actor.id else {folded(name) for name, _ in told[_NAMED]}
    roots = {actor.organization_id, *(key for key, _ in told[_WITHIN])}
    every = _names(session, None) if declared else []
    roots |= {key for key, name, known in every if known and name in declared}
    above = dict(told[_BELOW])
    organizations = frozenset(one for root in roots for one in family(above, root))
    names = every or _names(session, organizations)
    return Ties(organizations, frozenset(declared | {name for key, name, _ in names if key in organizations}))


def _names(session: Session, organizations: frozenset[str] | None) -> list[tuple[str, str, bool]]:
    """Key, folded name and whether it counts as one of this node, of these organizations or of every one.

    Whoever named a tie is asked against every name: not every database folds every script as Python does.
    """
    registered = select(Organization.id, Organization.name, Organization.state.in_(_KNOWN))
    other = select(OtherName.organization_id, OtherName.name, true())
    if organizations is not None:
        registered = registered.where(Organization.id.in_(organizations))
        other = other.where(OtherName.organization_id.in_(organizations))
    rows = session.execute(union_all(registered, other))
    return [(key, folded(name), bool(known)) for key, name, known in rows]
