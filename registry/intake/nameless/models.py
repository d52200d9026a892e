"""Table of visits without an account: the server's side of a cookie, for some hours."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Key, Moment
from registry.db.private import PrivateBase


class Visit(PrivateBase):
    """Somebody is at their one report; the cookie's secret is kept as a hash, and nothing tells who."""

    __tablename__ = "visit"

    secret_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    guest_id: Mapped[str] = mapped_column(Key)
    expires_at: Mapped[datetime] = mapped_column(Moment)
