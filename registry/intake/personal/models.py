"""Table of what was decided about personal details; no detail stands in it, nor a hash of one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Key, Moment
from registry.db.private import PrivateBase


class DetailChoice(PrivateBase):
    """What was chosen for one thing in one report, at one stage.

    ``thing`` is the name of ``privacy/accounts.py``, which is a hash of words, veiled with the report's key.
    """

    __tablename__ = "detail_choice"

    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    thing: Mapped[str] = mapped_column(String(80), primary_key=True)
    stage: Mapped[str] = mapped_column(String(20), primary_key=True)
    choice: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[str] = mapped_column(Key)
    at: Mapped[datetime] = mapped_column(Moment)
