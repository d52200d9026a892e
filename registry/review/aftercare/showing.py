"""Changes as somebody reads them, and who may decide on one; inside the unit of work of whoever asks."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.identity.kin.reading import ties_of
from registry.identity.rules import Actor, Permission
from registry.intake.models import Submission
from registry.review.aftercare import rules, standing
from registry.review.aftercare.looking import Looked
from registry.review.aftercare.models import ChangeRow
from registry.review.aftercare.rules import ChangeState
from registry.review.aftercare.views import ChangeView
from registry.sealing import Sealer


class Showing:
    """Makes views of changes; opens their notes."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    def of_record(self, session: Session, actor: Actor, record: Looked) -> tuple[ChangeView, ...]:
        """Every change of a record, newest first."""
        query = select(ChangeRow).where(ChangeRow.record_id == record.id)
        rows = session.scalars(query.order_by(ChangeRow.proposed_at.desc(), ChangeRow.id))
        return tuple(self.view(session, actor, row, record) for row in rows)

    def view(self, session: Session, actor: Actor, row: ChangeRow, record: Looked | None) -> ChangeView:
        """One change; without its record nobody decides on it."""
        note = self._sealer.open(row.sealed_note, purpose(row.id)) if row.sealed_note else ""
        return ChangeView(
            id=row.id,
            record_id=row.record_id,
            into=row.into_record,
            kind=rules.Kind(row.kind),
            reason=row.reason_code,
            note=note,
            state=ChangeState(row.state),
            lock=row.lock,
            revision=row.revision,
            proposed_at=row.proposed_at,
            decided_at=row.decided_at,
            refusal=row.refusal,
            not_before=row.not_before,
            mine=row.proposed_by == actor.id,
            ours=is_ours(actor, row),
            may_decide=may_decide(session, actor, row, record),
        )


def purpose(key: str) -> str:
    """What the note of a change is sealed for."""
    return f"change {key}"


def may_decide(session: Session, actor: Actor, row: ChangeRow, record: Looked | None) -> bool:
    """Whether the actor may decide on it now."""
    return (
        record is not None
        and row.state == ChangeState.PROPOSED.value
        and actor.holds(Permission.DECIDE_CHANGES)
        and is_independent(session, actor, row)
        and not standing.is_named(session, actor, record)
    )


def is_ours(actor: Actor, row: ChangeRow) -> bool:
    """Whether the actor, or their organization, proposed it."""
    return actor.id == row.proposed_by or actor.organization_id == row.organization_id


def is_independent(session: Session, actor: Actor, row: ChangeRow) -> bool:
    """Whether the actor has nothing to do with whoever proposed it, nor with whoever told the record."""
    ties = ties_of(session, actor).organizations
    told = select(Submission.organization_id).where(Submission.record_id.in_(row.records))
    owners = set(session.scalars(told))
    return actor.id != row.proposed_by and row.organization_id not in ties and not owners & ties
