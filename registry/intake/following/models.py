"""Table of what was added to a report after it was sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, LargeBinary, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Moment
from registry.db.private import PrivateBase


class Addition(PrivateBase):
    """One note from the side of the report; ``sealed`` is its text under the submission's data key.

    ``unread`` is true of what came after a decision, until a reviewer has read it.
    """

    __tablename__ = "addition"
    __table_args__ = (
        Index(
            "ix_addition_unread",
            "submission_id",
            "at",
            sqlite_where=text("unread"),
            postgresql_where=text("unread"),
        ),
    )

    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    writer: Mapped[str] = mapped_column(String(20))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Moment)
    unread: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
