"""Tables of applications to join the node and of invitations into an organization."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Key, Moment, random_key
from registry.db.private import PrivateBase


class Application(PrivateBase):
    """An organization's wish to join, and what the steward decided and why.

    ``decision`` is ``approved``, ``declined`` or None while it waits; ``applicant_id`` is the person
    who becomes its first administrator.
    """

    __tablename__ = "organization_application"

    id: Mapped[str] = mapped_column(Key, primary_key=True, default=random_key)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), unique=True)
    applicant_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    website: Mapped[str] = mapped_column(String(300))
    purpose: Mapped[str] = mapped_column(Text)
    applied_at: Mapped[datetime] = mapped_column(Moment)
    decision: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(Text)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by: Mapped[str | None] = mapped_column(Key)


class Invitation(PrivateBase):
    """Roles that wait for a person at an address; ``ended_at`` is when it was accepted or taken back."""

    __tablename__ = "invitation"

    id: Mapped[str] = mapped_column(Key, primary_key=True, default=random_key)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    roles: Mapped[str] = mapped_column(String(100))
    language: Mapped[str] = mapped_column(String(12))
    invited_by: Mapped[str] = mapped_column(Key)
    invited_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    accepted_by: Mapped[str | None] = mapped_column(Key)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
