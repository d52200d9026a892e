"""Tables of review in the private database; ``plain_…`` as in ``intake/models.py``."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Key, Moment, random_key
from registry.db.private import PrivateBase
from registry.intake.vault import originals


class Claim(PrivateBase):
    """Who is examining a submission, and until when nobody else may."""

    __tablename__ = "review_claim"

    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    reviewer_id: Mapped[str] = mapped_column(Key)
    reviewer_name: Mapped[str] = mapped_column(String(120))
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"))
    until: Mapped[datetime] = mapped_column(Moment)


class ConcludedColumns:
    """The columns of what a reviewer concludes about one version; rows are added, never changed.

    ``other_node`` is the id of the node to which a declined report belongs, where a reviewer named one.
    """

    id: Mapped[str] = mapped_column(Key, primary_key=True, default=random_key)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"), index=True)
    version: Mapped[int] = mapped_column(Integer)
    reviewer_id: Mapped[str] = mapped_column(Key)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"))
    decision: Mapped[str] = mapped_column(String(20))
    reason_code: Mapped[str | None] = mapped_column(String(20))
    other_node: Mapped[str | None] = mapped_column(String(52))
    sealed_note: Mapped[bytes | None] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Moment)

    @property
    def note(self) -> str:
        """What the reviewer wrote, inside the unit of work; empty without a note, or once it was erased."""
        if self.sealed_note is None:
            return ""
        return originals.text(self, self.submission_id, self.sealed_note, note_of(self.id))


class DecisionRow(ConcludedColumns, PrivateBase):
    """One decision on one version of a submission."""

    __tablename__ = "review_decision"

    plain_note: Mapped[str | None] = mapped_column("note", Text)


def note_of(decision_id: str) -> str:
    """What the note of a decision is sealed for."""
    return f"note {decision_id}"


class ReleaseRow(PrivateBase):
    """Until when an accepted report is held back, so that the day of its record does not tell its own."""

    __tablename__ = "review_release"

    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    not_before: Mapped[datetime] = mapped_column(Moment)
