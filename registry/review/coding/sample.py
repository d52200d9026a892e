"""Drawing the sample: which accepted reports are classified a second time, in the accepting unit of work."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from registry.intake.models import Submission
from registry.intake.similar.rules import Kind
from registry.review.coding.second_models import SecondRow

ALL = 100
"""Percent."""


def draw(session: Session, row: Submission, percent: int, now: datetime) -> bool:
    """Take a report into the sample by chance, each with the same; statements are not classified.

    Nor is a revision: the report was in the draw when it was first accepted.
    """
    if Kind(row.kind) is not Kind.REPORT or row.record_id is not None or secrets.randbelow(ALL) >= percent:
        return False
    session.merge(SecondRow(submission_id=row.id, version=row.version, drawn_at=now))
    return True
