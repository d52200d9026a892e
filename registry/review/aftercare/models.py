"""Tables of flags and of changes of public records, in the private database.

The public side knows nothing of either: it gets the finished change through the door.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Key, Moment, random_key
from registry.db.private import PrivateBase

RecordId = String(120)
OPEN_FLAG = "state = 'open'"
OPEN_CHANGE = "state IN ('proposed', 'approved')"
OPEN_ORDINARY = f"{OPEN_CHANGE} AND kind <> 'erase'"
OPEN_ERASURE = f"{OPEN_CHANGE} AND kind = 'erase'"


class FlagRow(PrivateBase):
    """That somebody says something is wrong; nobody knows who. ``sealed_text`` goes once it is decided."""

    __tablename__ = "record_flag"
    __table_args__ = (
        Index(
            "ix_record_flag_open",
            "record_id",
            "due_at",
            sqlite_where=text(OPEN_FLAG),
            postgresql_where=text(OPEN_FLAG),
        ),
    )

    id: Mapped[str] = mapped_column(Key, primary_key=True, default=random_key)
    record_id: Mapped[str] = mapped_column(RecordId)
    revision: Mapped[int] = mapped_column(Integer)
    reason_code: Mapped[str] = mapped_column(String(40))
    sealed_text: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20))
    received_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime] = mapped_column(Moment)
    outcome: Mapped[str | None] = mapped_column(String(40))
    decided_by: Mapped[str | None] = mapped_column(Key)
    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)


class ChangeRow(PrivateBase):
    """A change of a public record: who proposed it, who decided, and when the door may do it.

    ``token`` makes the public half happen once only. A record has one open change at most,
    and one open erasure beside it: that waits for nothing else.
    ``into_…`` is the other record of a merge, as it was read.
    """

    __tablename__ = "record_change"
    __table_args__ = (
        Index("ix_record_change_record", "record_id", "proposed_at"),
        Index(
            "uq_record_change_open",
            "record_id",
            unique=True,
            sqlite_where=text(OPEN_ORDINARY),
            postgresql_where=text(OPEN_ORDINARY),
        ),
        Index(
            "uq_record_change_erasure",
            "record_id",
            unique=True,
            sqlite_where=text(OPEN_ERASURE),
            postgresql_where=text(OPEN_ERASURE),
        ),
    )

    id: Mapped[str] = mapped_column(Key, primary_key=True, default=random_key)
    token: Mapped[str] = mapped_column(Key, unique=True, default=random_key)
    record_id: Mapped[str] = mapped_column(RecordId)
    revision: Mapped[int] = mapped_column(Integer)
    into_record: Mapped[str | None] = mapped_column(RecordId)
    into_revision: Mapped[int | None] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(20))
    reason_code: Mapped[str] = mapped_column(String(40))
    sealed_note: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20))
    lock: Mapped[int] = mapped_column(Integer, default=1)
    proposed_by: Mapped[str] = mapped_column(Key)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"))
    proposed_at: Mapped[datetime] = mapped_column(Moment)
    decided_by: Mapped[str | None] = mapped_column(Key)
    decider_organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"))
    refusal: Mapped[str | None] = mapped_column(String(40))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    not_before: Mapped[datetime | None] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def records(self) -> tuple[str, ...]:
        """The record, and the one that it is merged into if any: who decides has ties with neither."""
        return (self.record_id,) if self.into_record is None else (self.record_id, self.into_record)
