"""Table of attachments in the private database. What people wrote in it is sealed; file names are nowhere."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Key, Moment, random_key
from registry.db.private import PrivateBase


class Standing(StrEnum):
    """Where an attachment stands. A row is there before its file, and goes after it: no file is nameless."""

    PENDING = "pending"  # the file is being stored
    KEPT = "kept"
    REMOVED = "removed"  # the file goes, or is gone; for a day the row still counts against the limit


class Attachment(PrivateBase):
    """One file of a report: what it is, where it lies sealed, and what it shows."""

    __tablename__ = "attachment"
    __table_args__ = (
        Index("ix_attachment_submission", "submission_id", "created_at"),
        Index("ix_attachment_number", "submission_id", "number", unique=True),
        Index("ix_attachment_standing", "standing", "created_at"),
    )

    id: Mapped[str] = mapped_column(Key, primary_key=True, default=random_key)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"))
    number: Mapped[int | None] = mapped_column(Integer)  # from 1 in its report; None until the file is kept
    standing: Mapped[str] = mapped_column(String(10))
    address: Mapped[str] = mapped_column(String(64), unique=True)
    media: Mapped[str] = mapped_column(String(40))
    size: Mapped[int] = mapped_column(Integer)  # bytes of the file as it is handed out
    taken: Mapped[int] = mapped_column(Integer)  # bytes of the file as it came
    width: Mapped[int | None] = mapped_column(Integer)
    height: Mapped[int | None] = mapped_column(Integer)
    glimpse: Mapped[bytes | None] = mapped_column(LargeBinary)
    description: Mapped[bytes | None] = mapped_column(LargeBinary)
    author_id: Mapped[str] = mapped_column(Key)
    created_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
