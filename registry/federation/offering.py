"""Asking peers to cosign this node's log: the newest checkpoint is offered to each of their witnesses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol

from sqlalchemy import select

from registry.clock import Clock
from registry.db.public import PublicDatabase
from registry.federation.models import PeerRow
from registry.federation.rules import Mode
from registry.federation.standing import PeerState
from registry.federation.submissions import SIZE_TYPE, Submission
from registry.fetching import Answer, FetchFailed
from registry.ledger import turning
from registry.ledger.checkpoints import SignedCheckpoint
from registry.ledger.cosignatures import parse_witness_vkey
from registry.ledger.cosigned import read_lines
from registry.ledger.exact import number
from registry.ledger.keys import LogKey
from registry.ledger.models import CosignatureRow
from registry.ledger.publishing import newest_row
from registry.ledger.reading import LogReader
from registry.ledger.refusal import Refused
from registry.ledger.rotations import open_by_any
from registry.record.node import NodeIdentity

PATH: Final = "/fed/add-checkpoint"
SECONDS: Final = 10.0
"""For one answer of a witness."""
ANSWER_MAX: Final = 16 * 1024
"""Bytes of signature lines."""
TRIES: Final = 3
"""Questions to one witness in a row: it may name the size that it knows, and have seen another meanwhile."""
OK: Final = 200
CONFLICT: Final = 409
AHEAD: Final = "witness-ahead"
"""The witness cosigned more entries of this log than it has: this may be an older copy of the node."""


class Poster(Protocol):
    """The way out for questions with a body: ``registry.fetching.Fetcher`` fits."""

    def send(self, url: str, body: bytes, *, limit: int, seconds: float) -> Answer:
        """The answer whatever its status, bounded in bytes and seconds; raises ``FetchFailed``."""


class Offering:
    """Gathers cosignatures of the log of this node, ``own``."""

    def __init__(self, public: PublicDatabase, poster: Poster, own: NodeIdentity, clock: Clock) -> None:
        self._public, self._poster, self._own, self._clock = public, poster, own, clock
        self._first = LogKey(own.origin, own.public_key)
        self._reader = LogReader(public)
        self._tried: dict[str, tuple[int, datetime]] = {}  # size and when, in this process only

    def due(self, every: timedelta) -> str | None:
        """A peer whose witness has not cosigned the newest checkpoint and was not asked about it lately."""
        with self._public.read() as session:
            newest = newest_row(session)
            size = 0 if newest is None else newest.size
            lacking = select(PeerRow.short).where(
                PeerRow.witness.is_not(None),
                PeerRow.cosigned < size,
                PeerRow.mode != Mode.BLOCKED.value,
                PeerRow.state == PeerState.FOLLOWING.value,
            )
            shorts = session.scalars(lacking.order_by(PeerRow.short)).all()
        return next((short for short in shorts if self._is_due(short, size, every)), None)

    def offer(self, short: str) -> str:
        """Ask one peer to cosign the newest checkpoint; gives the code of why it did not, or nothing.

        The code is kept with the peer and shown: a witness that refuses may have seen another log.
        """
        with self._public.read() as session:
            peer, newest = session.get_one(PeerRow, short), newest_row(session)
            keys = turning.keys(session, self._first, self._own.id)
        if newest is None or peer.witness is None:
            return ""
        self._tried[short] = newest.size, self._clock()
        signed, line, refusal = open_by_any(newest.note, keys), "", ""
        try:
            line = self._ask(peer, signed, keys)
        except Refused as refused:
            refusal = refused.reason
        except FetchFailed as failed:
            refusal = f"fetch-{failed.why.value}"
        self._note(short, signed, line, refusal)
        return refusal

    def _is_due(self, short: str, size: int, every: timedelta) -> bool:
        tried = self._tried.get(short)
        return tried is None or tried[0] != size or self._clock() - tried[1] >= every

    def _ask(self, peer: PeerRow, signed: SignedCheckpoint, keys: Sequence[LogKey]) -> str:
        """The cosignature of a peer's witness; raises ``Refused`` or ``FetchFailed``."""
        witness, old = parse_witness_vkey(peer.witness or ""), peer.cosigned
        for _ in range(TRIES):
            answer = self._send(peer, signed, old)
            if answer.status == OK:
                return read_lines(answer.body, signed, _signer(signed, keys), witness)
            if answer.status != CONFLICT or answer.media_type != SIZE_TYPE:
                break
            old = _size(answer.body)
            if old > signed.checkpoint.size:
                raise Refused(AHEAD, "The witness knows %(size)s entries of this log.", size=old)
        raise Refused(f"witness-{answer.status}", "The witness answered %(status)s.", status=answer.status)

    def _send(self, peer: PeerRow, signed: SignedCheckpoint, old: int) -> Answer:
        size = signed.checkpoint.size
        path = self._reader.consistency(old, size) if 0 < old < size else []
        body = Submission(old, tuple(path), signed.raw).to_bytes()
        return self._poster.send(peer.url.rstrip("/") + PATH, body, limit=ANSWER_MAX, seconds=SECONDS)

    def _note(self, short: str, signed: SignedCheckpoint, line: str, refusal: str) -> None:
        with self._public.work() as session:
            peer = session.get_one(PeerRow, short, with_for_update=True, populate_existing=True)
            peer.refusal = refusal
            if line and peer.witness is not None:
                size, name = signed.checkpoint.size, parse_witness_vkey(peer.witness).name
                peer.cosigned = max(peer.cosigned, size)
                session.merge(CosignatureRow(name=name, size=size, line=line))


def _signer(signed: SignedCheckpoint, keys: Sequence[LogKey]) -> LogKey:
    """The key that the checkpoint was opened with."""
    ids = {one.key_id for one in signed.note.verified}
    return next(key for key in reversed(keys) if key.key_id in ids)


def _size(body: bytes) -> int:
    """The size in the answer of a witness; raises ``Refused``."""
    text = body[:32].decode("ascii", "replace")
    return number(text.removesuffix("\n"), "The size")
