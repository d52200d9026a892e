"""Votes in the private database: what one of several reviewers concludes, before anything is decided."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Key, Moment, random_key
from registry.db.private import PrivateBase
from registry.intake.vault import originals
from registry.review.models import note_of


class VoteRow(PrivateBase):
    """One vote on one version; votes are added, never changed.

    ``mark`` stands for what would be published (``votes.mark``). Once it is decided, those on whose
    side it was are decisions as well, under the same ``id`` (``DecisionRow``); the note is sealed for that.
    """

    __tablename__ = "review_vote"

    id: Mapped[str] = mapped_column(Key, primary_key=True, default=random_key)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"), index=True)
    version: Mapped[int] = mapped_column(Integer)
    reviewer_id: Mapped[str] = mapped_column(Key)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"))
    decision: Mapped[str] = mapped_column(String(20))
    reason_code: Mapped[str | None] = mapped_column(String(20))
    mark: Mapped[str] = mapped_column(String(64))
    sealed_note: Mapped[bytes | None] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Moment)

    @property
    def note(self) -> str:
        """What the reviewer wrote, inside the unit of work; empty without a note, or once it was erased."""
        if self.sealed_note is None:
            return ""
        return originals.text(self, self.submission_id, self.sealed_note, note_of(self.id))
