"""Wishes as they are kept, and how much somebody holds; inside the caller's unit of work."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from registry.errors import N_, Conflict
from registry.identity.rules import Actor
from registry.intake.models import Submission
from registry.intake.rules import State
from registry.review.models import Claim
from registry.review.pools.models import Assignment, ReviewerWishes
from registry.review.pools.rules import Wishes

SETS: Final = ("languages", "sectors", "failures", "spared")


def to_json(wishes: Wishes) -> dict[str, object]:
    """The shape that is kept and told: sorted lists, a number or null, a day or null."""
    told: dict[str, object] = {name: sorted(getattr(wishes, name)) for name in SETS}
    until = None if wishes.until is None else wishes.until.isoformat()
    return told | {"most": wishes.most, "until": until}


def from_json(kept: Mapping[str, Any]) -> Wishes:
    """What ``to_json`` gave."""
    sets = {name: frozenset(kept[name]) for name in SETS}
    until = None if kept["until"] is None else date.fromisoformat(kept["until"])
    return Wishes(**sets, most=kept["most"], until=until)


def wishes_of(session: Session, people: Collection[str]) -> dict[str, Wishes]:
    """Person → wishes, of those who have any."""
    rows = session.scalars(select(ReviewerWishes).where(ReviewerWishes.person_id.in_(people)))
    return {row.person_id: from_json(row.wishes) for row in rows}


def stands(now: datetime) -> ColumnElement[bool]:
    """The condition of an assignment that counts, joined to its report."""
    return and_(
        Assignment.submission_id == Submission.id,
        Submission.state == State.SUBMITTED.value,
        Assignment.at >= Submission.state_at,
        Assignment.until > now,
    )


def held(session: Session, people: Collection[str], now: datetime) -> dict[str, int]:
    """Person → how many reports they hold now."""
    query = select(Claim.reviewer_id, func.count()).where(Claim.reviewer_id.in_(people), Claim.until > now)
    return dict(session.execute(query.group_by(Claim.reviewer_id)).all())


def loads(session: Session, people: Collection[str], now: datetime) -> dict[str, int]:
    """Person → how many reports they hold or were given."""
    given = (
        select(Assignment.reviewer_id, func.count())
        .join(Submission, stands(now))
        .where(Assignment.reviewer_id.in_(people))
        .group_by(Assignment.reviewer_id)
    )
    found = dict.fromkeys(people, 0) | held(session, people, now)
    for person_id, count in session.execute(given):
        if person_id is not None:
            found[person_id] += count
    return found


def refuse_more(session: Session, actor: Actor, now: datetime) -> None:
    """Raises ``Conflict`` where somebody holds as many reports as they wished to hold at once."""
    kept = wishes_of(session, [actor.id]).get(actor.id)
    if kept is not None and kept.is_full(held(session, [actor.id], now).get(actor.id, 0)):
        message = N_(
            "You hold %(count)s reports, which is as many as you wished to. Decide on one or put it back, or "
            "change the number in your account."
        )
        raise Conflict(message, count=kept.most)
