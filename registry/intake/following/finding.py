"""Finding a report by its receipt code."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.errors import N_, NotFound
from registry.intake.models import Submission
from registry.intake.receipts import receipt_hash

NO_SUCH_CODE = N_("No report has this code. Check its digits.")


def by_code(session: Session, code: str, *, lock: bool = False) -> Submission:
    """The submission of this receipt; raises ``NotFound`` for every wrong code alike."""
    query = select(Submission).where(Submission.receipt_hash == receipt_hash(code))
    row = session.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFound(NO_SUCH_CODE)
    return row
