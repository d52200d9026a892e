"""The private half of the handover."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Key, Moment
from registry.db.private import PrivateBase


class Handover(PrivateBase):
    """A version of a submission on its way through the door, under a random token of no other meaning.

    ``done_at`` is empty until the private side knows that the public record exists; whatever stopped
    in between is finished by the next run.
    """

    __tablename__ = "handover"
    __table_args__ = (UniqueConstraint("submission_id", "version"),)

    token: Mapped[str] = mapped_column(Key, primary_key=True)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"))
    version: Mapped[int] = mapped_column(Integer)
    reserved_at: Mapped[datetime] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    record_id: Mapped[str | None] = mapped_column(String(120))
