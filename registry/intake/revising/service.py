"""Use cases of an organization whose report is public: begin to revise it.

A revision is the same submission with one more version. It begins as the published version reads, and where
the original is gone, as the public record reads (docs/adr/0014).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.rules import Actor, Permission
from registry.identity.starting import by
from registry.intake import access, steps
from registry.intake.models import Submission, SubmissionVersion
from registry.intake.revising.published import Published
from registry.intake.revising.rules import as_public, refuse
from registry.intake.rules import Action, State
from registry.intake.similar.rules import Kind
from registry.intake.vault.keys import keys_of
from registry.intake.vault.originals import sealed_account, sealed_title
from registry.intake.views import SubmissionView, view
from registry.intake.waiting import lines


class Revising:
    """What an organization does with its reports after they were published."""

    def __init__(self, private: PrivateDatabase, published: Published, clock: Clock) -> None:
        self._private, self._published, self._clock = private, published, clock

    def reopen(self, actor: Actor, submission_id: str, *, expected: int | None = None) -> SubmissionView:
        """Open a published report for a revision; the public record stays as it is until that is published.

        Raises ``NotFound``, ``Stale``, or ``Conflict`` where it is not published, is a statement, or its
        record was taken away.
        """
        public = self._public(actor, submission_id)
        with self._private.work() as session:
            row = access.held(session, actor, submission_id, Permission.REVISE_PUBLISHED)
            steps.fresh(row, expected)
            refuse(State(row.state), Kind(row.kind), stands=public is not None)
            now = self._clock()
            if row.erased_at is not None:
                _adopt(session, row, actor, public or {}, now)
            steps.move(session, row, Action.REOPEN, by(actor), now)
            row.noticed_at = None
            begun = as_public(steps.newest(session, row).account, public or {})
            return view(row, _add(session, row, actor, begun, now))

    def _public(self, actor: Actor, submission_id: str) -> Mapping[str, Any] | None:
        """What the report's record says now, asked outside of the unit of work."""
        with self._private.read() as session:
            row = access.shown(session, actor, submission_id, Permission.REVISE_PUBLISHED)
            record_id = row.record_id
        return None if record_id is None else self._published.account(record_id)


def _adopt(session: Session, row: Submission, actor: Actor, public: Mapping[str, Any], now: datetime) -> None:
    """Let what is public stand for an original that is gone, under a key of its own."""
    keys_of(session).renew(session, row.id)
    row.erased_at = None
    _add(session, row, actor, public, now)
    row.published_version = row.version


def _add(
    session: Session, row: Submission, actor: Actor, account: Mapping[str, Any], now: datetime
) -> SubmissionVersion:
    """The next version, which says this; with title and codes of the report."""
    row.version = steps.next_number(session, row)
    row.sealed_title = sealed_title(session, row.id, account.get("title", ""))
    lines.note(row, account)
    version = SubmissionVersion(
        submission_id=row.id,
        number=row.version,
        sealed_account=sealed_account(session, row.id, row.version, account),
        author_id=actor.id,
        created_at=now,
    )
    session.add(version)
    session.flush()
    return version
