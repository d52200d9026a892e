"""Table of what reviewers said of a report's facets."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Document, Key, Moment
from registry.db.private import PrivateBase
from registry.intake.vault import originals


class Coding(PrivateBase):
    """What one reviewer said of one facet of one version; lines are added, never changed.

    The newest line of a turn and facet counts. Codes and ``confidence`` are codes of the taxonomy and say
    nothing that a record would not; what the reviewer wrote beside them is sealed.
    """

    __tablename__ = "review_coding"
    __table_args__ = (Index("ix_review_coding_submission_id", "submission_id", "version"),)

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"))
    version: Mapped[int] = mapped_column(Integer)
    turn: Mapped[str] = mapped_column(String(10))
    facet: Mapped[str] = mapped_column(String(40))
    codes: Mapped[list[str]] = mapped_column(Document)
    standing: Mapped[str] = mapped_column(String(10))
    confidence: Mapped[str | None] = mapped_column(String(40))
    sealed_note: Mapped[bytes | None] = mapped_column(LargeBinary)
    reviewer_id: Mapped[str] = mapped_column(Key)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"))
    at: Mapped[datetime] = mapped_column(Moment)

    @property
    def note(self) -> str:
        """What the reviewer wrote, inside the unit of work; empty without a note, or once it was erased."""
        if self.sealed_note is None:
            return ""
        purpose = note_of(self.turn, self.version, self.facet)
        return originals.text(self, self.submission_id, self.sealed_note, purpose)


def note_of(turn: str, version: int, facet: str) -> str:
    """What a note is sealed for."""
    return f"coding note {turn} {version} {facet}"
