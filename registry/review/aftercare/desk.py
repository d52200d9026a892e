"""What reviewers and stewards read: which records somebody should look at, and one of them whole."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import case, func, not_, or_, select
from sqlalchemy.orm import Session

from registry.db.private import PrivateDatabase
from registry.identity.rules import Actor, Permission, demand
from registry.intake.following.adding import marked
from registry.privacy import Hidden
from registry.review.aftercare import standing
from registry.review.aftercare.flagging import URGENT, FlagState
from registry.review.aftercare.flags import purpose
from registry.review.aftercare.looking import PublicLooks
from registry.review.aftercare.models import ChangeRow, FlagRow
from registry.review.aftercare.rules import OPEN, Kind
from registry.review.aftercare.showing import Showing
from registry.review.aftercare.views import CaredFor, CareLine, FlagView
from registry.sealing import Sealer

SHOWN = 100
"""Records that are listed at once; the most urgent ones."""
_OPEN_CHANGE = [state.value for state in OPEN]


class CareDesk:
    """The list of records that need care."""

    def __init__(self, private: PrivateDatabase, looks: PublicLooks, sealer: Sealer) -> None:
        self._private, self._looks, self._sealer = private, looks, sealer
        self._showing = Showing(sealer)

    def waiting(self, actor: Actor) -> tuple[CareLine, ...]:
        """Flagged records, where somebody could be recognised first; then what only waits for a decision.

        Records that the actor has ties with are not there.
        """
        demand(actor, Permission.READ_FLAGS)
        with self._private.read() as session:
            flagged = _flagged(session, actor)
            changes = _urgent(_open_changes(session, actor))
            ids = list(dict.fromkeys([*flagged, *changes]))[:SHOWN]
            looked = self._looks.look_at(ids)
            return tuple(
                CareLine(
                    key,
                    looked.get(key),
                    *flagged.get(key, (0, False, None)),
                    change=self._showing.view(session, actor, changes[key], looked.get(key))
                    if key in changes
                    else None,
                )
                for key in ids
            )

    def count(self, actor: Actor) -> int:
        """How many records wait for somebody, as far as this actor sees them."""
        demand(actor, Permission.READ_FLAGS)
        with self._private.read() as session:
            flagged = _flagged(session, actor)
            return len({*flagged, *(row.record_id for row in _open_changes(session, actor))})

    def read(self, actor: Actor, record_id: str) -> CaredFor:
        """One record; raises ``NotFound`` (also for one that the actor has ties with), or ``Gone``.

        Of a record that names an organization of theirs, an actor reads no flags.
        """
        demand(actor, Permission.READ_FLAGS)
        record = self._looks.look(record_id)
        with self._private.read() as session:
            standing.refuse_hidden(session, actor, record.id)
            named = standing.is_named(session, actor, record)
            rows, hidden = [] if named else _flags_of(session, record.id), Hidden()
            flags = tuple(self._flag(row, record.account.language, hidden) for row in rows)
            changes = self._showing.of_record(session, actor, record)
        return CaredFor(record, flags, changes)

    def _flag(self, row: FlagRow, language: str, hidden: Hidden) -> FlagView:
        """What reviewers read: what gives people away for certain is a mark, as in what is added later."""
        text = self._sealer.open(row.sealed_text, purpose(row.id)) if row.sealed_text else ""
        text = marked(text, language, hidden)
        return FlagView(row.id, row.reason_code, text, row.revision, row.received_at, row.due_at)


def _flagged(session: Session, actor: Actor) -> dict[str, tuple[int, bool, datetime | None]]:
    """Record → how many open flags, whether one is urgent, and when the first one is due; in order."""
    urgent = func.max(case((FlagRow.reason_code == URGENT, 1), else_=0))
    first = func.min(FlagRow.due_at)
    query = (
        select(FlagRow.record_id, func.count(), urgent, first)
        .where(
            FlagRow.state == FlagState.OPEN.value,
            not_(standing.hidden_record(session, actor, FlagRow.record_id)),
        )
        .group_by(FlagRow.record_id)
        .order_by(urgent.desc(), first, FlagRow.record_id)
        .limit(SHOWN)
    )
    return {key: (count, bool(pressing), at) for key, count, pressing, at in session.execute(query)}


def _open_changes(session: Session, actor: Actor) -> list[ChangeRow]:
    query = (
        select(ChangeRow)
        .where(
            ChangeRow.state.in_(_OPEN_CHANGE),
            or_(
                ChangeRow.proposed_by == actor.id,
                not_(standing.hidden_record(session, actor, ChangeRow.record_id)),
            ),
        )
        .order_by(ChangeRow.proposed_at, ChangeRow.id)
        .limit(SHOWN)
    )
    return list(session.scalars(query))


def _urgent(rows: list[ChangeRow]) -> dict[str, ChangeRow]:
    """Record → its open change; where an erasure waits beside another one, that is what is told."""
    found: dict[str, ChangeRow] = {}
    for row in rows:
        if row.record_id not in found or row.kind == Kind.ERASE.value:
            found[row.record_id] = row
    return found


def _flags_of(session: Session, record_id: str) -> list[FlagRow]:
    urgent = case((FlagRow.reason_code == URGENT, 0), else_=1)
    query = (
        select(FlagRow)
        .where(FlagRow.record_id == record_id, FlagRow.state == FlagState.OPEN.value)
        .order_by(urgent, FlagRow.due_at, FlagRow.id)
    )
    return list(session.scalars(query))
