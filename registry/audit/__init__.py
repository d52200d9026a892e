"""The append-only trail: who did what to which object, from which state to which, why and when.

Rows are only ever added; triggers in the private database refuse to change or delete them. Each row
carries the hash of the one before it (``chain.py``), so that what is done behind the triggers shows. The
trail names people by id and role, and never carries report text.

Steps are kept until their unit of work ends and written right before its commit: the one place at the end
of the chain is then held for as long as it takes to write, and nobody who holds it waits for anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import BigInteger, Index, Integer, String, Table, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from registry.audit.chain import BEGINNING, FIELDS, following, moment_text
from registry.db.columns import Key, Moment
from registry.db.private import PrivateBase
from registry.db.unit import at_the_end

END_OF_CHAIN = 0x7472_6169_6C
"""The advisory lock of PostgreSQL for the place after the newest row (the word "trail" in ASCII)."""
SUBJECT_MAX = 64
"""Characters of a subject's id in the trail."""
_WAITING = "audit.waiting"


class AuditRow(PrivateBase):
    """One step, as stored; ``id`` counts from 1 without a gap."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_subject", "subject", "subject_id", "id"),)

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(SUBJECT_MAX))
    action: Mapped[str] = mapped_column(String(60))
    old: Mapped[str | None] = mapped_column(String(60))
    new: Mapped[str | None] = mapped_column(String(60))
    reason: Mapped[str | None] = mapped_column(String(200))
    actor_id: Mapped[str | None] = mapped_column(Key)
    actor_role: Mapped[str] = mapped_column(String(40))
    organization_id: Mapped[str | None] = mapped_column(Key)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


_TABLE = cast("Table", AuditRow.__table__)
_NEWEST = select(_TABLE.c.id, _TABLE.c.hash).order_by(_TABLE.c.id.desc()).limit(1)
_INSERT = _TABLE.insert()


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
    """Add several steps of one act to the trail, in their order, in the caller's transaction.

    Raises ``RuntimeError`` inside a savepoint: a step could not be taken back with it.
    """
    if session.in_nested_transaction():
        raise RuntimeError("steps are added to the trail outside savepoints")
    who = {"actor_id": by.actor_id, "actor_role": by.role, "organization_id": by.organization_id}
    _waiting(session).extend(
        {
            "at": at,
            "subject": step.subject,
            "subject_id": _kept(step.subject_id),
            "action": step.action,
            "old": step.old,
            "new": step.new,
            "reason": step.reason,
        }
        | who
        for step in steps
    )
    at_the_end(session, _write)


def trail(session: Session, subject: str, subject_id: str) -> Sequence[Entry]:
    """Every step of one object, oldest first, with those that this unit has added."""
    subject_id = _kept(subject_id)
    rows = session.scalars(
        select(AuditRow)
        .where(AuditRow.subject == subject, AuditRow.subject_id == subject_id)
        .order_by(AuditRow.id)
    )
    told = [{name: getattr(row, name) for name in FIELDS} for row in rows]
    told += [one for one in _waiting(session) if (one["subject"], one["subject_id"]) == (subject, subject_id)]
    return [Entry(**{name: one[name] for name in _SHOWN}) for one in told]


_SHOWN = tuple(name for name in FIELDS if not name.startswith("subject"))


def _kept(subject_id: str) -> str:
    """An id as the trail holds it: one that is too long, as those of some foreign records, by its SHA-256."""
    fits = len(subject_id) <= SUBJECT_MAX
    return subject_id if fits else hashlib.sha256(subject_id.encode()).hexdigest()


def _waiting(session: Session) -> list[dict[str, Any]]:
    """Steps of this unit that are not yet written."""
    steps: list[dict[str, Any]] = session.info.setdefault(_WAITING, [])
    return steps


def _write(session: Session) -> None:
    """Chain what waits to the newest row and write it; the lock goes with the commit that follows.

    SQLite has one writer at a time anyway. On PostgreSQL the newest row is read by a statement of its own
    after the lock, which therefore sees what the holder before committed.
    """
    steps, connection = _waiting(session), session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(END_OF_CHAIN)))
    number, previous = connection.execute(_NEWEST).first() or (0, BEGINNING)
    rows = []
    for step in steps:
        link = following(number, previous, step | {"at": moment_text(step["at"])})
        number, previous = link.number, link.hash
        rows.append(step | {"id": number, "previous": link.previous, "hash": previous})
    connection.execute(_INSERT, rows)
    steps.clear()
