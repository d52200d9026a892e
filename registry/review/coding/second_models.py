"""Table of accepted reports that are classified a second time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Key, Moment
from registry.db.private import PrivateBase


class SecondRow(PrivateBase):
    """A report of the sample; ``done_at`` is empty until somebody has classified it again."""

    __tablename__ = "review_second"

    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    drawn_at: Mapped[datetime] = mapped_column(Moment)
    reviewer_id: Mapped[str | None] = mapped_column(Key)
    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"))
    done_at: Mapped[datetime | None] = mapped_column(Moment)
