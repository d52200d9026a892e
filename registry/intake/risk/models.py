"""Table of what was decided about how exact a report is published."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Document, Key, Moment
from registry.db.private import PrivateBase
from registry.intake.vault import originals


class ExactnessChoice(PrivateBase):
    """Rungs that an organization wished or a reviewer decided, and what was counted at that time.

    Choices are added, never changed; the newest of a stage counts. ``crowded`` says that at least five
    other organizations had such a report on its way; fewer are never written down.
    """

    __tablename__ = "exactness_choice"

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"), index=True)
    version: Mapped[int] = mapped_column(Integer)
    stage: Mapped[str] = mapped_column(String(20))
    levels: Mapped[dict[str, Any]] = mapped_column(Document)
    public_alike: Mapped[int] = mapped_column(Integer)
    crowded: Mapped[bool] = mapped_column(Boolean)
    threshold: Mapped[int] = mapped_column(Integer)
    reached: Mapped[bool] = mapped_column(Boolean)
    sealed_reason: Mapped[bytes | None] = mapped_column(LargeBinary)
    actor_id: Mapped[str] = mapped_column(Key)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"))
    at: Mapped[datetime] = mapped_column(Moment)

    @property
    def reason(self) -> str:
        """Why it may be published although too few look alike; raises ``Shredded``."""
        if self.sealed_reason is None:
            return ""
        return originals.text(self, self.submission_id, self.sealed_reason, reason_of(self.version))


def reason_of(version: int) -> str:
    """What a reason is sealed for."""
    return f"exactness reason {version}"
