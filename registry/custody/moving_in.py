"""Sealing what older versions of this software wrote in plain text; ``commons init`` does it, once.

Each report is sealed in one piece, so this may be killed and run again at any time. Afterwards the
database is rewritten, lest the old words stay behind in its free space. See docs/adr/0008.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from registry.db.private import PrivateDatabase
from registry.errors import N_, Unavailable
from registry.intake import creation
from registry.intake.bulk import marks
from registry.intake.models import IdempotencyKey, Submission, SubmissionVersion
from registry.intake.personal.models import DetailChoice
from registry.intake.vault import originals
from registry.intake.vault.keys import keys_of
from registry.intake.vault.models import DataKeyRow
from registry.review.models import DecisionRow, note_of

T = TypeVar("T", SubmissionVersion, DecisionRow, DetailChoice, IdempotencyKey)
Tell = Callable[[int, int], None]
"""Hears how many are done, of how many."""
BATCH = 100
"""Reports sealed in one unit of work."""
REWRITTEN = ("submission", "submission_version", "review_decision", "detail_choice", "idempotency_key")


def require_sealed(private: PrivateDatabase) -> None:
    """Raises ``Unavailable`` while anything lies in plain text."""
    with private.read() as session:
        if any(session.scalar(rest.limit(1)) is not None for rest in (_plain(), _open_keys())):
            raise Unavailable(N_("The private database holds reports of an older layout. Run: commons init"))


def silent(_done: int, _all: int) -> None:
    """Tell nobody."""


def move_in(private: PrivateDatabase, secret_key: str, tell: Tell = silent) -> int:
    """Seal every report that lies in plain text; returns how many, and tells how far it came.

    Idempotency keys as they were sent become names under the node's secret key.
    """
    with private.read() as session:
        waiting = session.scalar(select(func.count()).select_from(_plain().subquery())) or 0
    done = 0
    while sealed := _batch(private):
        done += sealed
        tell(done, waiting)
    named = 0
    while more := _name_keys(private, secret_key):
        named += more
    if done or named:
        private.rewrite(REWRITTEN)
    return done


def _name_keys(private: PrivateDatabase, secret_key: str) -> int:
    with private.work() as session:
        rows = session.scalars(_open_keys().limit(BATCH)).all()
        for row in rows:
            row.key = creation.name_of(secret_key, row.key)
    return len(rows)


def _open_keys() -> Select[IdempotencyKey]:
    """Keys that are kept as they were sent."""
    named = (IdempotencyKey.key.startswith(known) for known in (creation.NAMED, *marks.NAMED))
    return select(IdempotencyKey).where(~or_(*named))


def _plain() -> Select[str]:
    sealed = select(DataKeyRow.submission_id).where(DataKeyRow.submission_id == Submission.id)
    return select(Submission.id).where(~sealed.exists())


def _batch(private: PrivateDatabase) -> int:
    with private.work() as session:
        rows = list(session.scalars(select(Submission).where(Submission.id.in_(_plain().limit(BATCH)))))
        for row in rows:
            _seal(session, row)
    return len(rows)


def _seal(session: Session, row: Submission) -> None:
    keys_of(session).make(session, row.id)
    versions = _of(session, SubmissionVersion, row.id)
    if not versions and not row.plain_title:  # its organization was erased
        keys_of(session).destroy(session, row.id, row.updated_at)
        row.erased_at, row.plain_title = row.updated_at, None
        return
    row.sealed_title = originals.sealed_title(session, row.id, row.plain_title or "")
    row.plain_title = None
    for version in versions:
        account = version.plain_account or {}
        version.sealed_account = originals.sealed_account(session, row.id, version.number, account)
        version.plain_account = None
    for decision in _of(session, DecisionRow, row.id):
        if decision.plain_note:
            text, purpose = decision.plain_note, note_of(decision.id)
            decision.sealed_note = originals.sealed_text(session, row.id, text, purpose)
        decision.plain_note = None
    for choice in _of(session, DetailChoice, row.id):
        choice.thing = originals.veiled_thing(session, row.id, choice.thing)
    for key in _of(session, IdempotencyKey, row.id):
        key.request_hash = originals.request_mark(session, row.id, key.request_hash)


def _of(session: Session, table: type[T], submission_id: str) -> list[T]:
    return list(session.scalars(select(table).where(table.submission_id == submission_id)))
