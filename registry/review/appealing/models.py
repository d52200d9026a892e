"""Table of appeals in the private database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Moment
from registry.db.private import PrivateBase

REASON: str = "appeal"
"""What the reason of an appeal is sealed for."""


class Appeal(PrivateBase):
    """The one appeal of a report; what came of it is a decision like others (``DecisionRow``)."""

    __tablename__ = "review_appeal"

    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    writer: Mapped[str] = mapped_column(String(20))
    sealed_reason: Mapped[bytes | None] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Moment)
