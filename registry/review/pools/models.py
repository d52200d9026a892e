"""Tables of what reviewers wish, and of which report is given to whom."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Document, Key, Moment
from registry.db.private import PrivateBase


class ReviewerWishes(PrivateBase):
    """What a reviewer wishes, in the shape of ``keeping.to_json``; nobody else reads it."""

    __tablename__ = "reviewer_wishes"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    wishes: Mapped[dict[str, object]] = mapped_column(Document)


class Assignment(PrivateBase):
    """To whom a waiting report is given, and until when; nobody, where nobody could take it.

    It keeps no one back: whoever may review a report may claim it. It counts only while the report is in
    the state in which it was given, so a report that comes back to the queue is given anew.
    """

    __tablename__ = "review_assignment"

    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    reviewer_id: Mapped[str | None] = mapped_column(Key, index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime] = mapped_column(Moment)
