"""The review queue: what waits, oldest first, without the reader's own organization's reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, exists, func, not_, or_, select
from sqlalchemy.orm import Session

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import N_, Invalid, NotFound, Problem
from registry.identity.rows import rows
from registry.identity.rules import GUEST, Actor, Permission, demand
from registry.intake.following.models import Addition
from registry.intake.following.rules import DECIDED
from registry.intake.identities.naming import hidden_from
from registry.intake.models import Submission, SubmissionVersion
from registry.intake.paging import decode, encode
from registry.intake.personal.deciding import Chosen, chosen, title_for_reviewers
from registry.intake.rules import State
from registry.intake.vault.keys import keys_of
from registry.intake.views import Page, summary
from registry.review.asking.rows import answered_since, is_answered
from registry.review.models import Claim
from registry.review.rules import has_lapsed
from registry.review.views import ClaimView, QueueItem

OPEN = (State.SUBMITTED, State.IN_REVIEW, State.CHANGES_REQUESTED, State.ACCEPTED, State.SCHEDULED)
"""States shown in the queue, in the order of its tabs."""
PAGE_MAX = 50


@dataclass(frozen=True, slots=True)
class QueueRequest:
    """What part of the queue to show; ``mine`` narrows to what the reader has claimed.

    Reports of people without an account wait apart: ``guests`` shows them, and only them. ``changed`` shows,
    whatever their state, those to which something was added since a decision, or a question was answered,
    and no reviewer has read it.
    """

    state: State = State.SUBMITTED
    mine: bool = False
    cursor: str | None = None
    limit: int = 20
    guests: bool = False
    changed: bool = False


class ReviewQueue:
    """Reading the queue."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private = private
        self._clock = clock

    def page(self, actor: Actor, request: QueueRequest) -> Page[QueueItem]:
        """One page of the queue; raises ``NotAllowed``, ``Invalid``, ``NotFound`` for a state not in it."""
        demand(actor, Permission.READ_REVIEWS)
        if request.state not in OPEN:
            raise NotFound
        if not 1 <= request.limit <= PAGE_MAX:
            raise Invalid([Problem("/limit", N_("Between 1 and %(most)s."), {"most": PAGE_MAX})])
        since = _changed_since() if request.changed else Submission.submitted_at
        query = (
            select(Submission, SubmissionVersion, Claim, since)
            .join(
                SubmissionVersion,
                and_(
                    SubmissionVersion.submission_id == Submission.id,
                    SubmissionVersion.number == Submission.version,
                ),
            )
            .outerjoin(Claim, Claim.submission_id == Submission.id)
            .where(_readable(actor), _apart(guests=request.guests), _wanted(request))
        )
        if request.mine:
            query = query.where(Claim.reviewer_id == actor.id)
        if request.cursor is not None:
            at, key = decode(request.cursor)
            later = and_(since == at, Submission.id > key)
            query = query.where(or_(since > at, later))
        ordered = query.order_by(since, Submission.id).limit(request.limit + 1)
        with self._private.read() as session:
            found = session.execute(ordered).all()[: request.limit + 1]
            keys_of(session).fetch(session, [row.id for row, *_ in found])
            kept = chosen(session, [row.id for row, *_ in found])
            items = tuple(self._item(actor, *row, kept) for row in found[: request.limit])
        last = items[-1] if len(found) > request.limit else None
        following = encode(last.since or last.submission.created_at, last.submission.id) if last else None
        return Page(items, following)

    def counts(self, actor: Actor, *, guests: bool = False) -> Mapping[State, int]:
        """How many wait in each state, by the same rule as the pages."""
        demand(actor, Permission.READ_REVIEWS)
        with self._private.read() as session:
            return _counts(session, actor, guests=guests)

    def changed(self, actor: Actor, *, guests: bool = False) -> int:
        """To how many something was added since a decision that no reviewer has read yet."""
        demand(actor, Permission.READ_REVIEWS)
        query = (
            select(func.count())
            .select_from(Submission)
            .where(_readable(actor), _apart(guests=guests), _is_changed())
        )
        with self._private.read() as session:
            return session.scalar(query) or 0

    def _item(
        self,
        actor: Actor,
        row: Submission,
        version: SubmissionVersion,
        claim: Claim | None,
        since: datetime | None,
        kept: Mapping[str, Chosen],
    ) -> QueueItem:
        account = version.account
        coded = account.get("classification", {})
        title = title_for_reviewers(account, State(row.state), kept.get(row.id, {}))
        return QueueItem(
            submission=replace(summary(row), title=title),
            severity=next(iter(coded.get("severity", ())), None),
            sector=next(iter(coded.get("sector", ())), None),
            language=account.get("language", "en"),
            claim=claim_view(claim, actor, self._clock),
            since=since,
        )


def claim_view(claim: Claim | None, actor: Actor, clock: Clock) -> ClaimView | None:
    """The claim that holds now, or None."""
    if claim is None or has_lapsed(claim.until, clock()):
        return None
    return ClaimView(claim.reviewer_name, claim.until, claim.reviewer_id == actor.id)


def _readable(actor: Actor) -> ColumnElement[bool]:
    others = rows(actor, Permission.READ_REVIEWS, Submission.organization_id, Submission.state)
    return and_(others, not_(hidden_from(actor.organization_id)))


def _wanted(request: QueueRequest) -> ColumnElement[bool]:
    return _is_changed() if request.changed else Submission.state == request.state.value


def _is_changed() -> ColumnElement[bool]:
    """Something was added since a decision, or a question was answered, and nobody has read it."""
    unread = select(Addition.number).where(Addition.submission_id == Submission.id, Addition.unread)
    added = Submission.state.in_([state.value for state in DECIDED]) & exists(unread.correlate(Submission))
    return and_(Submission.erased_at.is_(None), or_(added, is_answered()))


def _changed_since() -> ColumnElement[datetime]:
    """When the oldest addition or answer came that nobody has read."""
    added, answered = _added_since(), answered_since()
    first = case((added < answered, added), else_=answered)
    return case((added.is_(None), answered), (answered.is_(None), added), else_=first)


def _added_since() -> ColumnElement[datetime]:
    return (
        select(func.min(Addition.at))
        .where(Addition.submission_id == Submission.id, Addition.unread)
        .correlate(Submission)
        .scalar_subquery()
    )


def _apart(*, guests: bool) -> ColumnElement[bool]:
    return Submission.channel == GUEST if guests else Submission.channel != GUEST


def _counts(session: Session, actor: Actor, *, guests: bool) -> dict[State, int]:
    query = (
        select(Submission.state, func.count())
        .where(_readable(actor), _apart(guests=guests), Submission.state.in_([state.value for state in OPEN]))
        .group_by(Submission.state)
    )
    found: dict[str, int] = {row[0]: row[1] for row in session.execute(query)}
    return {state: found.get(state.value, 0) for state in OPEN}
