"""Giving waiting reports to reviewers, so that nobody has to look for work and none has too much.

A report is given to whoever it fits and holds least. That keeps nobody else from it, and lapses after two
days; then somebody else is asked. Every bound of independence holds here as it does for a claim.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Select, and_, not_, or_, select
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import REGISTRY, Step
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import Conflict, Gone, NotFound, Unavailable
from registry.identity.models import Membership, Organization, Person
from registry.identity.rules import Actor, Role
from registry.identity.starting import first_organization, person_actor
from registry.intake import steps
from registry.intake.models import Submission
from registry.intake.rules import State
from registry.review import interest
from registry.review.concluding import refuse_second_vote
from registry.review.pools import keeping
from registry.review.pools.models import Assignment
from registry.review.pools.rules import (
    ASKED_AGAIN,
    GIVEN_FOR,
    Candidate,
    Fit,
    Traits,
    Wishes,
    fit,
    in_turn,
    may_be_given,
)
from registry.review.queue.picking import readable

BATCH: Final = 20
"""Reports given in one unit of work."""
PEOPLE_MAX: Final = 500
"""Reviewers who are thought of."""
ACTION: Final = "give"
_mixed: Final = secrets.SystemRandom().sample
TraitsOf = Callable[[Session, Submission], Traits]


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who could be given work."""

    actor: Actor
    wishes: Wishes


@dataclass(frozen=True, slots=True)
class Giving:
    """One report on its way to somebody: inside which unit of work, who holds how many, and when."""

    session: Session
    row: Submission
    loads: dict[str, int]
    now: datetime


class Assigning:
    """The giving of reports; the worker runs it again and again."""

    def __init__(self, private: PrivateDatabase, clock: Clock, traits: TraitsOf) -> None:
        self._private, self._clock, self._traits = private, clock, traits

    def run(self) -> int:
        """Give what waits and was given to nobody; returns how many reports found somebody."""
        if not self._anything_waits():
            return 0
        given, people = 0, self._people()
        while True:
            asked, found = self._some(people)
            given += found
            if asked < BATCH:
                return given

    def _anything_waits(self) -> bool:
        with self._private.read() as session:
            return (
                session.scalar(_waiting(self._clock()).with_only_columns(Submission.id).limit(1)) is not None
            )

    def _people(self) -> list[Reviewer]:
        """Asked once a run: who stops reviewing meanwhile is given a report that they cannot claim."""
        with self._private.read() as session:
            return _reviewers(session)

    def _some(self, people: Sequence[Reviewer]) -> tuple[int, int]:
        now = self._clock()
        with self._private.work() as session:
            rows = list(session.scalars(_waiting(now).with_for_update(of=Submission)))
            loads = keeping.loads(session, [one.actor.id for one in people], now)
            return len(rows), sum(self._give(Giving(session, row, loads, now), people) for row in rows)

    def _give(self, giving: Giving, people: Sequence[Reviewer]) -> bool:
        session, row, now = giving.session, giving.row, giving.now
        before = session.get(Assignment, row.id)
        last = None if before is None else before.reviewer_id
        chosen = self._chosen(giving, people, last)
        life = ASKED_AGAIN if chosen is None else GIVEN_FOR
        session.merge(Assignment(submission_id=row.id, reviewer_id=chosen, at=now, until=now + life))
        if chosen is None:
            return False
        giving.loads[chosen] += 1
        audit.append(session, Step(steps.SUBJECT, row.id, ACTION, row.state, row.state), REGISTRY, now)
        return True

    def _chosen(self, giving: Giving, people: Sequence[Reviewer], last: str | None) -> str | None:
        """The first in turn who could claim it; the bounds of independence cost most, and are asked last."""
        session, row = giving.session, giving.row
        try:
            report = self._traits(session, row)
        except (Gone, NotFound, Unavailable):  # what cannot be read now is given to nobody now
            return None
        actors = {one.actor.id: one.actor for one in people}
        fitting = [
            Candidate(one.actor.id, fits, giving.loads[one.actor.id])
            for one in people
            if (fits := fit(one.wishes, report)) is not Fit.NOT
            and may_be_given(one.wishes, giving.loads[one.actor.id], giving.now.date())
        ]
        return next(
            (
                key
                for key in in_turn(_mixed(fitting, len(fitting)), last)
                if is_free_for(session, actors[key], row)
            ),
            None,
        )


def is_free_for(session: Session, actor: Actor, row: Submission) -> bool:
    """Whether somebody could claim a waiting report, were it not held."""
    query = select(Submission.id).where(Submission.id == row.id, readable(session, actor))
    if session.scalar(query) is None or interest.concerns(session, actor, row):
        return False
    try:
        refuse_second_vote(session, actor, row)
    except Conflict:
        return False
    return True


def _waiting(now: datetime) -> Select[Submission]:
    standing = and_(Assignment.at >= Submission.state_at, Assignment.until > now)
    return (
        select(Submission)
        .outerjoin(Assignment, Assignment.submission_id == Submission.id)
        .where(
            Submission.state == State.SUBMITTED.value,
            Submission.erased_at.is_(None),
            or_(Assignment.submission_id.is_(None), not_(standing)),
        )
        .order_by(Submission.due_at, Submission.id)
        .limit(BATCH)
    )


def _reviewers(session: Session) -> list[Reviewer]:
    """Active people who review, each acting for the organization that they sign in for."""
    query = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .join(Organization, Organization.id == Membership.organization_id)
        .where(Membership.role == Role.REVIEWER.value, Person.active, Organization.active)
        .distinct()
        .order_by(Person.id)
        .limit(PEOPLE_MAX)
    )
    people = list(session.scalars(query))
    wishes = keeping.wishes_of(session, [one.id for one in people])
    found = []
    for person in people:
        home = first_organization(session, person.id)
        actor = None if home is None else person_actor(session, person, home, rests=False)
        if actor is not None and Role.REVIEWER in actor.roles:
            found.append(Reviewer(actor, wishes.get(person.id, Wishes())))
    return found
