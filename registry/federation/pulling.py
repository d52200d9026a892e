"""Pulling: read what a peer signed since last time, check all of it, keep it, and show what is to be shown.

Each stretch of entries is kept in one transaction together with how far the log was read
(rekor-monitor#740), so that a pull may be killed at any step and goes on where it was. Nothing is kept
before it was checked against what the peer signed.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.clock import Clock, today
from registry.db.public import PublicDatabase
from registry.federation import attesting, claims, mirror, pacing, turns, witnessed
from registry.federation.acknowledging import Acknowledge
from registry.federation.looks import Looks
from registry.federation.models import PeerRow
from registry.federation.pacing import Pace, uncollected
from registry.federation.placing import Placed, place_all
from registry.federation.remote import Getter, RemoteLog, Seen
from registry.federation.rules import BREAKER_COUNT, Mode, breaks, withdrawn
from registry.federation.showing import known_witnesses, signed_size
from registry.federation.standing import PeerState, accepted, accepted_among, home_of, policy_of
from registry.federation.taking import Entries, Stretch, read_entries, take, weight
from registry.federation.verifying import Broken, Contradiction, believe, stretch_end
from registry.federation.view import Reader
from registry.fetching import FetchFailed
from registry.ledger.checkpoints import SignedCheckpoint, open_checkpoint
from registry.ledger.cosignatures import WitnessKey
from registry.ledger.cosigned import merged
from registry.ledger.envelopes import HOME_OPS, Op, Standing
from registry.ledger.frontier import Frontier
from registry.ledger.keys import parse_vkey
from registry.ledger.refusal import Refused
from registry.ledger.tiles import WIDTH
from registry.record import copies
from taxonomy import Taxonomy
from taxonomy.migration import migrations

MASS_WITHDRAWAL: Final = "mass-withdrawal"
OVERTAKEN: Final = "overtaken"
"""Another pull of the same peer was faster."""
BEHIND: Final = "relay-behind"
"""The mirror that the log is read from has less of it than was read before."""


@dataclass(slots=True)
class Pulled:
    """What a pull did: entries read, records of theirs shown anew, waiting and erased, entries set aside."""

    entries: int = 0
    shown: int = 0
    waiting: int = 0
    quarantined: int = 0
    erased: list[str] = field(default_factory=list)
    trouble: str = ""
    more: bool = False
    """Whether there was no time for all of it."""

    def to_json(self) -> dict[str, object]:
        """For programs."""
        return {
            "entries": self.entries,
            "shown": self.shown,
            "waiting": self.waiting,
            "quarantined": self.quarantined,
            "erased": len(self.erased),
            "trouble": self.trouble or None,
        }


class Puller:
    """Follows the logs of peers."""

    def __init__(
        self,
        public: PublicDatabase,
        getter: Getter,
        taxonomy: Taxonomy,
        clock: Clock,
        acknowledge: Acknowledge,
    ) -> None:
        self._public, self._getter, self._clock = public, getter, clock
        self._taxonomy, self._migrations = taxonomy, tuple(migrations(taxonomy))
        self._acknowledge = acknowledge
        self._paces: dict[str, Pace] = {}
        self._seen: dict[str, Seen] = {}
        self._looks = Looks()

    def due(self, every: timedelta) -> str | None:
        """The peer that was looked at longest ago, if that is long enough, or that is known to have news."""
        query = select(PeerRow.short, PeerRow.hinted).where(
            PeerRow.state == PeerState.FOLLOWING.value, PeerRow.mode != Mode.BLOCKED.value
        )
        with self._public.read() as session:
            peers = [(row.short, row.hinted) for row in session.execute(query)]
        return self._looks.next(peers, self._clock(), every)

    def pull(self, short: str, *, seconds: float = math.inf) -> Pulled:
        """Read on in one peer's log; what went wrong is in ``trouble`` and kept with the peer.

        Ends after the stretch in which so many seconds were over; the next pull goes on there.
        """
        pulled, ends = Pulled(), time.monotonic() + seconds
        with self._public.read() as session:
            peer = session.get_one(PeerRow, short)
        if peer.state == PeerState.FROZEN.value or not policy_of(peer).follows:
            return pulled
        try:
            while self._read_on(peer, pulled, ends):  # with another key than before
                with self._public.read() as session:
                    peer = session.get_one(PeerRow, short)
        except Contradiction as found:
            pulled.trouble = self._contradicted(peer, found)
        except Refused as refused:
            pulled.trouble = refused.reason
        except FetchFailed as failed:
            pulled.trouble = f"fetch-{failed.why.value}"
            self._paces.setdefault(short, Pace()).slower()
        self._looks.note(short, self._clock(), more=pulled.more)
        self._note(short, pulled.trouble)
        if pulled.erased:
            self._public.settle()
        return pulled

    def reader(self) -> Reader:
        """Reads payloads as of today."""
        return Reader(self._taxonomy, self._migrations, today(self._clock))

    def _read_on(self, peer: PeerRow, pulled: Pulled, ends: float) -> bool:
        """Read what the pinned key signed; whether another key is pinned now, and there may be more."""
        log, edge = RemoteLog(self._getter, peer.prefix), Frontier.from_bytes(peer.edge)
        raw = self._newest(peer, log)
        with self._public.read() as session:
            witnesses = known_witnesses(session)
        signed = self._believed(log, peer, raw, witnesses)
        pace, size = self._paces.setdefault(peer.short, Pace()), signed.checkpoint.size
        turned = False
        while edge.size < size:
            with uncollected():
                stretch = self._stretch(peer, log, signed, edge, stretch_end(edge.size, size, pace.entries))
                if not self._keep(peer.short, stretch, pulled):
                    return False
            edge, turned = stretch.edge, turned or bool(stretch.turns)
            pace.faster()
            if edge.size < size and time.monotonic() >= ends:
                pulled.more = True
                return False
        note = merged(signed, _kept(peer, witnesses))
        if note != peer.note:
            self._sign_off(peer.short, signed, note, pulled)
        return turned and not pulled.trouble

    def _believed(
        self, log: RemoteLog, peer: PeerRow, raw: bytes, witnesses: Sequence[WitnessKey]
    ) -> SignedCheckpoint:
        """The newest checkpoint that the pinned key signed; raises ``Contradiction``, or ``Refused``."""
        key = parse_vkey(peer.vkey)
        try:
            return believe(raw, key, peer.note, log.consistency, witnesses)
        except Refused as refused:
            if refused.reason != "signature-missing":
                raise
        return believe(turns.checkpoint_before(log, peer), key, peer.note, log.consistency, witnesses)

    def _newest(self, peer: PeerRow, log: RemoteLog) -> bytes:
        """The newest checkpoint; one that was read to its end is not sent again while it is the newest."""
        seen = self._seen.get(peer.prefix)
        known = seen is not None and seen.tag and _text(seen.note) == _text(peer.note)
        found = self._seen[peer.prefix] = log.checkpoint(seen if known else None)
        return found.note

    def _stretch(
        self, peer: PeerRow, log: RemoteLog, signed: SignedCheckpoint, edge: Frontier, end: int
    ) -> Stretch:
        log.within(pacing.SECONDS)
        policy, before = policy_of(peer), self._standings
        entries = read_entries(log, signed, edge, end, peer.node_id, before)
        if weight(entries, policy) > pacing.BYTES_MAX and (less := stretch_end(edge.size, end, WIDTH)) < end:
            entries = read_entries(log, signed, edge, less, peer.node_id, before)
        read = partial(self.reader().believe, home=home_of(peer))
        found = turns.turns_in(log, entries, peer)
        return replace(take(log, entries, policy, read, self._erased(entries)), turns=found)

    def _standings(self, record_ids: set[str]) -> dict[str, Standing]:
        with self._public.read() as session:
            return mirror.standings(session, record_ids)

    def _erased(self, entries: Entries) -> frozenset[str]:
        """The records spoken of that this node erased for itself: their payloads never come back."""
        ids = [one.envelope.id for one in entries.checked if one.envelope is not None]
        with self._public.read() as session:
            return copies.erased_of(session, ids)

    def _keep(self, short: str, stretch: Stretch, pulled: Pulled) -> bool:
        """Keep a stretch, place its records and move on, all at once; whether the pull may go on."""
        with self._public.work() as session:
            peer = _held(session, short)
            if peer.size != stretch.start or peer.state == PeerState.FROZEN.value:
                pulled.trouble = OVERTAKEN
                return False
            if stretch.edge.size > peer.allowed and _breaks(session, peer, stretch):
                pulled.trouble = MASS_WITHDRAWAL
                return False
            mirror.add(session, short, stretch)
            claims.hear(session, short, stretch)
            peer.size, peer.edge = stretch.edge.size, stretch.edge.to_bytes()
            turns.keep(session, peer, stretch.turns)
            session.flush()
            pulled.shown += attesting.settle(session, short, stretch, self.reader())
            self._place(session, peer, stretch, pulled)
        pulled.entries += len(stretch.entries)
        pulled.quarantined += sum(one.reason is not None for one in stretch.entries)
        return True

    def _place(self, session: Session, peer: PeerRow, stretch: Stretch, pulled: Pulled) -> None:
        said = [one for one in stretch.envelopes if one.op in HOME_OPS]
        ids = dict.fromkeys(one.id for one in said)
        records = (one.record for one in stretch.taken.values() if one.record is not None)
        known = {(one.id, one.revision): one for one in records}
        for record_id, placed in place_all(session, peer, ids, self.reader(), known).items():
            pulled.shown += placed is Placed.SHOWN
            pulled.erased += [record_id] if placed is Placed.ERASED else []
        for one in said:
            if one.op is Op.ERASE:
                self._acknowledge(session, one)
        pulled.waiting += mirror.waiting_among(session, peer, ids)

    def _sign_off(self, short: str, signed: SignedCheckpoint, note: bytes, pulled: Pulled) -> None:
        """Remember the newest checkpoint, now that all of it was read.

        What this node cosigned was shown to it by somebody else perhaps: it has to be the same log.
        """
        with self._public.work() as session:
            peer = _held(session, short)
            if peer.size != signed.checkpoint.size:
                return
            before, peer.note = signed_size(peer), note
            other = witnessed.contradiction(session, peer, before)
            if other is not None:
                peer.state, peer.evidence = PeerState.FROZEN.value, other
                pulled.trouble = Broken.FORK.value

    def _contradicted(self, peer: PeerRow, found: Contradiction) -> str:
        """Freeze the peer with both notes; a mirror that lags proves nothing against the log's owner."""
        if peer.relayed and found.reason == Broken.ROLLBACK.value:
            return BEHIND
        with self._public.work() as session:
            row = _held(session, peer.short)
            row.state, row.evidence = PeerState.FROZEN.value, found.raw
        return found.reason

    def _note(self, short: str, trouble: str) -> None:
        day = today(self._clock)
        with self._public.work() as session:
            peer = _held(session, short)
            peer.tried_on, peer.trouble, peer.hinted = day, trouble, False
            if not trouble:
                peer.pulled_on = day


def _breaks(session: Session, peer: PeerRow, stretch: Stretch) -> bool:
    """Whether a person has to look first. Nothing is counted for the few withdrawals of every day."""
    gone = withdrawn(stretch.envelopes)
    if len(gone) <= BREAKER_COUNT:
        return False
    return breaks(accepted_among(session, peer, gone), accepted(session, peer))


def _held(session: Session, short: str) -> PeerRow:
    return session.get_one(PeerRow, short, with_for_update=True, populate_existing=True)


def _text(note: bytes | None) -> bytes:
    """What was signed; there may be more cosignatures under it at one time than at another."""
    return (note or b"").rpartition(b"\n\n")[0]


def _kept(peer: PeerRow, witnesses: Sequence[WitnessKey]) -> SignedCheckpoint | None:
    """The checkpoint that was kept before, if everything under it still holds."""
    try:
        return None if peer.note is None else open_checkpoint(peer.note, parse_vkey(peer.vkey), witnesses)
    except Refused:
        return None
