"""Tables of who is named. All of it is private: the public reads the result, a text or nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Key, Moment, random_key
from registry.db.private import PrivateBase
from registry.intake.vault import originals

MESSAGE, REASON = "message", "reason"
_OPEN = text("state IN ('offered', 'taken')")


class NamingPreference(PrivateBase):
    """How an organization's reports usually name it, and whether it publishes for others and what."""

    __tablename__ = "naming_preference"

    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    identity: Mapped[str] = mapped_column(String(20))
    publishes: Mapped[bool] = mapped_column(Boolean)
    terms: Mapped[str] = mapped_column(String(300))


class ReportIdentity(PrivateBase):
    """How one report names its organization; a report without a row goes by the description."""

    __tablename__ = "report_identity"

    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    identity: Mapped[str] = mapped_column(String(20))


class ReportOffer(PrivateBase):
    """A request that another organization publish a report; ``asked`` is its name as it was typed.

    Without a ``publisher_id`` nobody was reached: the organization that asks cannot tell this from one
    that does not answer. ``version`` is the one that was taken over, ``lends`` under which identity;
    ``told`` says that the publisher may know who asks.
    """

    __tablename__ = "report_offer"
    __table_args__ = (
        Index(
            "uq_report_offer_open",
            "submission_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_report_offer_publisher", "publisher_id", "state"),
    )

    id: Mapped[str] = mapped_column(Key, primary_key=True, default=random_key)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"), index=True)
    publisher_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"))
    asked: Mapped[str] = mapped_column(String(200))
    told: Mapped[bool] = mapped_column(Boolean)
    sealed_message: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(20))
    version: Mapped[int | None] = mapped_column(Integer)
    lends: Mapped[str | None] = mapped_column(String(20))
    sealed_reason: Mapped[bytes | None] = mapped_column(LargeBinary)
    offered_at: Mapped[datetime] = mapped_column(Moment)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def message(self) -> str:
        """What was written to the publisher, inside the unit of work; empty once it was erased."""
        return self._opened(self.sealed_message, MESSAGE)

    @property
    def reason(self) -> str:
        """Why the publisher refused, inside the unit of work; empty once it was erased."""
        return self._opened(self.sealed_reason, REASON)

    def _opened(self, sealed: bytes | None, part: str) -> str:
        if sealed is None:
            return ""
        return originals.text(self, self.submission_id, sealed, offer_text(self.id, part))


def offer_text(offer_id: str, part: str) -> str:
    """What a text of a request is sealed for."""
    return f"offer {offer_id} {part}"
