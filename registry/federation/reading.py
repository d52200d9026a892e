"""Reading what was copied unread of a peer, once its records are to be shown here or to wait.

A node that only hands on what a peer signs need not understand it. Once the policy shows or holds the peer's
records, each is read before anybody sees it, batch by batch, each a transaction of its own: whoever is
killed in between goes on there (``PeerRow.unread``). What cannot be read is set aside and handed on no more.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from registry.db.public import PublicDatabase
from registry.federation import attesting, mirror, waiting
from registry.federation.mirror import Told
from registry.federation.models import PeerRow
from registry.federation.placing import Known, Placed, place_all
from registry.federation.rules import HEARD, Standing
from registry.federation.standing import home_of
from registry.federation.taking import Stretch
from registry.federation.view import Reader
from registry.ledger.envelopes import parse_envelope
from registry.ledger.refusal import Refused
from registry.record.types import PublicRecord

BATCH: Final = 256
"""Entries in one transaction; their payloads are in memory together."""


@dataclass(slots=True)
class CaughtUp:
    """What reading on did: records shown and waiting anew, entries set aside, whether there is more."""

    shown: int = 0
    waiting: int = 0
    quarantined: int = 0
    more: bool = False


def put_off(peer: PeerRow, stretch: Stretch) -> None:
    """Remember that payloads of this stretch are to be read later, if any are."""
    if peer.unread is None and Standing.COPIED in stretch.standing.values():
        peer.unread = stretch.start


def is_due(peer: PeerRow) -> bool:
    """Whether something of this peer is unread and should be read."""
    return peer.unread is not None and peer.mode in HEARD


def catch_up(public: PublicDatabase, short: str, reader: Reader, ends: float = math.inf) -> CaughtUp:
    """Read all that is due, or what can be read until ``ends`` (``time.monotonic``)."""
    done = CaughtUp(more=True)
    while done.more:
        with public.work() as session:
            peer = session.get_one(PeerRow, short, with_for_update=True, populate_existing=True)
            if is_due(peer):
                _read_on(session, peer, reader, done)
            done.more = is_due(peer)
        if time.monotonic() >= ends:
            break
    return done


def _read_on(session: Session, peer: PeerRow, reader: Reader, done: CaughtUp) -> None:
    """Read one batch and place its records."""
    start = peer.unread or 0
    end = min(start + BATCH, peer.size)
    entries = mirror.copied(session, peer.short, start, end)
    peer.unread = end if end < peer.size else None
    read(session, peer, entries, reader, done)


def read(session: Session, peer: PeerRow, entries: Sequence[Told], reader: Reader, done: CaughtUp) -> None:
    """Read these entries, whose payloads are here, and place their records."""
    known = _read(session, peer, entries, reader, done)
    ids = list(dict.fromkeys(one.record_id for one in entries))
    before = waiting.count_among(session, ids)
    attesting.adopt(session, ids, reader.today)
    placed = place_all(session, peer, ids, reader, known)
    done.shown += list(placed.values()).count(Placed.SHOWN)
    done.waiting += waiting.count_among(session, ids) - before


def _read(session: Session, peer: PeerRow, entries: Sequence[Told], reader: Reader, done: CaughtUp) -> Known:
    """The records that these entries are; each entry stands from now on as if it had been read at once."""
    payloads, home = mirror.payloads(session, [one.commitment for one in entries]), home_of(peer)
    known: dict[tuple[str, int], PublicRecord] = {}
    became: dict[int, Standing] = {}
    for one in entries:
        raw = payloads.get(one.commitment)
        if raw is None:  # erased meanwhile
            became[one.position] = Standing.PASSED
            continue
        try:
            known[one.record_id, one.revision] = reader.read(raw, parse_envelope(one.leaf), home)
        except Refused as refused:
            mirror.set_aside(session, one, refused.reason)
            mirror.drop(session, one)
            done.quarantined += 1
        else:
            became[one.position] = Standing.TAKEN
    mirror.stand(session, peer.short, became)
    return known
