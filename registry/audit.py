"""The append-only trail: who did what to which object, from which state to which, why and when.

Rows are only ever added; triggers in the private database refuse to change or delete them. The
trail names people by id and role, and never carries report text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import BigInteger, Index, Integer, String, Table, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from registry.db.columns import Key, Moment
from registry.db.private import PrivateBase


class AuditRow(PrivateBase):
    """One step, as stored."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_subject", "subject", "subject_id", "id"),)

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(60))
    old: Mapped[str | None] = mapped_column(String(60))
    new: Mapped[str | None] = mapped_column(String(60))
    reason: Mapped[str | None] = mapped_column(String(200))
    actor_id: Mapped[str | None] = mapped_column(Key)
    actor_role: Mapped[str] = mapped_column(String(40))
    organization_id: Mapped[str | None] = mapped_column(Key)


_TABLE = cast("Table", AuditRow.__table__)


@dataclass(frozen=True, slots=True)
class By:
    """Who acts: a person or client by id (None for the registry itself), in which role, for whom."""

    role: str
    actor_id: str | None = None
    organization_id: str | None = None


REGISTRY = By("registry")
"""The software acting by itself."""


@dataclass(frozen=True, slots=True)
class Step:
    """What was done: ``action`` on ``subject`` ``subject_id``, and the states before and after."""

    subject: str
    subject_id: str
    action: str
    old: str | None = None
    new: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A step as read back."""

    at: datetime
    action: str
    old: str | None
    new: str | None
    reason: str | None
    actor_id: str | None
    actor_role: str
    organization_id: str | None


def append(session: Session, step: Step, by: By, at: datetime) -> None:
    """Add a step to the trail, in the caller's transaction."""
    append_all(session, [step], by, at)


def append_all(session: Session, steps: Sequence[Step], by: By, at: datetime) -> None:
    """Add several steps of one act to the trail, in their order, in the caller's transaction."""
    who = {"actor_id": by.actor_id, "actor_role": by.role, "organization_id": by.organization_id}
    session.connection().execute(
        _TABLE.insert(),
        [
            {
                "at": at,
                "subject": step.subject,
                "subject_id": step.subject_id,
                "action": step.action,
                "old": step.old,
                "new": step.new,
                "reason": step.reason,
            }
            | who
            for step in steps
        ],
    )


def trail(session: Session, subject: str, subject_id: str) -> Sequence[Entry]:
    """Every step of one object, oldest first."""
    rows = session.scalars(
        select(AuditRow)
        .where(AuditRow.subject == subject, AuditRow.subject_id == subject_id)
        .order_by(AuditRow.id)
    )
    return [
        Entry(r.at, r.action, r.old, r.new, r.reason, r.actor_id, r.actor_role, r.organization_id)
        for r in rows
    ]
