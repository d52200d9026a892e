"""Merging a public record into another one, or grouping both in an incident: two people, one door, undoable.

The record becomes *merged*: its address leads to the successor, its versions stay readable, searches find
the successor alone. Undoing it is to reinstate the record, proposed and decided as any other change.
Grouped, both stay, as parts of an incident (``registry/record/grouping.py``); to retract that undoes it. A
record of another node stays as it is: ours says that both tell of one event, until it is separated again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, Gone, Invalid, NotFound, Problem, Stale
from registry.identity.rules import Actor, Permission, demand
from registry.review.aftercare import proposing, rules, standing
from registry.review.aftercare.looking import Looked, PublicLooks
from registry.review.aftercare.models import ChangeRow
from registry.review.aftercare.proposing import Asked
from registry.review.aftercare.rules import MOVED, OPEN, WAITS, Kind, RecordStands
from registry.review.aftercare.showing import Showing
from registry.review.aftercare.views import ChangeView
from registry.sealing import Sealer

ONE_AT_A_TIME: Final = 0x6D65726765
"""Number of the lock under which merges are proposed: two that cross wait for one another."""
STATEMENT: Final = "statement"
INCIDENT: Final = "incident"
UNKNOWN = N_("There is no such record in this registry. Check its identifier.")
ITSELF = N_("A record cannot be merged into itself. Name the other one.")
STATEMENTS = N_("Statements are not merged: they belong to the record that they are about.")
CROSSING = N_("Another change of one of both records waits already. Let it be decided first.")
UNFIT: Final[dict[RecordStands, str]] = {
    RecordStands.MERGED: N_("The other record is merged itself, into %(into)s. Name that one."),
    RecordStands.RETRACTED: N_("The other record was retracted. Nothing is merged into it."),
}
"""How the other record stands → why nothing is merged into it."""
NOT_GROUPED = N_(
    "Only reports of this node are grouped: with one another, with one of another node, or in an incident."
)
TOGETHER = N_("This record is grouped with a record of another node already. Undo that first.")
GROUPED = N_("This record is part of an incident already, %(into)s. Retract that first.")
REMOVED = N_("The other record was removed. Nothing is merged into it.")


@dataclass(frozen=True, slots=True)
class Merge:
    """What somebody would have merged into what, or grouped with it, and why, as they have read both."""

    into: str
    reason: str
    note: str
    revision: int
    into_revision: int
    kind: str = Kind.MERGE.value


@dataclass(frozen=True, slots=True)
class Preview:
    """Both records, and what keeps one from being merged into the other, or grouped with it.

    ``waits`` says that this very thing is proposed already.
    """

    record: Looked
    into: Looked
    refused: Mapping[Kind, Conflict]
    waits: bool = False


class Merging:
    """Looking at a merge, and proposing it; who decides on it, decides on changes (``changes.py``)."""

    def __init__(self, private: PrivateDatabase, clock: Clock, looks: PublicLooks, sealer: Sealer) -> None:
        self._private, self._clock, self._looks, self._sealer = private, clock, looks, sealer

    def preview(self, actor: Actor, record_id: str, into: str) -> Preview:
        """What would be merged into what; changes nothing. Raises as ``propose``, but for conflicts."""
        demand(actor, Permission.CARE_FOR_RECORDS)
        record, other = self._both(record_id, into)
        with self._private.read() as session:
            refused = {
                kind: why
                for kind in (Kind.MERGE, Kind.GROUP)
                if (why := _why_not(session, actor, record, other, kind)) is not None
            }
            return Preview(record, other, refused, _is_proposed(session, record, other))

    def propose(self, actor: Actor, record_id: str, merge: Merge) -> ChangeView:
        """Propose that a record is merged into another one.

        Raises ``NotFound`` and ``Gone`` for a record that is not there (for this actor), ``Invalid``,
        ``Stale`` where one of both has changed since, and ``Conflict`` with a sentence for all that crosses.
        """
        demand(actor, Permission.CARE_FOR_RECORDS)
        record, other = self._both(record_id, merge.into)
        kind, note = rules.checked_proposal(
            merge.kind, merge.reason, merge.note, actor.language, names_other=True
        )
        with self._private.work() as session:
            _one_at_a_time(session)
            _refuse_ties(session, actor, record, other)
            if (merge.revision, merge.into_revision) != (record.revision, other.revision):
                raise Stale
            _refuse(record, other, kind)
            _refuse_waiting(session, record, other)
            asked = Asked(kind, merge.reason, note, record, other)
            row = proposing.keep(session, self._sealer, actor, asked, self._clock())
            return Showing(self._sealer).view(session, actor, row, record)

    def _both(self, record_id: str, into: str) -> tuple[Looked, Looked]:
        record = self._looks.look(record_id)
        try:
            other = self._looks.look(into)
        except NotFound as unknown:
            raise Invalid([Problem("/into", UNKNOWN)]) from unknown
        except Gone as gone:
            raise Invalid([Problem("/into", REMOVED)]) from gone
        if record.id == other.id:
            raise Invalid([Problem("/into", ITSELF)])
        return record, other


def refuse_unfit(row: ChangeRow, looks: PublicLooks) -> None:
    """Raises ``Conflict`` where the other record of a merge does not stand any more as it was read."""
    if row.into_record is None:
        return
    other = looks.look_at([row.into_record]).get(row.into_record)
    if other is None:
        raise Conflict(REMOVED)
    _refuse_other(other)
    if other.revision != row.into_revision:
        raise Conflict(MOVED)


def _why_not(session: Session, actor: Actor, record: Looked, other: Looked, kind: Kind) -> Conflict | None:
    try:
        _refuse_ties(session, actor, record, other)
        _refuse(record, other, kind)
        _refuse_waiting(session, record, other)
    except Conflict as refused:
        return refused
    return None


def _refuse(record: Looked, other: Looked, kind: Kind) -> None:
    if STATEMENT in (record.type, other.type):
        raise Conflict(STATEMENTS)
    standing.refuse_elsewhere(record, kind)
    rules.leads_to(kind, record.state)
    _refuse_other(other)
    if kind is not Kind.GROUP:
        return
    fits = other.own or other.elsewhere or other.type == INCIDENT
    if record.type == INCIDENT or not record.own or not fits:
        raise Conflict(NOT_GROUPED)
    if record.across:
        raise Conflict(TOGETHER)
    if record.part_of is not None:
        raise Conflict(GROUPED, into=record.part_of)


def _refuse_other(other: Looked) -> None:
    if other.state in UNFIT:
        raise Conflict(UNFIT[other.state], into=other.successor or "")


def _refuse_ties(session: Session, actor: Actor, record: Looked, other: Looked) -> None:
    """Whoever merges has nothing to do with either of both; raises ``NotFound`` or ``Conflict``."""
    for one in (record, other):
        standing.refuse_hidden(session, actor, one.id)
        standing.refuse_named(session, actor, one)


def _refuse_waiting(session: Session, record: Looked, other: Looked) -> None:
    """Raises ``Conflict`` where something waits that this merge would cross."""
    ids, open_ = (record.id, other.id), ChangeRow.state.in_([state.value for state in OPEN])
    touching = or_(ChangeRow.record_id.in_(ids), ChangeRow.into_record == record.id)
    found = session.scalars(select(ChangeRow.record_id).where(open_, touching)).all()
    if record.id in found:
        raise Conflict(WAITS)
    if found:
        raise Conflict(CROSSING)


def _is_proposed(session: Session, record: Looked, other: Looked) -> bool:
    same = (ChangeRow.record_id == record.id) & (ChangeRow.into_record == other.id)
    open_ = ChangeRow.state.in_([state.value for state in OPEN])
    return session.scalar(select(ChangeRow.id).where(same, open_).limit(1)) is not None


def _one_at_a_time(session: Session) -> None:
    """Let rivals wait until this unit ends; on SQLite they do so anyway."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
