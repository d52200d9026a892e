"""Letters about steps: how many of each, and nothing of what a report tells or which one it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, delete, or_, select
from sqlalchemy.orm import Session

from registry.identity.models import Person
from registry.identity.tenants.letters import Letter, Payload
from registry.outbox import enqueue
from registry.review.news.models import NewsItem, NewsWish
from registry.review.news.rules import DAY, STEPS, News, Reader, Rhythm

KINDS: Final[Mapping[Reader, str]] = {
    Reader.SENDER: "mail.news-sender",
    Reader.REVIEWER: "mail.news-reviewer",
    Reader.STEWARD: "mail.news-steward",
}
"""Kind of letter for each reader; they differ in the page that they lead to."""
READERS: Final = {news: reader for told in STEPS.values() for reader, news in told}
"""News → for whom it is."""
PEOPLE: Final = 200
"""People who are told in one unit of work."""


def tell(session: Session, now: datetime) -> int:
    """Queue a letter for people who have something to be told and want it now; returns how many people."""
    people = list(session.scalars(_due(now)))
    for person_id in people:
        mine = NewsItem.person_id == person_id
        found = Counter(News(one) for one in session.scalars(select(NewsItem.news).where(mine)))
        for reader in Reader:
            told = {news.value: str(found[news]) for news in found if READERS[news] is reader}
            if told:
                enqueue(session, KINDS[reader], {"person_id": person_id, **told}, now)
        session.execute(delete(NewsItem).where(mine))
        wish = session.get(NewsWish, person_id)
        if wish is not None:
            wish.told_at = now
    return len(people)


def write(session: Session, kind: str, payload: Payload) -> Letter | None:
    """The letter of a job; None where nobody reads it any more."""
    person = session.get(Person, payload["person_id"])
    if person is None or not person.active:
        return None
    return Letter(kind, person.email, person.language, _counted(payload))


def forget(session: Session, person_id: str) -> None:
    """Remove what a person wanted and was still to be told."""
    for table in (NewsItem, NewsWish):
        session.execute(delete(table).where(table.person_id == person_id))


def _counted(payload: Payload) -> dict[str, str]:
    """How many of each, in the order of the list of news."""
    return {news.value: payload[news.value] for news in News if news.value in payload}


def _due(now: datetime) -> Select[str]:
    """People who have something to be told, and want letters by now."""
    wants: ColumnElement[bool] = or_(
        NewsWish.person_id.is_(None),
        NewsWish.rhythm == Rhythm.AT_ONCE.value,
        and_(
            NewsWish.rhythm == Rhythm.DAILY.value,
            or_(NewsWish.told_at.is_(None), NewsWish.told_at <= now - DAY),
        ),
    )
    return (
        select(NewsItem.person_id)
        .outerjoin(NewsWish, NewsWish.person_id == NewsItem.person_id)
        .where(wants)
        .distinct()
        .order_by(NewsItem.person_id)
        .limit(PEOPLE)
    )
