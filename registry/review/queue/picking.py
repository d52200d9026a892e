"""The queries of the queue: which rows, in which order, from which one on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, not_, or_, select
from sqlalchemy.orm import Session

from registry.identity.rows import rows
from registry.identity.rules import Actor, Permission
from registry.intake.models import Submission
from registry.intake.paging import decode
from registry.intake.waiting.rules import WAITING
from registry.review.independence import standing
from registry.review.models import Claim
from registry.review.pools.keeping import stands
from registry.review.pools.models import Assignment
from registry.review.queue.kinds import KINDS
from registry.review.queue.rules import Filters, QueueRequest, Sort


def readable(session: Session, actor: Actor) -> ColumnElement[bool]:
    """The condition of what exists for this reviewer; the same as for a single report."""
    others = rows(actor, Permission.READ_REVIEWS, Submission.organization_id, Submission.state)
    return and_(others, not_(standing.hidden(session, actor)))


def picked(
    session: Session, actor: Actor, request: QueueRequest, now: datetime, *, backwards: bool = False
) -> Select[Submission, Claim, datetime, datetime, bool]:
    """The lines that a request asks for, in their order or from its end.

    Each is the row, the claim that holds now, its place in the order, since when it waits,
    and whether the reader was given it.
    """
    held = and_(Claim.submission_id == Submission.id, Claim.until > now)
    at, rising = place(request), (request.sort is not Sort.NEWEST) != backwards
    query = (
        select(
            Submission,
            Claim,
            at.label("place"),
            KINDS[request.queue].since.label("since"),
            given_to(actor, now).label("given"),
        )
        .outerjoin(Claim, held)
        .where(readable(session, actor), *_wanted(request, now))
    )
    if request.mine:
        query = query.where(or_(Claim.reviewer_id == actor.id, given_to(actor, now)))
    if request.cursor is not None:
        query = query.where(_beyond(at, *decode(request.cursor), rising=rising))
    if rising:
        return query.order_by(at, Submission.id)
    return query.order_by(at.desc(), Submission.id.desc())


def place(request: QueueRequest) -> ColumnElement[datetime]:
    """What a line is ordered by; the id decides between equals."""
    kind = KINDS[request.queue]
    return kind.due if request.sort is Sort.URGENT else kind.since


def is_late(now: datetime) -> ColumnElement[bool]:
    """The condition of reports that reviewers should have decided on by now."""
    waiting = Submission.state.in_([state.value for state in WAITING])
    return and_(waiting, Submission.due_at < now)


def given_to(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """The condition of reports that a reviewer was given to look at."""
    given = select(Assignment.submission_id).where(stands(now), Assignment.reviewer_id == actor.id)
    return exists(given.correlate(Submission))


def _beyond(at: ColumnElement[datetime], moment: datetime, key: str, *, rising: bool) -> ColumnElement[bool]:
    if rising:
        return or_(at > moment, and_(at == moment, Submission.id > key))
    return or_(at < moment, and_(at == moment, Submission.id < key))


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
