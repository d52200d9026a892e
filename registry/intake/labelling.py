"""Choosing with whom a report is shared, until it is sent; afterwards reviewers can only narrow it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from registry import audit
from registry.audit import By, Step
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import Invalid
from registry.identity.rules import Actor
from registry.identity.starting import by
from registry.intake import access, steps
from registry.intake.labels import Label, checked, refuse_change, unfit
from registry.intake.models import Submission
from registry.intake.similar.rules import Kind
from registry.intake.views import SubmissionSummary, summary

ACTIONS = {Label.CLEAR: "share-with-all", Label.GREEN: "share-with-partners"}
"""Label → the step that gives it."""


class Labelling:
    """What an organization says of its own report."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def choose(
        self, actor: Actor, submission_id: str, label: str, *, expected: int | None = None
    ) -> SubmissionSummary:
        """Share a report with everybody or with partners only, while it may be edited.

        Raises ``Invalid`` for a higher label or an unknown one, ``NotFound``, ``Stale``, and ``Conflict``
        once it was sent or published.
        """
        wanted = checked(label)
        with self._private.work() as session:
            row = access.editable(session, actor, submission_id, expected)
            give(session, row, wanted, by(actor), self._clock())
            return summary(row)


def give(session: Session, row: Submission, label: Label, by: By, at: datetime) -> None:
    """Label a report, in the caller's unit of work; nothing happens where it has the label already.

    Raises ``Conflict`` for what is published, ``Invalid`` where its kind cannot have the label.
    """
    if row.tlp == label.value:
        return
    refuse_change(row.record_id)
    problem = unfit(label, Kind(row.kind), row.about_record)
    if problem is not None:
        raise Invalid([problem])
    row.tlp = label.value
    row.lock += 1
    row.updated_at = at
    audit.append(session, Step(steps.SUBJECT, row.id, ACTIONS[label], row.state, row.state), by, at)
