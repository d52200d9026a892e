"""Codes and targets of reports that were sent before lists knew them; ``commons init`` fills them.

It may be killed and run again. A report that cannot be opened keeps no codes: lists say "not known".
"""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from registry.db.private import PrivateDatabase
from registry.errors import Gone, NotFound, Unavailable
from registry.intake import steps
from registry.intake.models import Submission
from registry.intake.vault.keys import keys_of
from registry.intake.waiting import lines

BATCH = 200
"""Reports filled in one unit of work."""


def fill(private: PrivateDatabase) -> int:
    """Fill what is empty; returns how many reports got their codes."""
    filled, last = 0, ""
    while True:
        with private.work() as session:
            rows = list(session.scalars(_empty(last)))
            if not rows:
                return filled
            keys_of(session).fetch(session, [row.id for row in rows])
            filled += sum(_fill(session, row) for row in rows)
            last = rows[-1].id


def _empty(last: str) -> Select[Submission]:
    return (
        select(Submission)
        .where(
            Submission.submitted_at.is_not(None),
            Submission.erased_at.is_(None),
            Submission.coded_language.is_(None),
            Submission.id > last,
        )
        .order_by(Submission.id)
        .limit(BATCH)
        .with_for_update()
    )


def _fill(session: Session, row: Submission) -> bool:
    if row.submitted_at is None:
        return False
    try:
        account = steps.newest(session, row).account
    except (Gone, NotFound, Unavailable):
        return False
    lines.note_sent(row, account, row.submitted_at)
    return True
