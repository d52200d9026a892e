"""Which nodes read what is for partners only: a decision of the steward, kept on the private side."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Moment
from registry.db.private import PrivateBase


class PartnerRow(PrivateBase):
    """A node that is followed and may read what is shared here; ours is read there, if it lets us.

    ``node_id`` is the full id under which it is followed, ``green_id`` that of its log for partners, once it
    was met. ``trouble`` is the code of why it was not met or read, ``unread_at`` since when it was not read
    in spite of looking, ``refused_at`` since when it answers as it does to strangers.
    """

    __tablename__ = "green_partner"

    node_id: Mapped[str] = mapped_column(String(52), primary_key=True)
    green_id: Mapped[str | None] = mapped_column(String(52))
    trouble: Mapped[str] = mapped_column(String(40), default="")
    since: Mapped[datetime] = mapped_column(Moment)
    refused_at: Mapped[datetime | None] = mapped_column(Moment)
    unread_at: Mapped[datetime | None] = mapped_column(Moment)


class SeenRequestRow(PrivateBase):
    """A request that was answered; the primary key refuses it the second time."""

    __tablename__ = "seen_request"

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    node_id: Mapped[str] = mapped_column(String(52), index=True)
    ends: Mapped[datetime] = mapped_column(Moment, index=True)
