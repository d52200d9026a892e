"""Tables of intake in the private database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Document, Key, Moment, random_key
from registry.db.private import PrivateBase


class Submission(PrivateBase):
    """One organization's account on its way; the text is in its versions."""

    __tablename__ = "submission"
    __table_args__ = (
        Index("ix_submission_organization", "organization_id", "updated_at"),
        Index("ix_submission_state", "state", "submitted_at"),
    )

    id: Mapped[str] = mapped_column(Key, primary_key=True, default=random_key)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"))
    author_id: Mapped[str] = mapped_column(Key)
    channel: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(Integer)
    lock: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(String(200))
    receipt_hash: Mapped[str] = mapped_column(String(64), unique=True)
    record_id: Mapped[str | None] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20), default="report", server_default="report")
    about_record: Mapped[str | None] = mapped_column(String(120))
    about_held: Mapped[str | None] = mapped_column(String(20))
    demo: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[datetime] = mapped_column(Moment)
    updated_at: Mapped[datetime] = mapped_column(Moment)
    submitted_at: Mapped[datetime | None] = mapped_column(Moment)


class SubmissionVersion(PrivateBase):
    """One version of the account; versions are added, never changed."""

    __tablename__ = "submission_version"

    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    account: Mapped[dict[str, Any]] = mapped_column(Document)
    author_id: Mapped[str] = mapped_column(Key)
    created_at: Mapped[datetime] = mapped_column(Moment)


class IdempotencyKey(PrivateBase):
    """The first answer to a machine's request, so that its retry gets the same one."""

    __tablename__ = "idempotency_key"

    actor_id: Mapped[str] = mapped_column(Key, primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    request_hash: Mapped[str] = mapped_column(String(64))
    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
