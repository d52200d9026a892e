"""Pulling: read what a peer signed since last time, check all of it, keep it, and show what is to be shown.

Each stretch of entries is kept in one transaction together with how far the log was read
(rekor-monitor#740), so that a pull may be killed at any step and goes on where it was. Nothing is kept
before it was checked against what the peer signed.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from sqlalchemy import select

from registry.clock import Clock, today
from registry.db.public import PublicDatabase
from registry.federation import mirror, pacing, reading, turns, wills
from registry.federation.acknowledging import Acknowledge
from registry.federation.ahead import Behind
from registry.federation.breaker import reach
from registry.federation.keeping import Keeper
from registry.federation.looks import Looks
from registry.federation.models import PeerRow
from registry.federation.pacing import Pace, uncollected
from registry.federation.pulled import OVERTAKEN, RETURNED, Pulled
from registry.federation.remote import Getter, RemoteLog, Seen
from registry.federation.rules import Mode, Policy
from registry.federation.showing import known_witnesses
from registry.federation.standing import OVER, PeerState, home_of, policy_of
from registry.federation.succession import Settled
from registry.federation.taking import Entries, Stretch, Wanted, Whose, ask, read_entries, take, weight
from registry.federation.verifying import Contradiction, believe, stretch_end
from registry.federation.view import Reader
from registry.fetching import FetchFailed
from registry.ledger.checkpoints import SignedCheckpoint, open_checkpoint
from registry.ledger.cosignatures import WitnessKey
from registry.ledger.cosigned import merged
from registry.ledger.envelopes import Op, Standing
from registry.ledger.frontier import Frontier
from registry.ledger.keys import parse_vkey
from registry.ledger.refusal import Refused
from registry.ledger.tiles import WIDTH
from registry.record import copies
from taxonomy import Taxonomy
from taxonomy.migration import migrations


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
        self._keeper = Keeper(public, clock, self.reader, acknowledge)
        self._paces: dict[str, Pace] = {}
        self._seen: dict[str, Seen] = {}
        self._looks = Looks()
        self._asked: dict[str, tuple[str, date]] = {}

    def due(self, every: timedelta) -> str | None:
        """The peer that was looked at longest ago, if that is long enough, or that is known to have news."""
        query = select(PeerRow.short, PeerRow.hinted).where(
            PeerRow.state != PeerState.FROZEN.value, PeerRow.mode != Mode.BLOCKED.value
        )
        with self._public.read() as session:
            peers = [(row.short, row.hinted) for row in session.execute(query)]
        return self._looks.next(peers, self._clock(), every)

    def pull(self, short: str, *, seconds: float = math.inf) -> Pulled:
        """Read on in one peer's log; what went wrong is in ``trouble`` and kept with the peer.

        Ends after the stretch in which so many seconds were over; the next pull goes on there.
        Nothing is read of a peer that is frozen: its trouble stays what froze it.
        """
        pulled, ends = Pulled(), time.monotonic() + seconds
        with self._public.read() as session:
            peer = session.get_one(PeerRow, short)
        if peer.state == PeerState.FROZEN.value:
            pulled.trouble = peer.trouble or PeerState.FROZEN.value
        if pulled.trouble or not policy_of(peer).follows:
            return pulled
        if not self._caught_up(peer, pulled, ends):
            return pulled
        if peer.state in OVER:
            pulled.trouble = self._look_back(peer)
            return pulled
        try:
            self._read_all(peer, pulled, ends)
            if not pulled.trouble and not pulled.more:
                self._ask_again(peer, pulled, ends)
        except Contradiction as found:
            pulled.trouble = self._keeper.contradicted(peer, found)
        except Refused as refused:
            pulled.trouble = refused.reason
        except FetchFailed as failed:
            pulled.trouble = f"fetch-{failed.why.value}"
            self._paces.setdefault(short, Pace()).slower()
        self._looks.note(short, self._clock(), more=pulled.more)
        self._keeper.note(short, pulled.trouble)
        if pulled.erased:
            self._public.settle()
        return pulled

    def thaw(self, short: str) -> Pulled:
        """Read on in the log of a peer that is frozen, since a person here knows why it contradicted itself.

        What it signs now has to continue what was read of it: else it is frozen again at once. The notes that
        contradict each other stay. Raises ``Conflict`` where it is not frozen.
        """
        self._keeper.thaw(short)
        return self.pull(short)

    def _read_all(self, peer: PeerRow, pulled: Pulled, ends: float) -> None:
        """Read on, also under a key that was changed to, and from where another process got to meanwhile."""
        while self._read_on(peer, pulled, ends):
            with self._public.read() as session:
                peer = session.get_one(PeerRow, peer.short)
            if peer.state != PeerState.FOLLOWING.value:
                pulled.trouble = peer.trouble or peer.state
                return
            pulled.trouble = ""

    def _ask_again(self, peer: PeerRow, pulled: Pulled, ends: float) -> None:
        """Ask for payloads that were not given before: once a day of whoever is asked, and at each start.

        As long as all come that are asked for, the next ones are; what is left then is for the next look.
        """
        asked = (peer.prefix, today(self._clock))
        if self._asked.get(peer.short) == asked:
            return
        self._asked[peer.short] = asked
        log = RemoteLog(self._getter, peer.prefix, self._public.label)
        read = partial(self.reader().believe, home=home_of(peer), unread=True)
        while entries := self._keeper.missing(peer.short):
            log.within(pacing.SECONDS)
            given = ask(log, entries, read)
            done = self._keeper.supply(peer.short, entries, given.taken)
            pulled.shown, pulled.waiting = pulled.shown + done.shown, pulled.waiting + done.waiting
            pulled.quarantined += done.quarantined
            if len(given.taken) < len(entries):
                return
            if time.monotonic() >= ends:
                del self._asked[peer.short]
                return

    def _caught_up(self, peer: PeerRow, pulled: Pulled, ends: float) -> bool:
        """Whether all that is here of a peer was read that should be; first comes what is here already."""
        if not reading.is_due(peer):
            return True
        done = reading.catch_up(self._public, peer.short, self.reader(), ends)
        pulled.shown, pulled.waiting = done.shown, done.waiting
        pulled.quarantined, pulled.more = done.quarantined, done.more
        if done.more:
            self._looks.note(peer.short, self._clock(), more=True)
        return not done.more

    def succeed(self, short: str, keeper: str) -> Settled:
        """Let the node ``keeper`` keep this peer's records from now on, and what it did with them count."""
        return self._keeper.succeed(short, keeper)

    def _look_back(self, peer: PeerRow) -> str:
        """Whether a peer that is gone signs anything after its end; its silence is no trouble."""
        log, trouble = RemoteLog(self._getter, peer.prefix), ""
        try:
            signed = self._believed(log, peer, log.checkpoint().note, ())
            if signed.checkpoint.size > peer.size:
                trouble = self._keeper.returned(peer.short, RETURNED, signed.raw)
        except Contradiction as found:
            trouble = self._keeper.returned(peer.short, found.reason, found.raw)
        except (Refused, FetchFailed):
            trouble = peer.trouble
        self._looks.note(peer.short, self._clock(), more=False)
        return trouble

    def reader(self) -> Reader:
        """Reads payloads as of today."""
        return Reader(self._taxonomy, self._migrations, today(self._clock))

    def _read_on(self, peer: PeerRow, pulled: Pulled, ends: float) -> bool:
        """Read what the pinned key signed; whether to look again: under another key, or behind a reader."""
        log = RemoteLog(self._getter, peer.prefix, self._public.label)
        edge = Frontier.from_bytes(peer.edge)
        raw = self._newest(peer, log)
        with self._public.read() as session:
            witnesses = known_witnesses(session)
        signed = self._believed(log, peer, raw, witnesses)
        pace, size = self._paces.setdefault(peer.short, Pace()), signed.checkpoint.size
        left, turned = self._keeper.left(peer.short), False
        last = size if left is None else min(size, edge.size + left)
        with Behind(partial(self._keeper.keep, peer.short, pulled=pulled)) as behind:
            while edge.size < last and not pulled.more:
                end = min(last, stretch_end(edge.size, reach(peer, edge.size, size), pace.entries))
                with uncollected():
                    stretch = self._stretch(peer, log, signed, edge, end, behind)
                    if not behind.keep(stretch, ahead=stretch.edge.size < last):
                        return pulled.trouble == OVERTAKEN
                edge, turned = stretch.edge, turned or bool(stretch.turns)
                pace.faster()
                pulled.more = edge.size < size and time.monotonic() >= ends
            if not behind.wait():
                return pulled.trouble == OVERTAKEN
        if edge.size < size:
            if not pulled.more:
                pulled.trouble = self._keeper.pause(peer.short, size - edge.size)
            return False
        note = merged(signed, _kept(peer, witnesses))
        if note != peer.note:
            self._keeper.sign_off(peer.short, signed, note, pulled)
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
        self,
        peer: PeerRow,
        log: RemoteLog,
        signed: SignedCheckpoint,
        edge: Frontier,
        end: int,
        behind: Behind,
    ) -> Stretch:
        log.within(pacing.SECONDS)
        policy, whose = policy_of(peer), self._whose(peer, behind)
        entries = read_entries(log, signed, edge, end, whose)
        wants = self._wanted(policy, entries, behind)
        wanted = wants.among(entries)
        if weight(wanted) > pacing.BYTES_MAX and (less := stretch_end(edge.size, end, WIDTH)) < end:
            entries = read_entries(log, signed, edge, less, whose)
            wanted = wants.among(entries)
        read = partial(self.reader().believe, home=home_of(peer), unread=policy.mode is Mode.HIDDEN)
        found = turns.turns_in(log, entries, peer)
        return replace(take(log, entries, wanted, read), turns=found)

    def _whose(self, peer: PeerRow, behind: Behind) -> Whose:
        """Whose log it is, and what was said in it before a stretch."""
        with self._public.read() as session:
            ended = wills.has_ended(session, peer)

        def standings(ids: set[str]) -> dict[str, Standing]:
            with self._public.read() as session:
                kept = mirror.standings(session, ids) | wills.said(session, peer, ids)
            return kept | behind.standings(ids)

        return Whose(peer.node_id, standings, ended)

    def _wanted(self, policy: Policy, entries: Entries, behind: Behind) -> Wanted:
        """What is fetched of these entries. What this node erased for itself never comes back."""
        retracted = {one.id for one in entries.said if one.op is Op.RETRACT}
        with self._public.read() as session:
            erased = copies.erased_of(session, [one.id for one in entries.said])
            held = mirror.held(session, retracted) | behind.held(retracted)
        return Wanted(policy, held, erased)


def _text(note: bytes | None) -> bytes:
    """What was signed; there may be more cosignatures under it at one time than at another."""
    return (note or b"").rpartition(b"\n\n")[0]


def _kept(peer: PeerRow, witnesses: Sequence[WitnessKey]) -> SignedCheckpoint | None:
    """The checkpoint that was kept before, if everything under it still holds."""
    try:
        return None if peer.note is None else open_checkpoint(peer.note, parse_vkey(peer.vkey), witnesses)
    except Refused:
        return None
