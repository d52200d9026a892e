"""Use cases of appeals: make one, read it, and decide on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.account.blank import is_blank
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, Invalid, Problem
from registry.identity.rules import Actor, Permission, demand
from registry.identity.starting import by
from registry.intake import access, steps
from registry.intake.following.adding import HOLDER
from registry.intake.following.finding import by_code
from registry.intake.models import Submission
from registry.intake.revising.rules import TAKEN_AWAY
from registry.intake.rules import Action, State
from registry.intake.waiting.rules import due
from registry.review import under_review
from registry.review.aftercare.looking import PublicLooks
from registry.review.aftercare.rules import RecordStands
from registry.review.appealing import rows
from registry.review.appealing.bench import bench, is_stuck
from registry.review.appealing.rows import AppealView, Times
from registry.review.appealing.rules import APPEALABLE, REJECT_REASONS
from registry.review.concluding import Conclusion, decisions_on, keep_decision
from registry.review.notes import checked_note
from registry.review.rules import Decision
from registry.review.terms import ReviewTerms
from registry.review.views import DecisionView
from registry.review.workflow import Act

STUCK_MAX = 100
"""Appeals that are looked at for the steward."""
TAKEN = frozenset({RecordStands.RETRACTED, RecordStands.MERGED})
"""How a record stands that cannot be revised; of one that was erased nothing is found."""


@dataclass(frozen=True, slots=True)
class Recourse:
    """What whoever sent a report can do about a decline, of it or of its revision, and what they did.

    ``until`` is the moment from which on it is too late, where an appeal is possible now. ``due_at`` is by
    when an appeal under way should be decided; ``stuck`` says that nobody here may decide on it.
    """

    until: datetime | None = None
    made: AppealView | None = None
    due_at: datetime | None = None
    stuck: bool = False


class Appeals:
    """Appeals against declines."""

    def __init__(
        self, private: PrivateDatabase, clock: Clock, terms: ReviewTerms, looks: PublicLooks
    ) -> None:
        self._private, self._clock, self._looks = private, clock, looks
        self._times = Times(terms.appeal_time, terms.appeal_target)

    def make(self, actor: Actor, submission_id: str, text: str, *, expected: int | None = None) -> None:
        """Appeal for one's own organization; raises ``NotFound``, ``Stale``, ``Invalid`` or ``Conflict``."""
        with self._private.read() as session:
            row = access.shown(session, actor, submission_id, Permission.APPEAL_SUBMISSIONS)
            record_id = row.record_id
        stands = self._stands(record_id)
        with self._private.work() as session:
            row = access.held(session, actor, submission_id, Permission.APPEAL_SUBMISSIONS)
            steps.fresh(row, expected)
            _refuse_taken(stands=stands)
            rows.appeal(session, row, text, by(actor), self._times, self._clock())

    def make_by_code(self, code: str, text: str) -> None:
        """Appeal with the receipt code of a report; raises as ``make``."""
        with self._private.read() as session:
            record_id = by_code(session, code).record_id
        stands = self._stands(record_id)
        with self._private.work() as session:
            row = by_code(session, code, lock=True)
            _refuse_taken(stands=stands)
            rows.appeal(session, row, text, HOLDER, self._times, self._clock())

    def own(self, actor: Actor, submission_id: str) -> Recourse:
        """What can be done about a report of one's own organization; raises ``NotFound``."""
        with self._private.read() as session:
            row = access.shown(session, actor, submission_id, Permission.READ_SUBMISSIONS)
            return self._recourse(session, row)

    def by_code(self, code: str) -> tuple[Recourse, tuple[DecisionView, ...]]:
        """The same for the holder of a receipt, with what was decided; raises ``NotFound``.

        A code that falls into other hands opens no text of the sender's: the reason is left out.
        """
        with self._private.read() as session:
            row = by_code(session, code)
            found, told = self._recourse(session, row), decisions_on(session, row.id)
        made = None if found.made is None else replace(found.made, text="")
        final = [one for one in told if one.decision not in (Decision.ACCEPT, Decision.REQUEST_CHANGES)]
        return replace(found, made=made), tuple(final)

    def uphold(
        self, actor: Actor, submission_id: str, note: str = "", *, expected: int | None = None
    ) -> None:
        """Say that the appeal is right: the decline falls, and the reviewer goes on with the report."""
        note, now = checked_note(note, required=False), self._clock()
        with self._private.work() as session:
            row, _ = under_review.claimed(session, actor, submission_id, expected, Act.UPHOLD, now)
            steps.move(session, row, Action.UPHOLD, by(actor), now)
            row.due_at, row.missed_at = due(steps.newest(session, row).account, now), None
            keep_decision(session, actor, row, Conclusion(Decision.UPHOLD, note), now)

    def reject(
        self, actor: Actor, submission_id: str, reason_code: str, note: str, *, expected: int | None = None
    ) -> None:
        """Say that the decline stands, for good; raises ``Invalid`` for an unknown reason or a bad note."""
        note, now = _checked(reason_code, note), self._clock()
        with self._private.work() as session:
            row, claim = under_review.claimed(session, actor, submission_id, expected, Act.REJECT_APPEAL, now)
            steps.move(session, row, Action.REJECT_APPEAL, by(actor), now, reason_code)
            keep_decision(session, actor, row, Conclusion(Decision.REJECT_APPEAL, note, reason_code), now)
            session.delete(claim)

    def stuck(self, actor: Actor) -> tuple[tuple[str, datetime], ...]:
        """For stewards: id and moment of each appeal on which nobody at this node may decide."""
        demand(actor, Permission.MANAGE_NODE)
        open_ = select(Submission).where(Submission.state == State.APPEALED.value)
        with self._private.read() as session:
            seats = bench(session)
            found = session.scalars(open_.order_by(Submission.state_at, Submission.id).limit(STUCK_MAX))
            return tuple((row.id, row.updated_at) for row in found if is_stuck(session, row, seats))

    def _recourse(self, session: Session, row: Submission) -> Recourse:
        made = rows.of(session, row)
        if State(row.state) is State.APPEALED:
            return Recourse(None, made, row.due_at, is_stuck(session, row, bench(session)))
        decided = rows.latest(session, row.id)
        if made or decided is None or decided.decision != Decision.DECLINE.value:
            return Recourse(None, made)
        if State(row.state) not in APPEALABLE or not rows.is_there(session, row, decided):
            return Recourse()
        until = decided.at + self._times.allowed
        return Recourse(until if self._clock() < until else None)

    def _stands(self, record_id: str | None) -> bool:
        """Whether what is public of a report can still be revised; so it is where nothing is public."""
        found = None if record_id is None else self._looks.look_at([record_id]).get(record_id)
        return record_id is None or (found is not None and found.state not in TAKEN)


def _refuse_taken(*, stands: bool) -> None:
    """Raises ``Conflict`` where what a revision would revise is public no more."""
    if not stands:
        raise Conflict(TAKEN_AWAY)


def _checked(reason_code: str, note: str) -> str:
    """The note of a rejection as it is kept."""
    if reason_code not in REJECT_REASONS:
        known = ", ".join(REJECT_REASONS)
        raise Invalid([Problem("/reason", N_("Choose one of: %(known)s."), {"known": known})])
    if is_blank(note):
        raise Invalid([Problem("/note", N_("Write a note: it tells whoever appealed why."))])
    return checked_note(note, required=True)
