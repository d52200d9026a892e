"""Table of erasures in the private database. Nothing of what was erased stands in it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Document, Key, Moment
from registry.db.private import PrivateBase


class ErasureRow(PrivateBase):
    """That the original of a report was destroyed: when, why, how many of what, and a check value."""

    __tablename__ = "erasure"

    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    organization_id: Mapped[str] = mapped_column(Key)
    state: Mapped[str] = mapped_column(String(20))
    record_id: Mapped[str | None] = mapped_column(String(120))
    why: Mapped[str] = mapped_column(String(20))
    destroyed: Mapped[dict[str, Any]] = mapped_column(Document)
    check_value: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)
