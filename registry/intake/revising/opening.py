"""Opening what is public for another version, inside the unit of work of whoever does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.audit import By
from registry.intake import steps
from registry.intake.models import Submission, SubmissionVersion
from registry.intake.revising.rules import as_public, refuse
from registry.intake.rules import Action, State
from registry.intake.similar.rules import Kind
from registry.intake.vault.keys import keys_of
from registry.intake.vault.originals import sealed_account, sealed_title
from registry.intake.waiting import lines


def reopen(
    session: Session, row: Submission, public: Mapping[str, Any] | None, who: By, now: datetime
) -> SubmissionVersion:
    """Begin a revision of a row that is held; ``public`` is what its record says, None where that is gone.

    Gives the version that it begins with; raises ``Conflict``.
    """
    refuse(State(row.state), Kind(row.kind), stands=public is not None)
    author = who.actor_id or row.author_id
    if row.erased_at is not None:
        _adopt(session, row, author, public or {}, now)
    steps.move(session, row, Action.REOPEN, who, now)
    row.noticed_at = None
    begun = as_public(steps.newest(session, row).account, public or {})
    return add(session, row, author, begun, now)


def add(
    session: Session, row: Submission, author_id: str, account: Mapping[str, Any], now: datetime
) -> SubmissionVersion:
    """The next version, which says this; with title and codes of the report."""
    row.version = steps.next_number(session, row)
    row.sealed_title = sealed_title(session, row.id, account.get("title", ""))
    lines.note(session, row, account)
    version = SubmissionVersion(
        submission_id=row.id,
        number=row.version,
        sealed_account=sealed_account(session, row.id, row.version, account),
        author_id=author_id,
        created_at=now,
    )
    session.add(version)
    session.flush()
    return version


def _adopt(
    session: Session, row: Submission, author_id: str, public: Mapping[str, Any], now: datetime
) -> None:
    """Let what is public stand for an original that is gone, under a key of its own."""
    keys_of(session).renew(session, row.id)
    row.erased_at = None
    add(session, row, author_id, public, now)
    row.published_version = row.version
