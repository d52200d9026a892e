"""Use cases of an organization whose report is public: begin to revise it.

A revision is the same submission with one more version. It begins as the published version reads, and where
the original is gone, as the public record reads (docs/adr/0014).
"""

from __future__ import annotations

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.rules import Actor, Permission
from registry.identity.starting import by
from registry.intake import access, steps
from registry.intake.revising import opening
from registry.intake.revising.published import Published
from registry.intake.views import SubmissionView, view


class Revising:
    """What an organization does with its reports after they were published."""

    def __init__(self, private: PrivateDatabase, published: Published, clock: Clock) -> None:
        self._private, self._published, self._clock = private, published, clock

    def reopen(self, actor: Actor, submission_id: str, *, expected: int | None = None) -> SubmissionView:
        """Open a published report for a revision; the public record stays as it is until that is published.

        Raises ``NotFound``, ``Stale``, or ``Conflict`` where it is not published, is a statement, or its
        record was taken away.
        """
        with self._private.read() as session:
            record_id = access.shown(session, actor, submission_id, Permission.REVISE_PUBLISHED).record_id
        public = None if record_id is None else self._published.account(record_id)
        with self._private.work() as session:
            row = access.held(session, actor, submission_id, Permission.REVISE_PUBLISHED)
            steps.fresh(row, expected)
            return view(row, opening.reopen(session, row, public, by(actor), self._clock()))
