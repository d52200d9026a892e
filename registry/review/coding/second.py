"""Use cases of second coders: what waits for them, reading it without any code, and classifying it.

They belong to another organization than whoever decided on the report and whoever sent it, and are shown
neither the codes of the first reviewer nor those that were submitted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, exists, func, not_, select
from sqlalchemy.orm import Session

from registry import audit
from registry.account import Account
from registry.audit import Step
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, Invalid, NotFound, Problem
from registry.identity.rules import Actor, Permission, demand
from registry.identity.starting import by
from registry.intake import due, steps
from registry.intake.models import Submission
from registry.intake.personal.deciding import for_reviewers
from registry.intake.rules import State
from registry.outbox import enqueue
from registry.review import interest, under_review
from registry.review.coding import keeping
from registry.review.coding.models import Coding
from registry.review.coding.rules import CORE, Given, Turn, problems
from registry.review.coding.second_models import SecondRow
from registry.review.queue.picking import readable
from taxonomy import load

AGREEMENT_DUE = "agreement.due"
"""Kind of the outbox job that a second classification leaves for the door."""
ACTION = "classify-again"
"""The audit trail's word for it."""
AFTER = (State.ACCEPTED, State.SCHEDULED, State.PUBLISHED)
"""States in which a report of the sample may be classified again."""
SHOWN = 50
"""Reports of the sample that are offered at once; a bound, not a rule."""
DONE = N_("Somebody has classified this report a second time already.")


@dataclass(frozen=True, slots=True)
class Task:
    """A report that waits for a second coder; the account carries no code at all."""

    submission_id: str
    account: Account
    drawn_at: datetime
    lock: int


class SecondCoding:
    """Classifying accepted reports a second time."""

    def __init__(self, private: PrivateDatabase, clock: Clock, *, publication_every: int) -> None:
        self._private, self._clock, self._batch_every = private, clock, publication_every

    def waiting(self, actor: Actor) -> tuple[Task, ...]:
        """What waits for this person: first what is not public yet, then the oldest."""
        demand(actor, Permission.REVIEW)
        public = case((Submission.state == State.PUBLISHED.value, 1), else_=0)
        with self._private.read() as session:
            query = (
                select(Submission, SecondRow)
                .join(SecondRow, SecondRow.submission_id == Submission.id)
                .where(_open_to(session, actor))
                .order_by(public, SecondRow.drawn_at, Submission.id)
                .limit(SHOWN)
            )
            return tuple(_task(session, row, second) for row, second in session.execute(query).all())

    def count(self, actor: Actor) -> int:
        """How many wait for this person."""
        demand(actor, Permission.REVIEW)
        with self._private.read() as session:
            # From the few rows of the sample: a join is begun from the many reports by SQLite.
            report = select(Submission.id).where(
                Submission.id == SecondRow.submission_id, _open_to(session, actor)
            )
            drawn = select(func.count()).select_from(SecondRow).where(SecondRow.done_at.is_(None))
            return session.scalar(drawn.where(exists(report.correlate(SecondRow)))) or 0

    def read(self, actor: Actor, submission_id: str) -> Task:
        """One of them; raises ``NotFound``, or ``Conflict`` where it is not theirs to classify."""
        demand(actor, Permission.REVIEW)
        with self._private.read() as session:
            row = under_review.shown(session, actor, submission_id)
            return _task(session, row, _second(session, actor, row))

    def save(self, actor: Actor, submission_id: str, said: Iterable[Given]) -> None:
        """Keep the codes of every facet of the core; raises ``Invalid`` as ``/facet/…``, ``Conflict``."""
        given, now = {one.facet: one for one in said}, self._clock()
        with self._private.work() as session:
            row = under_review.held(session, actor, submission_id)
            second = _second(session, actor, row)
            interest.refuse(session, actor, row)
            found = list(_wrong(given))
            if found:
                raise Invalid(found)
            keeping.write(session, row, actor, Turn.SECOND, [given[facet] for facet in CORE], now)
            second.reviewer_id, second.organization_id, second.done_at = actor.id, actor.organization_id, now
            audit.append(session, Step(steps.SUBJECT, row.id, ACTION, row.state, row.state), by(actor), now)
            enqueue(session, AGREEMENT_DUE, {}, due.next_batch(now, self._batch_every))


def _wrong(given: Mapping[str, Given]) -> Iterable[Problem]:
    for facet in given:
        if facet not in CORE:
            yield Problem("/codings", N_("Choose one of: %(known)s."), {"known": ", ".join(CORE)})
            return
    for facet in CORE:
        one = given.get(facet, Given(facet, ()))
        if not one.codes:
            yield Problem(f"/codings/{facet}", N_("Choose an answer; not known is one too."))
        yield from (problem.under(f"/codings/{facet}") for problem in problems(load(), one))


def _second(session: Session, actor: Actor, row: Submission) -> SecondRow:
    second = session.get(SecondRow, row.id)
    if second is None or State(row.state) not in AFTER or row.version != second.version:
        raise NotFound
    if second.done_at is not None:
        raise Conflict(DONE)
    if row.erased_at is not None:
        raise NotFound
    if session.scalar(select(exists().where(_decided(actor, row.id)))):
        raise Conflict(N_("Somebody of your organization decided on this report. Others classify it again."))
    return second


def _task(session: Session, row: Submission, second: SecondRow) -> Task:
    told = dict(for_reviewers(session, row).account)
    told.pop("classification", None)
    return Task(row.id, Account.from_json(told), second.drawn_at, row.lock)


def _decided(actor: Actor, submission_id: object) -> ColumnElement[bool]:
    """Whether somebody of the actor's organization accepted it, or said anything of its facets before."""
    return and_(
        Coding.submission_id == submission_id,
        Coding.organization_id == actor.organization_id,
        Coding.turn == Turn.REVIEW.value,
    )


def _open_to(session: Session, actor: Actor) -> ColumnElement[bool]:
    return and_(
        readable(session, actor),
        Submission.state.in_([state.value for state in AFTER]),
        Submission.erased_at.is_(None),
        SecondRow.done_at.is_(None),
        SecondRow.version == Submission.version,
        not_(exists().where(_decided(actor, Submission.id)).correlate(Submission)),
    )
