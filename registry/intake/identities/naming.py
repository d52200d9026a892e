"""Who a report names, inside the unit of work of whoever asks: organization, reviewers, the door."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, bindparam, exists, not_, select
from sqlalchemy.orm import Session, aliased

from registry.identity.models import Organization
from registry.intake.identities.models import NamingPreference, ReportIdentity, ReportOffer
from registry.intake.identities.rules import (
    OPEN,
    USUAL,
    Identity,
    OfferState,
    WaitsFor,
    may_go_on,
    shown_name,
    waits_for,
)
from registry.intake.models import Submission
from registry.intake.rules import State

_USUAL = select(NamingPreference.identity).where(
    NamingPreference.organization_id == bindparam("organization")
)
_PUBLISHER = aliased(Organization)
"""An organization that publishes for another; whoever asks may have joined the one that reported."""


def identity_of(session: Session, submission_id: str) -> Identity:
    """What was chosen for a report, or the usual."""
    row = session.get(ReportIdentity, submission_id)
    return USUAL if row is None else Identity(row.identity)


def usual_identity(session: Session, organization_id: str) -> Identity:
    """What new reports of an organization begin with."""
    kept = session.connection().execute(_USUAL, {"organization": organization_id}).scalar()
    return USUAL if kept is None else Identity(kept)


def keep_identity(session: Session, submission_id: str, identity: Identity) -> None:
    """Keep what was chosen; later changes of what is usual do not reach it."""
    row = session.get(ReportIdentity, submission_id)
    if row is not None:
        row.identity = identity.value
    elif identity is not USUAL:
        session.add(ReportIdentity(submission_id=submission_id, identity=identity.value))


def open_offer(session: Session, submission_id: str) -> ReportOffer | None:
    """The request of a report that is offered or taken; there is one at most."""
    query = select(ReportOffer).where(
        ReportOffer.submission_id == submission_id, ReportOffer.state.in_([state.value for state in OPEN])
    )
    return session.scalar(query)


def for_public(session: Session, row: Submission) -> str:
    """What the public reads of whoever tells a report; empty where it reads nothing."""
    identity, teller = _teller(session, row)
    return "" if teller is None else shown_name(identity, teller.name, teller.descriptor)


def for_reviewers(session: Session, row: Submission) -> str:
    """What reviewers read: never a name, and nothing where the public reads nothing."""
    identity, teller = _teller(session, row)
    return "" if teller is None or identity is Identity.HIDDEN else teller.descriptor


def goes_on(session: Session, row: Submission) -> bool:
    """Whether nothing about its identity keeps a report from review and publication."""
    identity = identity_of(session, row.id)
    if identity is not Identity.DELEGATED:
        return True
    offer = open_offer(session, row.id)
    if offer is None or offer.publisher_id is None:
        return False
    active = session.get_one(Organization, offer.publisher_id).active
    return active and may_go_on(identity, OfferState(offer.state), offer.version, row.version)


def held_up(session: Session, ids: Sequence[str]) -> set[str]:
    """Those of these reports that wait for somebody to publish them, as the database has it now."""
    query = select(Submission.id).where(Submission.id.in_(ids), waits())
    return set(session.scalars(query))


def waiting_for(session: Session, rows: Sequence[Submission]) -> dict[str, WaitsFor | None]:
    """Id of each of these reports → for whom it waits."""
    ids = [row.id for row in rows]
    held = held_up(session, ids)
    offers = select(ReportOffer.submission_id).where(
        ReportOffer.submission_id.in_(held), ReportOffer.state.in_([state.value for state in OPEN])
    )
    asked = set(session.scalars(offers)) if held else set()
    return {
        row.id: waits_for(State(row.state), held_up=row.id in held, asked=row.id in asked) for row in rows
    }


def waits() -> ColumnElement[bool]:
    """The condition that is true of a report for which ``goes_on`` is false."""
    delegated = select(ReportIdentity.submission_id).where(
        ReportIdentity.submission_id == Submission.id, ReportIdentity.identity == Identity.DELEGATED.value
    )
    taken = (
        select(ReportOffer.id)
        .join(_PUBLISHER, _PUBLISHER.id == ReportOffer.publisher_id)
        .where(
            ReportOffer.submission_id == Submission.id,
            ReportOffer.state == OfferState.TAKEN.value,
            ReportOffer.version == Submission.version,
            _PUBLISHER.active,
        )
    )
    return and_(exists(delegated.correlate(Submission)), not_(exists(taken.correlate(Submission))))


def hidden_from(organizations: frozenset[str]) -> ColumnElement[bool]:
    """The condition that is true of reports which the reviewers of these organizations must not see.

    Those that one of them sent, publishes, or was asked to: they are its own as far as its judgement
    goes. And those that nobody has taken over yet, before their review has begun.
    """
    asked = select(ReportOffer.id).where(
        ReportOffer.submission_id == Submission.id, ReportOffer.publisher_id.in_(organizations)
    )
    own = Submission.organization_id.in_(organizations) | exists(asked.correlate(Submission))
    return own | and_(Submission.state == State.SUBMITTED.value, waits())


def _teller(session: Session, row: Submission) -> tuple[Identity, Organization | None]:
    """Whose identity is shown, and which one; None while another organization has not lent its own."""
    identity = identity_of(session, row.id)
    if identity is not Identity.DELEGATED:
        return identity, session.get_one(Organization, row.organization_id)
    offer = open_offer(session, row.id)
    if offer is None or offer.publisher_id is None or offer.lends is None:
        return identity, None
    return Identity(offer.lends), session.get_one(Organization, offer.publisher_id)
