"""Tables of independence in the private database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Key, Moment
from registry.db.private import PrivateBase


class Unmasking(PrivateBase):
    """That a reviewer asked who told a report that is reviewed blind, and why."""

    __tablename__ = "review_unmasking"

    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    reviewer_id: Mapped[str] = mapped_column(Key, primary_key=True)
    reason_code: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(Moment)


class Recusal(PrivateBase):
    """That a reviewer stepped aside from one report, for good, and why."""

    __tablename__ = "recusal"

    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    reviewer_id: Mapped[str] = mapped_column(Key, primary_key=True)
    reason_code: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(Moment)
