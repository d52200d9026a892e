"""Use cases of the organization that reports: see how a report names it, and choose."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.account import Account
from registry.account.about import speaks_of
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.models import Organization
from registry.identity.rules import Actor, Permission, allowed, demand
from registry.identity.starting import by
from registry.intake import access, steps
from registry.intake.identities import choosing, naming
from registry.intake.identities.models import NamingPreference, ReportOffer
from registry.intake.identities.rules import CHOOSABLE, OPEN, Identity, Wish, shown_name, waits_for
from registry.intake.identities.views import NamingView, OfferView, Publisher, offer_view
from registry.intake.models import Submission, SubmissionVersion
from registry.intake.personal import deciding
from registry.intake.rules import State, not_now

PUBLISHERS_MAX = 200
"""Organizations that are listed as publishing for others."""


class Naming:
    """How an organization's own reports name it."""

    def __init__(self, private: PrivateDatabase, clock: Clock, every: int) -> None:
        self._private, self._clock, self._every = private, clock, every

    def of(self, actor: Actor, submission_id: str) -> NamingView:
        """How a report names its organization; for whoever may read it, or write it."""
        reads = actor.holds(Permission.READ_SUBMISSIONS)
        needed = Permission.READ_SUBMISSIONS if reads else Permission.NAME_SUBMISSIONS
        with self._private.read() as session:
            return _view(session, access.shown(session, actor, submission_id, needed))

    def choose(self, actor: Actor, submission_id: str, wish: Wish, *, expected: int | None) -> None:
        """Choose, until the report is on its way into the public.

        Raises ``Invalid``, ``Stale``, or ``Conflict`` when it is too late.
        """
        with self._private.work() as session:
            row = access.held(session, actor, submission_id, Permission.NAME_SUBMISSIONS)
            steps.fresh(row, expected)
            if not allowed(actor, Permission.NAME_SUBMISSIONS, row.organization_id, row.state):
                raise not_now(State(row.state))
            now = self._clock()
            if choosing.choose(session, row, wish, by(actor), now):
                choosing.touched(row, now)
            choosing.release(session, row, now, self._every)

    def publishers(self, actor: Actor) -> Sequence[Publisher]:
        """Other organizations that say they publish for others, by name."""
        demand(actor, Permission.NAME_SUBMISSIONS)
        query = (
            select(Organization.name, Organization.descriptor, NamingPreference.terms)
            .join(NamingPreference, NamingPreference.organization_id == Organization.id)
            .where(NamingPreference.publishes, Organization.active, Organization.id != actor.organization_id)
            .order_by(Organization.name)
            .limit(PUBLISHERS_MAX)
        )
        with self._private.read() as session:
            return [Publisher(*found) for found in session.execute(query)]


def _view(session: Session, row: Submission) -> NamingView:
    organization, state = session.get_one(Organization, row.organization_id), State(row.state)
    identity = naming.identity_of(session, row.id)
    delegated = identity is Identity.DELEGATED  # nothing else has offers, or waits for anybody to take them
    held_up = delegated and not naming.goes_on(session, row)
    offer = _newest_offer(session, row) if delegated else None
    return NamingView(
        identity=identity,
        shown=naming.for_public(session, row) if delegated else _shown(identity, organization),
        name=organization.name,
        descriptor=organization.descriptor,
        offer=offer,
        mentioned=_mentioned(session, row, organization, identity),
        state=state,
        lock=row.lock,
        choosable=state in CHOOSABLE,
        waiting=state in CHOOSABLE and held_up,
        waits_for=waits_for(state, held_up=held_up, asked=offer is not None and offer.state in OPEN),
    )


def _shown(identity: Identity, organization: Organization) -> str:
    return shown_name(identity, organization.name, organization.descriptor)


def _newest_offer(session: Session, row: Submission) -> OfferView | None:
    query = select(ReportOffer).where(ReportOffer.submission_id == row.id)
    opened = naming.open_offer(session, row.id)
    newest = opened or session.scalar(query.order_by(ReportOffer.offered_at.desc()).limit(1))
    return None if newest is None else offer_view(newest, row.version)


def _mentioned(
    session: Session, row: Submission, organization: Organization, identity: Identity
) -> tuple[str, ...]:
    """Names that the choice keeps out of the public record and the report's own words put into it.

    Not those that were chosen to be hidden among the personal details.
    """
    if identity is Identity.NAMED or row.erased_at is not None:
        return ()
    words = [organization.name]
    words += [] if identity is Identity.DESCRIPTOR else [organization.descriptor]
    version = session.get(SubmissionVersion, (row.id, row.version))
    raw = {} if version is None else version.account
    said = [word for word in words if speaks_of(Account.from_json(raw), word)]
    if not said:
        return ()  # and no need to look for personal details
    read = Account.from_json(deciding.of_account(session, row.id, raw).under_review().account)
    return tuple(word for word in said if speaks_of(read, word))
