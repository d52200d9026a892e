"""Use cases of changes: somebody proposes one, somebody else decides, the door does it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import Step
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, NotFound, Stale
from registry.identity.rules import Actor, Permission, demand
from registry.identity.starting import by
from registry.intake import access
from registry.intake.due import next_batch
from registry.outbox import enqueue
from registry.review.aftercare import merging, proposing, rules, standing
from registry.review.aftercare.looking import Looked, PublicLooks
from registry.review.aftercare.models import ChangeRow
from registry.review.aftercare.proposing import Asked
from registry.review.aftercare.rules import CHANGES, MOVED, SUBJECT, Act, ChangeState
from registry.review.aftercare.showing import Showing, is_independent, is_ours
from registry.review.aftercare.views import ChangeView
from registry.sealing import Sealer

CHANGES_DUE = "changes.due"
"""Kind of the outbox job that says: the door may carry out what was approved."""
OWN = N_("Somebody else has to decide: you, or an organization that you have ties with, proposed this.")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody would have done; ``revision`` is that of the record they have read."""

    kind: str
    reason: str
    note: str
    revision: int


class Changes:
    """Changes of public records, up to the door."""

    def __init__(
        self,
        private: PrivateDatabase,
        clock: Clock,
        looks: PublicLooks,
        sealer: Sealer,
        *,
        publication_every: int,
    ) -> None:
        self._private, self._clock, self._looks, self._sealer = private, clock, looks, sealer
        self._batch_every, self._showing = publication_every, Showing(sealer)

    def propose(self, actor: Actor, record_id: str, asked: Proposal) -> ChangeView:
        """As a reviewer or steward; raises ``Invalid``, ``NotFound``, ``Gone``, ``Stale``, ``Conflict``."""
        demand(actor, Permission.CARE_FOR_RECORDS)
        record = self._looks.look(record_id)
        with self._private.work() as session:
            standing.refuse_hidden(session, actor, record.id)
            standing.refuse_named(session, actor, record)
            return self._propose(session, actor, record, asked)

    def propose_own(self, actor: Actor, submission_id: str, asked: Proposal) -> ChangeView:
        """As the organization that told it, of its published report; raises as ``propose``."""
        record_id = self._own(actor, submission_id, Permission.CHANGE_RECORDS)
        record = self._looks.look(record_id)
        with self._private.work() as session:
            return self._propose(session, actor, record, asked)

    def of_own(self, actor: Actor, submission_id: str) -> tuple[Looked, tuple[ChangeView, ...]]:
        """The record of one's own published report and its changes; raises ``NotFound`` or ``Gone``."""
        record = self._looks.look(self._own(actor, submission_id, Permission.READ_SUBMISSIONS))
        with self._private.read() as session:
            return record, self._showing.of_record(session, actor, record)

    def read(self, actor: Actor, key: str) -> ChangeView:
        """One change, for its proposer and for reviewers without ties; raises ``NotFound``."""
        demand(actor, Permission.READ_FLAGS)
        with self._private.read() as session:
            row = _seen(session, actor, session.get(ChangeRow, key))
            return self._showing.view(session, actor, row, self._looked(row))

    def approve(self, actor: Actor, key: str, *, expected: int | None = None) -> ChangeView:
        """Let the door do it: at once, or with the next batch.

        Raises ``NotFound``, ``Stale``, and ``Conflict`` where it is decided already, the actor may not
        decide on it, or the record has changed since.
        """
        with self._private.work() as session:
            row, record = self._to_decide(session, actor, key, expected)
            state = rules.after(Act.APPROVE, ChangeState(row.state))
            change = CHANGES[rules.Kind(row.kind)]
            if record.revision != row.revision and not change.at_once:
                raise Conflict(MOVED)
            rules.leads_to(rules.Kind(row.kind), record.state)
            merging.refuse_unfit(row, self._looks)
            now = self._clock()
            row.not_before = now if change.at_once else next_batch(now, self._batch_every)
            self._move(session, actor, row, "approve-change", state, row.reason_code)
            enqueue(session, CHANGES_DUE, {}, row.not_before)
            return self._showing.view(session, actor, row, record)

    def refuse(self, actor: Actor, key: str, reason: str, *, expected: int | None = None) -> ChangeView:
        """Leave the record as it is; raises ``Invalid``, and as ``approve``."""
        with self._private.work() as session:
            row, record = self._to_decide(session, actor, key, expected)
            state = rules.after(Act.REFUSE, ChangeState(row.state))
            rules.refuse_refusal(reason)
            row.refusal, row.sealed_note = reason, None
            self._move(session, actor, row, "refuse-change", state, reason)
            return self._showing.view(session, actor, row, record)

    def take_back(self, actor: Actor, key: str, *, expected: int | None = None) -> ChangeView:
        """One's own proposal as a reviewer or steward, until it is decided; raises as ``approve``."""
        demand(actor, Permission.CARE_FOR_RECORDS)
        return self._take_back(actor, key, expected)

    def take_own_back(
        self, actor: Actor, submission_id: str, key: str, *, expected: int | None = None
    ) -> ChangeView:
        """What was asked for one's own report, until it is decided; raises as ``approve``."""
        record_id = self._own(actor, submission_id, Permission.CHANGE_RECORDS)
        return self._take_back(actor, key, expected, of=record_id)

    def _take_back(
        self, actor: Actor, key: str, expected: int | None, *, of: str | None = None
    ) -> ChangeView:
        """Take a proposal back; ``of`` is the record that it has to be about, if there is one."""
        with self._private.work() as session:
            row = _held(session, key)
            if row is None or not is_ours(actor, row) or of not in (None, row.record_id):
                raise NotFound
            _fresh(row, expected)
            state = rules.after(Act.TAKE_BACK, ChangeState(row.state))
            row.sealed_note = None
            self._move(session, actor, row, "take-change-back", state)
            return self._showing.view(session, actor, row, None)

    def _own(self, actor: Actor, submission_id: str, needed: Permission) -> str:
        with self._private.read() as session:
            row = access.shown(session, actor, submission_id, needed)
            if row.record_id is None:
                raise Conflict(N_("This report has no public record yet."))
            return row.record_id

    def _propose(self, session: Session, actor: Actor, record: Looked, asked: Proposal) -> ChangeView:
        kind, note = rules.checked_proposal(asked.kind, asked.reason, asked.note, actor.language)
        if asked.revision != record.revision:
            raise Stale
        standing.refuse_elsewhere(record, kind)
        rules.leads_to(kind, record.state)
        if CHANGES[kind].across and not record.across:
            raise Conflict(rules.NOT_ACROSS)
        kept = Asked(kind, asked.reason, note, record)
        row = proposing.keep(session, self._sealer, actor, kept, self._clock())
        return self._showing.view(session, actor, row, record)

    def _to_decide(
        self, session: Session, actor: Actor, key: str, expected: int | None
    ) -> tuple[ChangeRow, Looked]:
        """The change, kept from others, with its record; freshness, state and independence in this order."""
        demand(actor, Permission.DECIDE_CHANGES)
        row = _seen(session, actor, _held(session, key))
        _fresh(row, expected)
        rules.after(Act.APPROVE, ChangeState(row.state))
        record = self._looks.look(row.record_id)
        if not is_independent(session, actor, row):
            raise Conflict(OWN)
        for one in self._looks.look_at(row.records).values():
            standing.refuse_named(session, actor, one)
        return row, record

    def _looked(self, row: ChangeRow) -> Looked | None:
        return self._looks.look_at([row.record_id]).get(row.record_id)

    def _move(
        self,
        session: Session,
        actor: Actor,
        row: ChangeRow,
        action: str,
        state: ChangeState,
        reason: str | None = None,
    ) -> None:
        now, old = self._clock(), row.state
        row.state, row.lock = state.value, row.lock + 1
        row.decided_by, row.decider_organization_id, row.decided_at = actor.id, actor.organization_id, now
        audit.append(session, Step(SUBJECT, row.id, action, old, row.state, reason), by(actor), now)


def _fresh(row: ChangeRow, expected: int | None) -> None:
    if expected is not None and row.lock != expected:
        raise Stale


def _held(session: Session, key: str) -> ChangeRow | None:
    """The change, kept from others until the unit ends."""
    return session.scalar(select(ChangeRow).where(ChangeRow.id == key).with_for_update())


def _seen(session: Session, actor: Actor, row: ChangeRow | None) -> ChangeRow:
    """The same; raises ``NotFound`` for whoever neither proposed it nor may look after the record."""
    if row is None:
        raise NotFound
    if not is_ours(actor, row):
        if not actor.holds(Permission.READ_FLAGS):
            raise NotFound
        for record_id in row.records:
            standing.refuse_hidden(session, actor, record_id)
    return row
