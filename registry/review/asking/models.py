"""Table of questions to whoever sent a report, with their answers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, LargeBinary, String, false
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Key, Moment
from registry.db.private import PrivateBase


class Question(PrivateBase):
    """One question; it and its answer are sealed under the submission's data key.

    ``unread`` is true of an answer until a reviewer has read it.
    """

    __tablename__ = "review_question"

    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    reviewer_id: Mapped[str] = mapped_column(Key)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"))
    sealed_text: Mapped[bytes] = mapped_column(LargeBinary)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    writer: Mapped[str | None] = mapped_column(String(20))
    sealed_answer: Mapped[bytes | None] = mapped_column(LargeBinary)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    unread: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())


def question_of(number: int) -> str:
    """What the text of this question is sealed for."""
    return f"question {number}"


def answer_of(number: int) -> str:
    """What the answer to this question is sealed for."""
    return f"answer {number}"
