"""Use cases of internal notes: reviewers of other organizations write and read them, and nobody else."""

from __future__ import annotations

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import NotFound
from registry.identity.rules import Actor
from registry.review import interest, under_review
from registry.review.noting import rows
from registry.review.noting.rows import RemarkView


class Remarks:
    """What reviewers tell one another about a report."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def write(self, actor: Actor, submission_id: str, text: str) -> None:
        """Note something on a report that was sent; raises ``NotFound``, ``Invalid`` or ``Conflict``."""
        with self._private.work() as session:
            row = under_review.held(session, actor, submission_id)
            if row.erased_at is not None:
                raise NotFound
            interest.refuse(session, actor, row)
            rows.add(session, row, text, actor, self._clock())

    def of(self, actor: Actor, submission_id: str) -> tuple[RemarkView, ...]:
        """The notes on a report; raises ``NotFound``.

        None for whose organization the report names, and none once its original was deleted.
        """
        with self._private.read() as session:
            row = under_review.shown(session, actor, submission_id)
            if row.erased_at is not None or interest.concerns(session, actor, row):
                return ()
            return rows.remarks(session, row.id, actor)
