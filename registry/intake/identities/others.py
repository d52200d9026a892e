"""Use cases of an organization that is asked to publish for others: see what is asked, take it over, refuse.

Its people read the account as the public would, and judge whether they can answer for it; whether it
is true and safe is for the reviewers, who are of neither organization.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from registry.account import Account
from registry.account.about import is_about
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, Invalid, NotFound, Problem, Stale
from registry.identity.models import Organization
from registry.identity.rows import rows
from registry.identity.rules import Actor, Permission, demand, show
from registry.identity.starting import by
from registry.identity.tenants.rules import paragraphs
from registry.intake import steps
from registry.intake.identities import choosing, letters
from registry.intake.identities.models import REASON, ReportOffer, offer_text
from registry.intake.identities.rules import DECIDABLE, LENT, REASON_MAX, SHOWN, Deed, Identity, OfferState
from registry.intake.identities.views import Offered, OfferedLine
from registry.intake.models import Submission, SubmissionVersion
from registry.intake.paging import decode, encode
from registry.intake.personal import deciding
from registry.intake.rules import State
from registry.intake.vault.originals import sealed_text
from registry.intake.views import Page

PAGE_MAX = 50
_SHOWN = Submission.state.in_([state.value for state in SHOWN])


class ForOthers:
    """What an organization does about reports that others ask it to publish."""

    def __init__(self, private: PrivateDatabase, clock: Clock, every: int) -> None:
        self._private, self._clock, self._every = private, clock, every

    def page(self, actor: Actor, *, cursor: str | None = None, limit: int = 20) -> Page[OfferedLine]:
        """What is asked and what was taken over, newest request first; raises ``Invalid``."""
        demand(actor, Permission.READ_OFFERS)
        if not 1 <= limit <= PAGE_MAX:
            raise Invalid([Problem("/limit", N_("Between 1 and %(most)s."), {"most": PAGE_MAX})])
        query = (
            select(ReportOffer, Submission, SubmissionVersion)
            .join(Submission, Submission.id == ReportOffer.submission_id)
            .join(
                SubmissionVersion,
                and_(
                    SubmissionVersion.submission_id == Submission.id,
                    SubmissionVersion.number == Submission.version,
                ),
            )
            .where(_readable(actor))
        )
        if cursor is not None:
            at, key = decode(cursor)
            earlier = and_(ReportOffer.offered_at == at, ReportOffer.id < key)
            query = query.where(or_(ReportOffer.offered_at < at, earlier))
        ordered = query.order_by(ReportOffer.offered_at.desc(), ReportOffer.id.desc()).limit(limit + 1)
        with self._private.read() as session:
            found = session.execute(ordered).all()
            lines = tuple(
                _line(session, offer, row, _public(session, row, version))
                for offer, row, version in found[:limit]
            )
        last = found[limit - 1][0] if len(found) > limit else None
        return Page(lines, encode(last.offered_at, last.id) if last else None)

    def waiting(self, actor: Actor) -> bool:
        """Whether there is anything to show to this actor at all."""
        if not actor.holds(Permission.READ_OFFERS):
            return False
        with self._private.read() as session:
            query = select(ReportOffer.id).join(Submission, Submission.id == ReportOffer.submission_id)
            return session.scalar(query.where(_readable(actor)).limit(1)) is not None

    def read(self, actor: Actor, offer_id: str) -> Offered:
        """One report as the public would read it; raises ``NotFound``."""
        demand(actor, Permission.READ_OFFERS)
        with self._private.read() as session:
            offer = session.get(ReportOffer, offer_id)
            row = _shown(session, actor, Permission.READ_OFFERS, offer)
            if offer is None:
                raise NotFound
            version = steps.newest(session, row)
            account, own = _public(session, row, version), _own(session, actor)
            return Offered(
                line=_line(session, offer, row, account),
                account=account,
                message=offer.message,
                lends=Identity(offer.lends) if offer.lends else None,
                version=row.version,
                name=own.name,
                descriptor=own.descriptor,
                decidable=State(row.state) in DECIDABLE,
                about_oneself=is_about(account, own.name),
            )

    def take(self, actor: Actor, offer_id: str, lends: str, *, version: int | None) -> None:
        """Take a report over under one's ``named`` or ``descriptor`` identity.

        ``version`` is the one that was read. Raises ``Invalid``, ``Stale`` when the report has changed
        since, ``Conflict`` when it is too late or when it names one's own organization.
        """
        if lends not in LENT:
            facts = {"known": ", ".join(LENT)}
            raise Invalid([Problem("/identity", N_("Choose one of: %(known)s."), facts)])
        with self._private.work() as session:
            offer, row = self._decidable(session, actor, offer_id)
            if version is not None and row.version != version:
                raise Stale
            account = Account.from_json(steps.newest(session, row).account)
            if is_about(account, _own(session, actor).name):
                raise Conflict(
                    N_("This report names your own organization. Somebody else has to publish it.")
                )
            now = self._clock()
            choosing.move(session, offer, Deed.TAKE, by(actor), now)
            offer.version, offer.lends = row.version, lends
            session.flush()
            letters.answer(session, offer, now)
            choosing.touched(row, now)
            choosing.release(session, row, now, self._every)

    def refuse(self, actor: Actor, offer_id: str, reason: str) -> None:
        """Refuse, also after taking it over; the organization that asks reads the reason.

        Raises ``Invalid`` without a reason, ``Conflict`` when it is too late.
        """
        reason = paragraphs(reason)
        if not 0 < len(reason) <= REASON_MAX:
            facts = {"most": REASON_MAX}
            raise Invalid([Problem("/reason", N_("Give a reason, in at most %(most)s characters."), facts)])
        with self._private.work() as session:
            offer, row = self._decidable(session, actor, offer_id)
            now = self._clock()
            choosing.move(session, offer, Deed.REFUSE, by(actor), now)
            offer.sealed_reason = sealed_text(session, row.id, reason, offer_text(offer.id, REASON))
            offer.version, offer.lends = None, None
            letters.answer(session, offer, now)
            choosing.touched(row, now)

    def _decidable(self, session: Session, actor: Actor, offer_id: str) -> tuple[ReportOffer, Submission]:
        """The request with its report, both kept from others; the report first, as everywhere."""
        demand(actor, Permission.DECIDE_OFFERS)
        seen = session.get(ReportOffer, offer_id)
        if seen is None:
            raise NotFound
        row = steps.locked(session, seen.submission_id)
        session.refresh(seen, with_for_update=True)
        _shown(session, actor, Permission.DECIDE_OFFERS, seen)
        if State(row.state) not in DECIDABLE:
            raise Conflict(N_("It is too late: the report is on its way to the public registry."))
        return seen, row


def _readable(actor: Actor) -> ColumnElement[bool]:
    return and_(rows(actor, Permission.READ_OFFERS, ReportOffer.publisher_id, ReportOffer.state), _SHOWN)


def _shown(session: Session, actor: Actor, needed: Permission, offer: ReportOffer | None) -> Submission:
    """The report of a request that exists for this actor; raises ``NotFound``."""
    if offer is None or offer.publisher_id is None:
        raise NotFound
    show(actor, needed, offer.publisher_id, offer.state)
    row = session.get_one(Submission, offer.submission_id)
    if State(row.state) not in SHOWN:
        raise NotFound
    return row


def _public(session: Session, row: Submission, version: SubmissionVersion) -> Account:
    return Account.from_json(deciding.for_public(session, row.id, version.account))


def _own(session: Session, actor: Actor) -> Organization:
    return session.get_one(Organization, actor.organization_id)


def _line(session: Session, offer: ReportOffer, row: Submission, account: Account) -> OfferedLine:
    state = OfferState(offer.state)
    asker = session.get_one(Organization, row.organization_id).name if offer.told else ""
    return OfferedLine(
        id=offer.id,
        title=account.title,
        language=account.language,
        state=state,
        again=state is OfferState.TAKEN and offer.version != row.version,
        asker=asker,
        offered_at=offer.offered_at,
        record_id=row.record_id,
    )
