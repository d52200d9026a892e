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
    was met. ``trouble`` is the code of why it was not met.
    """

    __tablename__ = "green_partner"

    node_id: Mapped[str] = mapped_column(String(52), primary_key=True)
    green_id: Mapped[str | None] = mapped_column(String(52))
    trouble: Mapped[str] = mapped_column(String(40), default="")
    since: Mapped[datetime] = mapped_column(Moment)
