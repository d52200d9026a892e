"""Tables of applications to join the node, the steward's rulings, and invitations into an organization."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Key, Moment, random_key
from registry.db.private import PrivateBase


class Application(PrivateBase):
    """An organization's wish to join; ``applicant_id`` is the person who becomes its first administrator."""

    __tablename__ = "organization_application"

    id: Mapped[str] = mapped_column(Key, primary_key=True, default=random_key)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), unique=True)
    applicant_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    website: Mapped[str] = mapped_column(String(300))
    purpose: Mapped[str] = mapped_column(Text)
    applied_at: Mapped[datetime] = mapped_column(Moment)


class Ruling(PrivateBase):
    """What the steward decided about an organization, and why; rulings are added, never changed.

    ``action`` is one of ``rules.Action`` or of ``rules.Review``; ``decided_by`` is None for the operator.
    """

    __tablename__ = "organization_ruling"

    id: Mapped[str] = mapped_column(Key, primary_key=True, default=random_key)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    action: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[str | None] = mapped_column(Key)
    decided_at: Mapped[datetime] = mapped_column(Moment)


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
