"""Keeping what was checked of a peer's log: each stretch in one transaction with how far was read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from sqlalchemy.orm import Session

from registry.clock import Clock, today
from registry.db.public import PublicDatabase
from registry.errors import N_, Conflict
from registry.federation import (
    attesting,
    breaker,
    claims,
    mirror,
    missing,
    reading,
    succession,
    turns,
    waiting,
    wills,
    witnessed,
)
from registry.federation.acknowledging import Acknowledge
from registry.federation.models import PeerRow
from registry.federation.placing import Placed, place_all
from registry.federation.pulled import BEHIND, MASS_WITHDRAWAL, OVERTAKEN, Pulled
from registry.federation.rate import RATE, left
from registry.federation.reading import CaughtUp
from registry.federation.rules import Mode
from registry.federation.showing import signed_size
from registry.federation.standing import PeerState, bound_of, used_of
from registry.federation.succession import Settled
from registry.federation.taking import Stretch, Taken
from registry.federation.verifying import Broken, Checked, Contradiction
from registry.federation.view import Reader
from registry.ledger.checkpoints import SignedCheckpoint
from registry.ledger.envelopes import HOME_OPS, Op

NOT_FROZEN: Final = N_("That node is not frozen. What keeps it from being read: commons peer show")


class Keeper:
    """Writes what a pull read; every method is one transaction of the public database."""

    def __init__(
        self, public: PublicDatabase, clock: Clock, reader: Callable[[], Reader], acknowledge: Acknowledge
    ) -> None:
        self._public, self._clock, self._reader = public, clock, reader
        self._acknowledge = acknowledge

    def keep(self, short: str, stretch: Stretch, pulled: Pulled) -> bool:
        """Keep a stretch, place its records and move on, all at once; whether the pull may go on."""
        with self._public.work() as session:
            peer = _held(session, short)
            if peer.size != stretch.start or peer.state != PeerState.FOLLOWING.value:
                pulled.trouble = OVERTAKEN
                return False
            if breaker.stops(session, peer, stretch):
                pulled.trouble = MASS_WITHDRAWAL
                return False
            mirror.add(session, short, stretch)
            claims.hear(session, short, stretch)
            peer.size, peer.edge, peer.stopped = stretch.edge.size, stretch.edge.to_bytes(), None
            reading.put_off(peer, stretch)
            self._count(peer, len(stretch.entries))
            turns.keep(session, peer, stretch.turns)
            session.flush()
            pulled.shown += attesting.settle(session, short, stretch, self._reader())
            self._place(session, peer, stretch, pulled)
            self._succeed(session, peer, stretch, pulled)
        pulled.entries += len(stretch.entries)
        pulled.quarantined += sum(one.reason is not None for one in stretch.entries)
        return True

    def missing(self, short: str) -> list[Checked]:
        """The entries of a peer whose payloads are asked for again."""
        with self._public.work() as session:
            return missing.due(session, _held(session, short).short)

    def supply(self, short: str, entries: Sequence[Checked], given: Mapping[int, Taken]) -> CaughtUp:
        """Keep payloads of these entries that were given after all, but for what was erased meanwhile."""
        with self._public.work() as session:
            peer = _held(session, short)
            still = {one.position for one in missing.due(session, short)}
            wanted = [one for one in entries if one.position in still]
            return missing.supply(session, peer, wanted, given, self._reader())

    def left(self, short: str) -> int | None:
        """How many entries of a peer may still be taken today; None for any number."""
        with self._public.read() as session:
            peer = session.get_one(PeerRow, short)
            return left(bound_of(peer), used_of(peer), today(self._clock))

    def pause(self, short: str, behind: int) -> str:
        """Remember how many signed entries were left for another day; gives why."""
        with self._public.work() as session:
            _held(session, short).rate_left = behind
        return RATE

    def _count(self, peer: PeerRow, entries: int) -> None:
        used = used_of(peer).and_(entries, today(self._clock))
        peer.rate_day, peer.rate_taken, peer.rate_left = used.day, used.taken, used.left

    def _place(self, session: Session, peer: PeerRow, stretch: Stretch, pulled: Pulled) -> None:
        said = [one for one in stretch.envelopes if one.op in HOME_OPS]
        ids = dict.fromkeys(one.id for one in said)
        records = (one.record for one in stretch.taken.values() if one.record is not None)
        known = {(one.id, one.revision): one for one in records}
        for record_id, placed in place_all(session, peer, ids, self._reader(), known).items():
            pulled.shown += placed is Placed.SHOWN
            pulled.erased += [record_id] if placed is Placed.ERASED else []
        for one in said:
            if one.op is Op.ERASE:
                self._acknowledge(session, one)
        if peer.mode == Mode.HOLD.value:
            pulled.waiting += waiting.count_among(session, ids)

    def _succeed(self, session: Session, peer: PeerRow, stretch: Stretch, pulled: Pulled) -> None:
        """Hear who keeps whose records, and let what the keepers did with them count."""
        heard = wills.hear(session, peer, stretch)
        session.flush()
        over = {one.short: one for one in succession.follow_handed_over(session, heard)}
        for home in {one.home for one in stretch.kept}:
            kept = session.get(PeerRow, home[:10])
            if kept is not None and kept.successor == peer.short:
                over[kept.short] = kept
        for kept in over.values():
            settled = succession.settle(session, kept, self._reader(), self._acknowledge)
            pulled.shown += settled.shown
            pulled.erased += settled.erased
            pulled.quarantined += settled.refused

    def succeed(self, short: str, keeper: str) -> Settled:
        """Let the node ``keeper`` keep this peer's records from now on, and what it did with them count."""
        with self._public.work() as session:
            peer = _held(session, short)
            succession.succeed(peer, keeper)
            settled = succession.settle(session, peer, self._reader(), self._acknowledge)
        if settled.erased:
            self._public.settle()
        return settled

    def returned(self, short: str, trouble: str, evidence: bytes) -> str:
        """A peer that is gone signed something that its end does not allow: keep that, and say so."""
        with self._public.work() as session:
            row = _held(session, short)
            row.trouble, row.evidence = trouble, evidence
        return trouble

    def sign_off(self, short: str, signed: SignedCheckpoint, note: bytes, pulled: Pulled) -> None:
        """Remember the newest checkpoint, now that all of it was read.

        What this node cosigned was shown to it by somebody else perhaps: it has to be the same log.
        """
        with self._public.work() as session:
            peer = _held(session, short)
            if peer.size != signed.checkpoint.size:
                return
            if peer.note is None and peer.max_rate is None:
                peer.rate_taken = 0  # what a first copy took is not held against the rest of the day
            before, peer.note = signed_size(peer), note
            other = witnessed.contradiction(session, peer, before)
            if other is not None:
                peer.state, peer.evidence = PeerState.FROZEN.value, other
                pulled.trouble = peer.trouble = Broken.FORK.value

    def contradicted(self, peer: PeerRow, found: Contradiction) -> str:
        """Freeze the peer with both notes; a mirror that lags proves nothing against the log's owner."""
        if peer.relayed and found.reason == Broken.ROLLBACK.value:
            return BEHIND
        with self._public.work() as session:
            row = _held(session, peer.short)
            row.state, row.evidence, row.trouble = PeerState.FROZEN.value, found.raw, found.reason
        return found.reason

    def thaw(self, short: str) -> None:
        """Let a frozen peer be read on; raises ``Conflict`` where it is not frozen."""
        with self._public.work() as session:
            peer = _held(session, short)
            if peer.state != PeerState.FROZEN.value:
                raise Conflict(NOT_FROZEN)
            peer.state, peer.trouble = PeerState.FOLLOWING.value, ""

    def note(self, short: str, trouble: str) -> None:
        """Remember that it was tried today, and how it went."""
        day = today(self._clock)
        with self._public.work() as session:
            peer = _held(session, short)
            peer.tried_on, peer.trouble, peer.hinted = day, trouble, False
            if trouble in ("", RATE):
                peer.pulled_on = day


def _held(session: Session, short: str) -> PeerRow:
    return session.get_one(PeerRow, short, with_for_update=True, populate_existing=True)
