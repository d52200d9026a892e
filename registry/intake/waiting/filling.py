"""Codes, targets and marks of reports that were sent before lists knew them; ``commons init`` fills them.

It may be killed and run again. A report that cannot be opened keeps no codes: lists say "not known".
"""

from __future__ import annotations

from sqlalchemy import Select, func, not_, or_, select
from sqlalchemy.orm import Session

from registry.db.private import PrivateDatabase
from registry.errors import Gone, NotFound, Unavailable
from registry.intake import steps
from registry.intake.models import Submission
from registry.intake.vault.keys import keys_of
from registry.intake.waiting import lines
from registry.intake.waiting.parties import marks_of

BATCH = 200
"""Reports filled in one unit of work."""


def fill(private: PrivateDatabase) -> int:
    """Fill what is empty; returns how many reports got their codes."""
    filled, last = 0, ""
    while True:
        with private.work() as session:
            rows = list(session.scalars(_empty(last, marks_of(session).ring)))
            if not rows:
                return filled
            keys_of(session).fetch(session, [row.id for row in rows])
            filled += sum(_fill(session, row) for row in rows)
            last = rows[-1].id


def _empty(last: str, ring: str) -> Select[Submission]:
    marked = func.coalesce(Submission.marked_parties, "").startswith(f"{ring} ")
    return (
        select(Submission)
        .where(
            Submission.submitted_at.is_not(None),
            Submission.erased_at.is_(None),
            or_(Submission.coded_language.is_(None), not_(marked)),
            Submission.id > last,
        )
        .order_by(Submission.id)
        .limit(BATCH)
        .with_for_update()
    )


def _fill(session: Session, row: Submission) -> bool:
    try:
        account = steps.newest(session, row).account
    except (Gone, NotFound, Unavailable):
        return False
    if row.coded_language is None and row.submitted_at is not None:
        lines.note_sent(session, row, account, row.submitted_at)
    else:  # only the marks are of before, or of another key
        lines.note(session, row, account)
    return True
