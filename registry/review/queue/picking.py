"""The queries of the queue: which rows, in which order, from which one on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, not_, or_, select

from registry.identity.rows import rows
from registry.identity.rules import Actor, Permission
from registry.intake.identities.naming import hidden_from
from registry.intake.models import Submission
from registry.intake.paging import decode
from registry.intake.waiting.rules import WAITING
from registry.review.models import Claim
from registry.review.queue.kinds import KINDS
from registry.review.queue.rules import Filters, QueueRequest, Sort


def readable(actor: Actor) -> ColumnElement[bool]:
    """The condition of what exists for this reviewer; the same as for a single report."""
    others = rows(actor, Permission.READ_REVIEWS, Submission.organization_id, Submission.state)
    return and_(others, not_(hidden_from(actor.organization_id)))


def picked(
    actor: Actor, request: QueueRequest, now: datetime
) -> Select[Submission, Claim, datetime, datetime]:
    """The lines that a request asks for, in their order.

    Each is the row, the claim that holds now, its place in the order, and since when it waits.
    """
    held = and_(Claim.submission_id == Submission.id, Claim.until > now)
    at = _ordered_by(request)
    query = (
        select(Submission, Claim, at.label("place"), KINDS[request.queue].since.label("since"))
        .outerjoin(Claim, held)
        .where(readable(actor), *_wanted(request, now))
    )
    if request.mine:
        query = query.where(Claim.reviewer_id == actor.id)
    if request.cursor is not None:
        query = query.where(beyond(request, *decode(request.cursor)))
    if request.sort is Sort.NEWEST:
        return query.order_by(at.desc(), Submission.id.desc())
    return query.order_by(at, Submission.id)


def beyond(request: QueueRequest, moment: datetime, key: str) -> ColumnElement[bool]:
    """The condition of what stands after this place in the order of the request."""
    at = _ordered_by(request)
    if request.sort is Sort.NEWEST:
        return or_(at < moment, and_(at == moment, Submission.id < key))
    return or_(at > moment, and_(at == moment, Submission.id > key))


def is_late(now: datetime) -> ColumnElement[bool]:
    """The condition of reports that reviewers should have decided on by now."""
    waiting = Submission.state.in_([state.value for state in WAITING])
    return and_(waiting, Submission.due_at < now)


def _ordered_by(request: QueueRequest) -> ColumnElement[datetime]:
    kind = KINDS[request.queue]
    return kind.due if request.sort is Sort.URGENT else kind.since


def _wanted(request: QueueRequest, now: datetime) -> list[ColumnElement[bool]]:
    kind = KINDS[request.queue]
    tab = [Submission.state == request.state.value] if kind.has_states else []
    return [kind.holds, *tab, *_cut(request.filters, now)]


def _cut(filters: Filters, now: datetime) -> list[ColumnElement[bool]]:
    """One line a filter."""
    found: list[ColumnElement[bool]] = []
    if filters.severity:
        found.append(Submission.coded_severity == filters.severity)
    if filters.sector:
        found.append(Submission.coded_sectors.contains(f" {filters.sector} ", autoescape=True))
    if filters.event:
        found.append(Submission.coded_event == filters.event)
    if filters.language:
        found.append(Submission.coded_language == filters.language)
    if filters.overdue:
        found.append(is_late(now))
    return found
