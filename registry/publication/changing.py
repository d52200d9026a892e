"""Carrying approved changes through the door: write on the public side, then mark on the private side.

A crash between both leaves a change that is approved and not marked; the next run finds its token on
the public side, changes nothing there, and marks it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from registry import audit
from registry.audit import REGISTRY, Step
from registry.clock import Clock, today
from registry.db.private import PrivateDatabase
from registry.db.public import PublicDatabase
from registry.errors import CommonsError, Unavailable
from registry.federation import mirror
from registry.federation.tending import NotKept, require_kept, tend
from registry.intake import steps
from registry.intake.models import Submission
from registry.ledger.stored import is_over
from registry.publication.sides import Side
from registry.publication.telling import tell
from registry.record.changing import Decided, change_once, was_done
from registry.record.types import Because, RecordState
from registry.review.aftercare import flags, rules
from registry.review.aftercare.hindrances import LOG_ENDED, MISSING, NOT_KEPT
from registry.review.aftercare.models import ChangeRow
from registry.review.aftercare.rules import CHANGES, OPEN, SUBJECT, Act, ChangeState, Kind
from registry.review.aftercare.showing import purpose
from registry.sealing import Sealer

_Erasure = aliased(ChangeRow)
CHANGED = "record-changed"
"""The trail's word on the report whose record was changed."""


@dataclass(frozen=True, slots=True)
class Errand:
    """An approved change on its way: its key on the private side, and what is to be done."""

    key: str
    decided: Decided

    @property
    def erases(self) -> bool:
        """Whether nothing is to stay of the record."""
        return self.decided.state is RecordState.ERASED


class RecordChanges:
    """Works on both sides, as ``Publication`` does."""

    def __init__(
        self,
        private: PrivateDatabase,
        public: PublicDatabase,
        clock: Clock,
        sealer: Sealer,
        *,
        node: str,
        shared: Side | None = None,
    ) -> None:
        """``shared`` is where records lie that are for partners only."""
        self._node, self._shared = node, shared
        self._private, self._public, self._clock, self._sealer = private, public, clock, sealer

    def carry_out(self, *, early: bool = False) -> list[str]:
        """Do what is approved and due, with ``early`` also what is not yet; gives ids of changed records.

        A node that handed over its records can still erase what it shows, and changes nothing else. What
        cannot be done any more is not tried again, so that it holds up nothing; an erasure always is, after
        all the rest was done: what keeps it back is raised then.
        """
        changed, ended, stuck = [], self._ended(), None
        for errand in self.errands(early=early):
            if not errand.erases and self._side(errand.decided.record_id) in ended:
                self.mark(errand, done=False, hindrance=LOG_ENDED)
                continue
            try:
                done = self.write(errand)
            except Unavailable:
                raise
            except CommonsError as error:
                if errand.erases:
                    stuck = error
                else:
                    self.mark(errand, done=False, hindrance=_why(error))
                continue
            self.mark(errand, done=done)
            changed += [errand.decided.record_id] if done else []
        if stuck is not None:
            raise stuck
        return changed

    def errands(self, *, early: bool = False) -> list[Errand]:
        """What the door has to do now: erasures, then the rest in the order in which it was decided."""
        query = select(ChangeRow).where(ChangeRow.state == ChangeState.APPROVED.value)
        if not early:
            query = query.where(ChangeRow.not_before <= self._clock())
        with self._private.read() as session:
            last = ChangeRow.kind != Kind.ERASE.value
            rows = session.scalars(query.order_by(last, ChangeRow.not_before, ChangeRow.id))
            return [self._errand(row) for row in rows]

    def write(self, errand: Errand) -> bool:
        """Public: change the record; False where it is not any more what was judged.

        Raises ``CommonsError`` where it cannot be done.
        """
        side = self._side(errand.decided.record_id)
        with side.database.work() as session:
            if not errand.erases and not was_done(session, errand.decided.token):
                require_kept(session, errand.decided.record_id)
            done = change_once(session, errand.decided, today(self._clock))
            tend(session, errand.decided.record_id, today(self._clock))
            tell(session, side.node, today(self._clock))
            if errand.erases:
                mirror.purge(session, errand.decided.record_id)
        if errand.erases:
            side.database.settle()
        return done

    def mark(self, errand: Errand, *, done: bool, hindrance: str | None = None) -> None:
        """Private: note that it is done, and settle the flags of the record; twice does no harm.

        ``hindrance`` is the code of why it could not be done at all.
        """
        now = self._clock()
        with self._private.work() as session:
            row = session.get_one(ChangeRow, errand.key, with_for_update=True)
            if row.state != ChangeState.APPROVED.value:
                return
            row.refusal = hindrance
            _move(session, row, Act.CARRY_OUT if done else Act.OVERTAKE, now)
            if done and row.kind not in (Kind.GROUP.value, Kind.SEPARATE.value):
                flags.settle(session, row.record_id, REGISTRY, now)
                _tell(session, row, now)
            if done and row.kind == Kind.ERASE.value:
                _overtake(session, now)
        self._private.settle()

    def _side(self, record_id: str) -> Side:
        shared = self._shared is not None and self._shared.holds(record_id)
        return self._shared if self._shared and shared else Side(self._public, self._node)

    def _ended(self) -> list[Side]:
        """The sides whose log was handed over."""
        found = []
        for side in filter(None, (Side(self._public, self._node), self._shared)):
            with side.database.read() as session:
                found += [side] if is_over(session) else []
        return found

    def _errand(self, row: ChangeRow) -> Errand:
        note = self._sealer.open(row.sealed_note, purpose(row.id)) if row.sealed_note else ""
        state = RecordState(CHANGES[Kind(row.kind)].end.value)
        because = Because(row.reason_code, note)
        groups_at = self._node if row.kind == Kind.GROUP.value else None
        decided = Decided(
            row.token,
            row.record_id,
            row.revision,
            state,
            because,
            row.into_record,
            groups_at,
            separates=row.kind == Kind.SEPARATE.value,
        )
        return Errand(row.id, decided)


def _why(error: CommonsError) -> str:
    return NOT_KEPT if isinstance(error, NotKept) else MISSING


def _move(session: Session, row: ChangeRow, act: Act, now: datetime) -> None:
    old = ChangeState(row.state)
    row.state, row.lock = rules.after(act, old).value, row.lock + 1
    row.done_at, row.sealed_note = now, None
    action = f"record-{row.kind}" if act is Act.CARRY_OUT else "overtake-change"
    audit.append(session, Step(SUBJECT, row.id, action, old.value, row.state, row.reason_code), REGISTRY, now)


def _overtake(session: Session, now: datetime) -> None:
    """Nothing is decided any more of what was erased, nor done with it: also no merge into it.

    It asks about every erasure, so the next one finds what was proposed in the same moment as the last.
    """
    session.flush()
    erased = select(_Erasure.record_id).where(
        _Erasure.kind == Kind.ERASE.value, _Erasure.state == ChangeState.DONE.value
    )
    query = select(ChangeRow).where(
        ChangeRow.state.in_([state.value for state in OPEN]),
        or_(ChangeRow.record_id.in_(erased), ChangeRow.into_record.in_(erased)),
    )
    for row in session.scalars(query.order_by(ChangeRow.id).with_for_update()).all():
        _move(session, row, Act.OVERTAKE, now)


def _tell(session: Session, row: ChangeRow, now: datetime) -> None:
    """Put it on the trail of the report that the record was made from, where its people read it."""
    query = select(Submission).where(Submission.record_id == row.record_id)
    for report in session.scalars(query):
        step = Step(steps.SUBJECT, report.id, CHANGED, report.state, report.state, row.reason_code)
        audit.append(session, step, REGISTRY, now)
