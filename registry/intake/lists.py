"""Lists of submissions: an organization's own, and where a report stands by its receipt."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import and_, or_, select

from registry import audit
from registry.db.private import PrivateDatabase
from registry.errors import N_, Invalid, NotFound, Problem
from registry.identity.rows import rows
from registry.identity.rules import Actor, Permission, demand
from registry.intake import steps
from registry.intake.models import Submission
from registry.intake.paging import decode, encode
from registry.intake.receipts import receipt_hash
from registry.intake.rules import State
from registry.intake.vault.keys import keys_of
from registry.intake.views import Page, Status, SubmissionSummary, summary

PAGE_MAX = 50


class SubmissionLists:
    """Reading many submissions at once."""

    def __init__(self, private: PrivateDatabase) -> None:
        self._private = private

    def own(
        self, actor: Actor, *, state: State | None = None, cursor: str | None = None, limit: int = 20
    ) -> Page[SubmissionSummary]:
        """The organization's submissions, last changed first; raises ``Invalid`` for a bad cursor."""
        demand(actor, Permission.READ_SUBMISSIONS)
        if not 1 <= limit <= PAGE_MAX:
            raise Invalid([Problem("/limit", N_("Between 1 and %(most)s."), {"most": PAGE_MAX})])
        query = select(Submission).where(
            rows(actor, Permission.READ_SUBMISSIONS, Submission.organization_id, Submission.state)
        )
        if state is not None:
            query = query.where(Submission.state == state.value)
        if cursor is not None:
            at, key = decode(cursor)
            query = query.where(
                or_(Submission.updated_at < at, and_(Submission.updated_at == at, Submission.id < key))
            )
        ordered = query.order_by(Submission.updated_at.desc(), Submission.id.desc()).limit(limit + 1)
        with self._private.read() as session:
            found = list(session.scalars(ordered))
            keys_of(session).fetch(session, [row.id for row in found[:limit]])
            lines = tuple(summary(row) for row in found[:limit])
        more = encode(lines[-1].updated_at, lines[-1].id) if len(found) > limit else None
        return Page(lines, more)

    def by_receipt(self, code: str) -> Status:
        """Where the report of this receipt stands; raises ``NotFound`` for every wrong code alike."""
        with self._private.read() as session:
            row = session.scalar(select(Submission).where(Submission.receipt_hash == receipt_hash(code)))
            if row is None:
                raise NotFound(N_("No report has this code. Check the sixteen digits."))
            trail = audit.trail(session, steps.SUBJECT, row.id)
            nameless = tuple(replace(step, actor_id=None, reason=None) for step in trail)
            return Status(State(row.state), row.record_id, nameless, erased_at=row.erased_at)
