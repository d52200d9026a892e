"""Reading the trail for what somebody is to be told; inside the caller's unit of work.

The trail is the one place that every step passes, so a step that is added later is news as soon as the
table in ``rules.py`` names it, and no act has to remember to write letters.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.audit import AuditRow
from registry.identity.models import Membership, Person
from registry.identity.rules import Role
from registry.identity.starting import first_organization, person_actor
from registry.intake import steps
from registry.intake.models import Submission
from registry.intake.readers import READERS_MAX, readers
from registry.review.independence import standing
from registry.review.models import Claim
from registry.review.news.models import NewsItem, NewsMark, NewsWish
from registry.review.news.rules import News, Reader, Rhythm, Wish, told_of
from registry.review.pools.models import Assignment

PAGE: Final = 100
"""Rows of the trail read in one unit of work; others wait for its end on an engine with one writer."""
_ONLY: Final = "trail"


def gather(session: Session) -> bool:
    """Note what the next rows of the trail are news of; whether there may be more of them."""
    mark = _mark(session)
    rows = session.execute(
        select(
            AuditRow.id,
            AuditRow.subject,
            AuditRow.subject_id,
            AuditRow.action,
            AuditRow.old,
            AuditRow.actor_id,
        )
        .where(AuditRow.id > mark.upto)
        .order_by(AuditRow.id)
        .limit(PAGE)
    ).all()
    for row in rows:
        mark.upto = row.id
        told = told_of(row.action, row.old) if row.subject == steps.SUBJECT else ()
        if told:
            _note(session, row.subject_id, told, row.actor_id)
    return len(rows) == PAGE


def wish_of(session: Session, person_id: str) -> Wish:
    """How soon a person wants to be told."""
    row = session.get(NewsWish, person_id)
    return Wish() if row is None else Wish(Rhythm(row.rhythm))


def _mark(session: Session) -> NewsMark:
    """How far the trail was read, kept from others until the unit ends."""
    mark = session.get(NewsMark, _ONLY, with_for_update=True)
    if mark is None:
        mark = NewsMark(name=_ONLY, upto=0)
        session.add(mark)
    return mark


def _note(
    session: Session, submission_id: str, told: Iterable[tuple[Reader, News]], actor_id: str | None
) -> None:
    report = session.get(Submission, submission_id)
    if report is None:
        return
    for reader, news in told:
        for person_id in _people(session, reader, report):
            if person_id != actor_id and _wants(session, person_id, news):
                session.merge(NewsItem(person_id=person_id, submission_id=report.id, news=news.value))


def _people(session: Session, reader: Reader, report: Submission) -> Iterable[str]:
    if reader is Reader.SENDER:
        return readers(session, report)
    if reader is Reader.STEWARD:
        return _stewards(session, report)
    claim, given = session.get(Claim, report.id), session.get(Assignment, report.id)
    who = claim.reviewer_id if claim is not None else None if given is None else given.reviewer_id
    return [] if who is None else [who]


def _stewards(session: Session, report: Submission) -> list[str]:
    """Those whom the report does not name; all of them where it names everybody: somebody has to know."""
    query = select(Membership.person_id).where(Membership.role == Role.STEWARD.value).distinct()
    found = list(session.scalars(query.order_by(Membership.person_id).limit(READERS_MAX)))
    return [key for key in found if not _is_named(session, key, report)] or found


def _is_named(session: Session, person_id: str, report: Submission) -> bool:
    person, home = session.get(Person, person_id), first_organization(session, person_id)
    actor = None if person is None or home is None else person_actor(session, person, home, rests=False)
    if actor is None:
        return False
    named = select(Submission.id).where(Submission.id == report.id, standing.names_own(session, actor))
    return session.scalar(named) is not None


def _wants(session: Session, person_id: str, news: News) -> bool:
    """Whether there is such a person (programs review too, and read no mail), who wants to be told."""
    person = session.get(Person, person_id)
    return person is not None and person.active and wish_of(session, person_id).wants(news)
