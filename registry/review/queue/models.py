"""Table of views that reviewers keep."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Document, Key, Moment, random_key
from registry.db.private import PrivateBase


class QueueView(PrivateBase):
    """A part of the queue that somebody wants to find again; ``asked`` as in the address of the page."""

    __tablename__ = "queue_view"
    __table_args__ = (UniqueConstraint("person_id", "name", name="uq_queue_view_name"),)

    id: Mapped[str] = mapped_column(Key, primary_key=True, default=random_key)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(60))
    asked: Mapped[dict[str, str]] = mapped_column(Document)
    created_at: Mapped[datetime] = mapped_column(Moment)
