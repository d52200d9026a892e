"""Tables of intake in the private database.

What people wrote lies in ``sealed_…`` columns and is opened by the properties beside them, inside the
unit of work. Columns called ``plain_…`` hold what older versions wrote, until ``commons init`` has
sealed it (``custody/moving_in.py``); nothing else writes or reads them. ``coded_…`` columns hold the few
coarse codes by which lists are cut (``waiting/lines.py``), ``marked_…`` ones names as marks
(``waiting/parties.py``).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Document, Key, Moment, random_key
from registry.db.private import PrivateBase
from registry.intake.vault import originals

OPEN_STATES = "state IN ('submitted', 'in_review', 'changes_requested', 'accepted', 'scheduled')"
"""What waits for somebody: few beside all that was decided, so they have an index of their own."""


_MADE = text("record_id IS NOT NULL")


class Submission(PrivateBase):
    """One organization's account on its way; the text is in its versions."""

    __tablename__ = "submission"
    __table_args__ = (
        Index("ix_submission_organization", "organization_id", "updated_at"),
        Index("ix_submission_state", "state", "submitted_at"),
        Index("ix_submission_due", "state", "due_at", "id"),
        Index("ix_submission_record", "record_id", sqlite_where=_MADE, postgresql_where=_MADE),
        Index(
            "ix_submission_open",
            "state",
            "coded_language",
            "due_at",
            sqlite_where=text(OPEN_STATES),
            postgresql_where=text(OPEN_STATES),
        ),
    )

    id: Mapped[str] = mapped_column(Key, primary_key=True, default=random_key)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"))
    author_id: Mapped[str] = mapped_column(Key)
    channel: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(Integer)
    lock: Mapped[int] = mapped_column(Integer)
    plain_title: Mapped[str | None] = mapped_column("title", String(200))
    sealed_title: Mapped[bytes | None] = mapped_column(LargeBinary)
    receipt_hash: Mapped[str] = mapped_column(String(64), unique=True)
    record_id: Mapped[str | None] = mapped_column(String(120))
    published_version: Mapped[int | None] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(20), default="report", server_default="report")
    tlp: Mapped[str] = mapped_column(String(5), default="CLEAR", server_default="CLEAR")
    about_record: Mapped[str | None] = mapped_column(String(120))
    about_held: Mapped[str | None] = mapped_column(String(20))
    files_numbered: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    demo: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[datetime] = mapped_column(Moment)
    updated_at: Mapped[datetime] = mapped_column(Moment)
    submitted_at: Mapped[datetime | None] = mapped_column(Moment)
    noticed_at: Mapped[datetime | None] = mapped_column(Moment)
    erased_at: Mapped[datetime | None] = mapped_column(Moment)
    held_asked_at: Mapped[datetime | None] = mapped_column(Moment)
    held_answered_at: Mapped[datetime | None] = mapped_column(Moment)
    coded_event: Mapped[str | None] = mapped_column(String(40))
    coded_severity: Mapped[str | None] = mapped_column(String(40))
    coded_sectors: Mapped[str | None] = mapped_column(String(400))
    coded_language: Mapped[str | None] = mapped_column(String(8))
    marked_parties: Mapped[str | None] = mapped_column(Text)
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    missed_at: Mapped[datetime | None] = mapped_column(Moment)
    state_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def in_revision(self) -> bool:
        """Whether something else than what is public is on its way."""
        return self.record_id is not None and self.state != "published"

    @property
    def title(self) -> str:
        """The title; empty once the original was erased."""
        return "" if self.erased_at is not None else originals.title(self, self.id, self.sealed_title)


class SubmissionVersion(PrivateBase):
    """One version of the account; versions are added, never changed, only emptied by an erasure."""

    __tablename__ = "submission_version"

    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    plain_account: Mapped[dict[str, Any] | None] = mapped_column("account", Document)
    sealed_account: Mapped[bytes | None] = mapped_column(LargeBinary)
    author_id: Mapped[str] = mapped_column(Key)
    created_at: Mapped[datetime] = mapped_column(Moment)

    @property
    def gone(self) -> bool:
        """Whether its words were destroyed, also where the report has newer ones under another key."""
        return self.sealed_account is None and self.plain_account is None

    @property
    def account(self) -> dict[str, Any]:
        """The account as JSON; raises ``Shredded`` once the original was erased."""
        return originals.account(self, self.submission_id, self.number, self.sealed_account)


class IdempotencyKey(PrivateBase):
    """The first answer to a machine's request, so that its retry gets the same one.

    ``request_hash`` is a mark under the submission's key: without it nobody can confirm a guess.
    """

    __tablename__ = "idempotency_key"

    actor_id: Mapped[str] = mapped_column(Key, primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    request_hash: Mapped[str] = mapped_column(String(64))
    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
