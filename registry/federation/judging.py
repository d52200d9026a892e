"""Records of peers that wait for a look before they are shown here, and what is decided about each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.clock import Clock, today
from registry.db.public import PublicDatabase
from registry.errors import NotFound, Stale
from registry.federation import mirror, waiting
from registry.federation.attesting import attest
from registry.federation.models import JudgmentRow, MirrorEntryRow, PeerRow
from registry.federation.placing import place
from registry.federation.rules import Standing
from registry.federation.standing import home_of
from registry.federation.view import Reader
from registry.ledger.envelopes import parse_envelope
from registry.record.types import PublicRecord

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record as it would be shown, whose it is, and which earlier revision is shown already, 0 for none."""

    record: PublicRecord
    peer: str
    peer_name: str
    shown: int


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """Some of them, and the id behind which the next page begins; None where nothing is left.

    What is erased while it waits is not among them, so that a page may be short and yet not the last one.
    """

    lines: tuple[Waiting, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Judgment:
    """What was decided: ``shows`` the revision, or not, for a reason; ``again`` asks at the next revision."""

    revision: int
    shows: bool
    reason: str = ""
    again: bool = True


class Judging:
    """Works on the public side only: who may decide, and the trail of it, are the door's."""

    def __init__(self, public: PublicDatabase, reader: Callable[[], Reader], clock: Clock, home: str) -> None:
        """``home`` is the full id of this node, in whose log it is said what was decided."""
        self._public, self._reader, self._clock, self._home = public, reader, clock, home

    def count(self) -> int:
        """How many records wait."""
        with self._public.read() as session:
            return waiting.count(session)

    def waiting(self, after: str = "", limit: int = PAGE) -> WaitingPage:
        """Records that wait, in the order of their ids, from behind ``after`` on."""
        with self._public.read() as session:
            ids = waiting.page(session, after, limit + 1)
            found = (self._read(session, one) for one in ids[:limit])
            lines = tuple(one for one in found if one is not None)
        return WaitingPage(lines, ids[limit - 1] if len(ids) > limit else None)

    def read(self, record_id: str) -> Waiting:
        """One record that waits; raises ``NotFound``."""
        with self._public.read() as session:
            found = self._read(session, record_id) if waiting.waits(session, record_id) else None
        if found is None:
            raise NotFound
        return found

    def decide(self, record_id: str, judgment: Judgment) -> None:
        """Keep what was decided and do it; raises ``NotFound``, or ``Stale`` where its home revised it."""
        with self._public.work() as session:
            peer = _peer_held(session, record_id)
            newest = _newest(session, record_id)
            if newest is None or not waiting.waits(session, record_id):
                raise NotFound
            if newest.revision != judgment.revision:
                raise Stale
            row = session.get(JudgmentRow, record_id)
            if row is None:
                row = JudgmentRow(record_id=record_id, peer=peer.short, shown=0)
                session.add(row)
            row.judged = newest.revision
            row.shown = newest.revision if judgment.shows else row.shown
            row.reason, row.again, row.by, row.day = judgment.reason, judgment.again, "", today(self._clock)
            session.flush()
            # The record first, then the log: in the order in which the door and pulls hold both.
            place(session, peer, record_id, self._reader())
            attest(session, self._home, row.day, newest.leaf, shown=judgment.shows)

    def reviewed_by(self, record_id: str) -> str | None:
        """Full id of the node whose review let a record be shown here; None where people here looked."""
        query = (
            select(PeerRow.node_id)
            .join(JudgmentRow, JudgmentRow.by == PeerRow.short)
            .where(JudgmentRow.record_id == record_id, JudgmentRow.shown > 0)
        )
        with self._public.read() as session:
            return session.scalar(query)

    def _read(self, session: Session, record_id: str) -> Waiting | None:
        row = _newest(session, record_id)
        kept = None if row is None else mirror.payload(session, row.commitment)
        if row is None or kept is None:
            return None
        peer = session.get_one(PeerRow, record_id[4:14])  # the entry may stand in the log of who keeps it
        record = self._reader().read(kept.payload, parse_envelope(row.leaf), home_of(peer))
        judged = session.get(JudgmentRow, record_id)
        return Waiting(record, peer.short, peer.name, 0 if judged is None else judged.shown)


def _peer_held(session: Session, record_id: str) -> PeerRow:
    peer = session.get(PeerRow, record_id[4:14], with_for_update=True)
    if peer is None:
        raise NotFound
    return peer


def _newest(session: Session, record_id: str) -> MirrorEntryRow | None:
    query = (
        select(MirrorEntryRow)
        .where(MirrorEntryRow.record_id == record_id, MirrorEntryRow.standing == Standing.TAKEN.value)
        .order_by(MirrorEntryRow.revision.desc())
        .limit(1)
    )
    return session.scalar(query)
