"""Use cases of flags: anybody says what is wrong with a record, reviewers read it and may dismiss it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import By, Step
from registry.clock import Clock
from registry.db.columns import random_key
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict
from registry.identity.rules import Actor, Permission, demand
from registry.identity.starting import by
from registry.review.aftercare import flagging, standing
from registry.review.aftercare.flagging import FlagState
from registry.review.aftercare.looking import PublicLooks
from registry.review.aftercare.models import FlagRow
from registry.sealing import Sealer

SUBJECT = "flag"
"""The audit trail's word for it."""
VISITOR = By("visitor")
"""How the trail calls whoever flags: nobody knows who it is."""
GONE = N_("Somebody has answered one of these flags already. Load the page again.")


class Flags:
    """What is said against public records."""

    def __init__(self, private: PrivateDatabase, clock: Clock, looks: PublicLooks, sealer: Sealer) -> None:
        self._private, self._clock, self._looks, self._sealer = private, clock, looks, sealer

    def flag(self, record_id: str, reason: str, text: str) -> int:
        """Keep what is wrong; gives the hours within which somebody should look.

        Raises ``Invalid``, ``NotFound``, or ``Gone`` for an erased record. Beyond ``OPEN_MAX`` open flags
        of one record nothing more is kept of it, and the answer is the same.
        """
        record = self._looks.look(record_id)
        text = flagging.checked_flag(reason, text)
        now = self._clock()
        with self._private.work() as session:
            if _open_flags(session, record.id) < flagging.OPEN_MAX:
                self._keep(session, record.id, record.revision, reason, text, now)
        return flagging.CONCERNS[reason].hours

    def dismiss(self, actor: Actor, record_id: str, flags: Sequence[str], reason: str) -> None:
        """Answer these flags of a record: nothing has to change. What was written goes.

        Raises ``Invalid``, ``NotFound``, and ``Conflict`` where one is not open any more, or where the
        record names an organization that the actor has ties with.
        """
        demand(actor, Permission.CARE_FOR_RECORDS)
        record = self._looks.look(record_id)
        flagging.refuse_dismissal(reason, len(flags))
        wanted, now = set(flags), self._clock()
        with self._private.work() as session:
            standing.refuse_hidden(session, actor, record.id)
            standing.refuse_named(session, actor, record)
            rows = [row for row in _locked(session, record.id) if row.id in wanted]
            if len(rows) != len(wanted):
                raise Conflict(GONE)
            for row in rows:
                _end(session, row, FlagState.DISMISSED, by(actor), now, reason)
                row.decided_by, row.organization_id = actor.id, actor.organization_id
        self._private.settle()

    def _keep(
        self, session: Session, record_id: str, revision: int, reason: str, text: str, now: datetime
    ) -> None:
        key = random_key()
        session.add(
            FlagRow(
                id=key,
                record_id=record_id,
                revision=revision,
                reason_code=reason,
                sealed_text=self._sealer.seal(text, purpose(key)) if text else None,
                state=FlagState.OPEN.value,
                received_at=now,
                due_at=flagging.due(reason, now),
            )
        )
        audit.append(session, Step(SUBJECT, key, "flag", None, FlagState.OPEN.value, reason), VISITOR, now)


def settle(session: Session, record_id: str, who: By, now: datetime) -> None:
    """The record was changed: its open flags are answered by that, and what was written goes."""
    for row in _locked(session, record_id):
        _end(session, row, FlagState.SETTLED, who, now, None)


def purpose(key: str) -> str:
    """What the text of a flag is sealed for."""
    return f"flag {key}"


def _end(
    session: Session, row: FlagRow, state: FlagState, who: By, now: datetime, reason: str | None
) -> None:
    row.state, row.outcome, row.decided_at, row.sealed_text = state.value, reason, now, None
    step = Step(SUBJECT, row.id, f"flag-{state.value}", FlagState.OPEN.value, state.value, reason)
    audit.append(session, step, who, now)


def _locked(session: Session, record_id: str) -> list[FlagRow]:
    query = select(FlagRow).where(FlagRow.record_id == record_id, FlagRow.state == FlagState.OPEN.value)
    return list(session.scalars(query.order_by(FlagRow.id).with_for_update()))


def _open_flags(session: Session, record_id: str) -> int:
    query = select(func.count()).where(FlagRow.record_id == record_id, FlagRow.state == FlagState.OPEN.value)
    return session.scalar(query) or 0
