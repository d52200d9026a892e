"""An organization's wish: the original of one of its reports is destroyed now, and it gets a receipt."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from registry.clock import Clock
from registry.custody.models import ErasureRow
from registry.custody.receipts import Checking, ErasureReceipt
from registry.custody.shredding import receipt_of, shred
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, NotFound
from registry.identity.rules import Actor, Permission
from registry.identity.starting import by
from registry.intake import access, steps
from registry.intake.models import Submission
from registry.intake.rules import Action, State
from registry.intake.vault.rules import PASSING, TAKEN_BACK, Facts, Keeping, Why, lapses
from registry.intake.views import SubmissionSummary

_PASSING = N_("This report is just being published. Try again in a few minutes.")


class Originals:
    """What an organization decides about its own originals."""

    def __init__(self, private: PrivateDatabase, clock: Clock, checking: Checking, keeping: Keeping) -> None:
        self._private, self._clock = private, clock
        self._checking, self.keeping = checking, keeping

    def erase(self, actor: Actor, submission_id: str, *, expected: int | None = None) -> ErasureReceipt:
        """Destroy the original; a report that is not public is taken back first.

        Done again it gives the same receipt. Raises ``NotFound``, ``Stale``, or ``Conflict`` while the
        report is just being published.
        """
        with self._private.work() as session:
            row = access.held(session, actor, submission_id, Permission.ERASE_ORIGINALS)
            if row.erased_at is None:
                steps.fresh(row, expected)
                self._erase(session, actor, row)
            session.flush()
            receipt = _found(session, row.id)
        self._private.settle()
        return receipt

    def receipt(self, actor: Actor, submission_id: str) -> ErasureReceipt:
        """The receipt of an original that is gone; raises ``NotFound`` while it is there."""
        with self._private.read() as session:
            row = access.shown(session, actor, submission_id, Permission.READ_SUBMISSIONS)
            return _found(session, row.id)

    def fits(self, receipt: ErasureReceipt) -> bool:
        """Whether the check value of a receipt fits its lines."""
        return self._checking.fits(receipt)

    def lapses(self, summary: SubmissionSummary) -> datetime | None:
        """When the original will be deleted by itself; None while that is open, or when it is gone."""
        if summary.erased_at is not None:
            return None
        return lapses(self.keeping, Facts(summary.state, summary.updated_at, summary.noticed_at))

    def _erase(self, session: Session, actor: Actor, row: Submission) -> None:
        state, now = State(row.state), self._clock()
        if state in PASSING:
            raise Conflict(_PASSING)
        if state in TAKEN_BACK:
            steps.move(session, row, Action.WITHDRAW, by(actor), now)
        shred(session, row, Why.WISH, by(actor), now, self._checking)


def _found(session: Session, submission_id: str) -> ErasureReceipt:
    row = session.get(ErasureRow, submission_id)
    if row is None:
        raise NotFound
    return receipt_of(row)
