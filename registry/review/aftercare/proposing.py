"""Keeping a change that somebody proposes, of one record or of two; inside the caller's unit of work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import Step
from registry.db.columns import random_key
from registry.errors import Conflict
from registry.identity.rules import Actor
from registry.identity.starting import by
from registry.review.aftercare.looking import Looked
from registry.review.aftercare.models import ChangeRow
from registry.review.aftercare.rules import ERASURE_WAITS, SUBJECT, WAITS, ChangeState, Kind
from registry.review.aftercare.showing import purpose
from registry.sealing import Sealer


@dataclass(frozen=True, slots=True)
class Asked:
    """A proposal that was looked at: what and why, with which note, of which record; ``other`` of a merge."""

    kind: Kind
    reason: str
    note: str
    record: Looked
    other: Looked | None = None


def keep(session: Session, sealer: Sealer, actor: Actor, asked: Asked, now: datetime) -> ChangeRow:
    """The change as it waits for a decision; raises ``Conflict`` where one that it crosses does."""
    key, record, other = random_key(), asked.record, asked.other
    row = ChangeRow(
        id=key,
        token=random_key(),
        record_id=record.id,
        revision=record.revision,
        into_record=None if other is None else other.id,
        into_revision=None if other is None else other.revision,
        kind=asked.kind.value,
        reason_code=asked.reason,
        sealed_note=sealer.seal(asked.note, purpose(key)) if asked.note else None,
        state=ChangeState.PROPOSED.value,
        lock=1,
        proposed_by=actor.id,
        organization_id=actor.organization_id,
        proposed_at=now,
    )
    session.add(row)
    try:
        session.flush()
    except IntegrityError as error:  # somebody proposed another change of it at the same time
        raise Conflict(ERASURE_WAITS if asked.kind is Kind.ERASE else WAITS) from error
    step = Step(SUBJECT, key, f"propose-{asked.kind.value}", None, row.state, asked.reason)
    audit.append(session, step, by(actor), now)
    return row
