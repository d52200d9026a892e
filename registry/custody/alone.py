"""People who belong to no organization any more: kept for a while, so that they can be taken in again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import By, Step
from registry.identity import removal
from registry.identity.models import Membership, Person
from registry.intake.models import IdempotencyKey
from registry.outbox import enqueue
from registry.review.news import letters as news
from registry.review.pools.models import ReviewerWishes
from registry.review.queue.models import QueueView

ALONE = "person.alone"
"""Kind of the outbox job that erases somebody who still belongs nowhere."""
ALONE_DAYS = 90
"""Days for which somebody who belongs nowhere is kept."""


def notice(session: Session, people: Collection[str], now: datetime) -> None:
    """Remember to look again at those of these people who belong nowhere."""
    session.flush()
    for person_id in people:
        if not _belongs(session, person_id):
            enqueue(session, ALONE, {"person_id": person_id}, now + timedelta(days=ALONE_DAYS))


def forget_if_alone(session: Session, person: Person, who: By, now: datetime) -> None:
    """Erase somebody who belongs nowhere: the node has no reason to keep them."""
    if person.active and not _belongs(session, person.id):
        forget(session, person, who, now)


def forget(session: Session, person: Person, who: By, now: datetime) -> None:
    """Erase a person, with what intake remembers of their requests, kept views of the queue and letters."""
    session.execute(delete(IdempotencyKey).where(IdempotencyKey.actor_id == person.id))
    news.forget(session, person.id)
    session.execute(delete(ReviewerWishes).where(ReviewerWishes.person_id == person.id))
    session.execute(delete(QueueView).where(QueueView.person_id == person.id))
    removal.forget_person(session, person, who, now)
    audit.append(session, Step("person", person.id, "erase"), who, now)


def _belongs(session: Session, person_id: str) -> bool:
    held = select(Membership.id).where(Membership.person_id == person_id).limit(1)
    return session.scalar(held) is not None
