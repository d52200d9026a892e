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
    lightest,
    may_be_given,
)
from registry.review.queue.picking import readable

BATCH: Final = 20
"""Reports given in one unit of work."""
PEOPLE_MAX: Final = 500
"""Reviewers who are thought of."""
ACTION: Final = "give"
TraitsOf = Callable[[Session, Submission], Traits]


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who could be given work."""

    actor: Actor
    wishes: Wishes


class Assigning:
    """The giving of reports; the worker runs it again and again."""

    def __init__(self, private: PrivateDatabase, clock: Clock, traits: TraitsOf) -> None:
        self._private, self._clock, self._traits = private, clock, traits

    def run(self) -> int:
        """Give what waits and was given to nobody; returns how many reports found somebody."""
        given = 0
        while True:
            asked, found = self._some()
            given += found
            if asked < BATCH:
                return given

    def _some(self) -> tuple[int, int]:
        now = self._clock()
        with self._private.work() as session:
            rows = list(session.scalars(_waiting(now)))
            people = _reviewers(session) if rows else []
            loads = keeping.loads(session, [one.actor.id for one in people], now)
            given = sum(self._give(session, row, people, loads, now) for row in rows)
        return len(rows), given

    def _give(
        self,
        session: Session,
        row: Submission,
        people: Sequence[Reviewer],
        loads: dict[str, int],
        now: datetime,
    ) -> bool:
        before = session.get(Assignment, row.id)
        last = None if before is None else before.reviewer_id
        could = self._candidates(session, row, people, loads, now)
        asked = lightest([one for one in could if one.person_id != last] or could)
        chosen = secrets.choice(asked).person_id if asked else None
        life = ASKED_AGAIN if chosen is None else GIVEN_FOR
        session.merge(Assignment(submission_id=row.id, reviewer_id=chosen, at=now, until=now + life))
        if chosen is None:
            return False
        loads[chosen] += 1
        audit.append(session, Step(steps.SUBJECT, row.id, ACTION, row.state, row.state), REGISTRY, now)
        return True

    def _candidates(
        self,
        session: Session,
        row: Submission,
        people: Sequence[Reviewer],
        loads: dict[str, int],
        now: datetime,
    ) -> list[Candidate]:
        try:
            report = self._traits(session, row)
        except (Gone, NotFound, Unavailable):  # what cannot be read now is given to nobody now
            return []
        found = []
        for one in people:
            load, fits = loads[one.actor.id], fit(one.wishes, report)
            if fits is Fit.NOT or not may_be_given(one.wishes, load, now.date()):
                continue
            if is_free_for(session, one.actor, row):
                found.append(Candidate(one.actor.id, fits, load))
        return found


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
        .with_for_update(of=Submission)
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
