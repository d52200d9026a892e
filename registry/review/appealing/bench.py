"""Whether a node has anybody who may decide on an appeal, inside the unit of work of whoever asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.identity.kin.models import Departure
from registry.identity.kin.reading import parents
from registry.identity.kin.rules import family
from registry.identity.models import Membership, Organization, Person
from registry.identity.rules import Role
from registry.intake.identities.models import ReportOffer
from registry.intake.models import Submission
from registry.review.appealing.rows import judges
from registry.review.appealing.rules import can_anybody
from registry.review.independence.models import Recusal

Bench = Mapping[str, frozenset[str]]
"""Reviewer → every organization that counts as theirs, as far as the node knows."""


def bench(session: Session) -> Bench:
    """Everybody who reviews at this node. Ties that people declared themselves are not counted."""
    reviewers = (
        select(Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .join(Organization, Organization.id == Membership.organization_id)
        .where(Membership.role == Role.REVIEWER.value, Person.active, Organization.active)
    )
    homes = select(Membership.person_id, Membership.organization_id).where(
        Membership.person_id.in_(reviewers)
    )
    left = select(Departure.person_id, Departure.organization_id).where(Departure.person_id.in_(reviewers))
    above, found = parents(session), defaultdict[str, set[str]](set)
    for person_id, organization_id in session.execute(homes.union(left)):
        found[person_id] |= family(above, organization_id)
    return {person_id: frozenset(circle) for person_id, circle in found.items()}


def is_stuck(session: Session, row: Submission, seats: Bench) -> bool:
    """Whether nobody on this bench may decide on the appeal of a report."""
    people, organizations = judges(session, row.id)
    asked = select(ReportOffer.publisher_id).where(
        ReportOffer.submission_id == row.id, ReportOffer.publisher_id.is_not(None)
    )
    aside = session.scalars(select(Recusal.reviewer_id).where(Recusal.submission_id == row.id))
    out = people.union(aside)
    closed = organizations.union([row.organization_id], filter(None, session.scalars(asked)))
    return not can_anybody((circle for who, circle in seats.items() if who not in out), closed)
