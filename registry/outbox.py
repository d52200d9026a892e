"""Work to be done later, queued in the same transaction as its cause.

A worker leases a job, does it, and marks it done; if the worker dies, the lease runs out and
another one takes the job again. So every handler must be safe to run twice. Jobs carry ids, never
content.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, Index, Integer, String, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from registry.db.columns import Document, Key, Moment, random_key
from registry.db.private import PrivateBase

LEASE = timedelta(minutes=5)
"""How long a worker may take before somebody else may try."""
MAX_ATTEMPTS = 10
"""After so many tries a job rests, kept, until a person looks at it."""
BACKOFF = timedelta(seconds=30)
"""Wait after the first failure; doubled for each further one."""


class OutboxJob(PrivateBase):
    """One piece of work to be done."""

    __tablename__ = "outbox_job"
    __table_args__ = (Index("ix_outbox_job_open", "done_at", "not_before"),)

    id: Mapped[str] = mapped_column(Key, primary_key=True, default=random_key)
    kind: Mapped[str] = mapped_column(String(60))
    payload: Mapped[dict[str, Any]] = mapped_column(Document)
    not_before: Mapped[datetime] = mapped_column(Moment)
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    lease_key: Mapped[str | None] = mapped_column(Key)
    attempts: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    done_at: Mapped[datetime | None] = mapped_column(Moment)


@dataclass(frozen=True, slots=True)
class Lease:
    """A job that is ours for a while; ``key`` proves it when we report back."""

    job_id: str
    key: str
    kind: str
    payload: dict[str, Any]


def enqueue(session: Session, kind: str, payload: dict[str, Any], not_before: datetime) -> str:
    """Queue a job in the caller's transaction; returns its id."""
    job = OutboxJob(id=random_key(), kind=kind, payload=payload, not_before=not_before)
    session.add(job)
    return job.id


def lease(session: Session, kinds: Collection[str], now: datetime) -> Lease | None:
    """Take the next due job of these kinds, or None; a conditional update decides between rivals."""
    due = (
        select(OutboxJob.id)
        .where(
            OutboxJob.done_at.is_(None),
            OutboxJob.kind.in_(kinds),
            OutboxJob.not_before <= now,
            OutboxJob.attempts < MAX_ATTEMPTS,
            or_(OutboxJob.lease_until.is_(None), OutboxJob.lease_until < now),
        )
        .order_by(OutboxJob.not_before)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    job_id = session.scalar(due)
    if job_id is None:
        return None
    key = random_key()
    taken = session.execute(
        update(OutboxJob)
        .where(OutboxJob.id == job_id, or_(OutboxJob.lease_until.is_(None), OutboxJob.lease_until < now))
        .values(lease_until=now + LEASE, lease_key=key, attempts=OutboxJob.attempts + 1)
    )
    if not _changed_one(taken):
        return None
    job = session.get_one(OutboxJob, job_id)
    return Lease(job.id, key, job.kind, dict(job.payload))


def finish(session: Session, taken: Lease, now: datetime) -> bool:
    """Mark a leased job done; False when the lease was lost to somebody else meanwhile."""
    result = session.execute(
        update(OutboxJob)
        .where(OutboxJob.id == taken.job_id, OutboxJob.lease_key == taken.key, OutboxJob.done_at.is_(None))
        .values(done_at=now, lease_until=None)
    )
    return _changed_one(result)


def retry_later(session: Session, taken: Lease, now: datetime) -> None:
    """Give a failed job back, to be tried again after a growing pause."""
    job = session.get_one(OutboxJob, taken.job_id)
    if job.lease_key == taken.key:
        job.lease_until = None
        job.not_before = now + BACKOFF * 2 ** min(job.attempts - 1, 8)


def is_due(session: Session, kind: str, now: datetime) -> bool:
    """Whether a job of this kind should have been done by now."""
    due = select(OutboxJob.id).where(
        OutboxJob.done_at.is_(None), OutboxJob.kind == kind, OutboxJob.not_before <= now
    )
    return session.scalar(due.limit(1)) is not None


def waiting(session: Session) -> int:
    """How many jobs are not done."""
    query = select(func.count()).select_from(OutboxJob).where(OutboxJob.done_at.is_(None))
    return session.scalar(query) or 0


def _changed_one(result: object) -> bool:
    return isinstance(result, CursorResult) and result.rowcount == 1
