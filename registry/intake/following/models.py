"""Table of what was added to a report after it was sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Key, Moment, random_key
from registry.db.private import PrivateBase


class Addition(PrivateBase):
    """One note from the side of the report; ``sealed`` is its text under the submission's data key."""

    __tablename__ = "addition"

    id: Mapped[str] = mapped_column(Key, primary_key=True, default=random_key)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"), index=True)
    writer: Mapped[str] = mapped_column(String(20))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Moment)
