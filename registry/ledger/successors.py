"""What this node's log says of custody, as the database holds it, and saying more of it.

All functions work in the caller's unit of work.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from registry.ledger import stored
from registry.ledger.custody import ACCEPTS, HANDS_OVER, Accepted, Named, read_custody
from registry.ledger.envelopes import Coding, Envelope, Op, Standing, parse_envelope, standing
from registry.ledger.models import EntryRow, PayloadRow

SALT_BYTES: Final = 32
SCHEMA: Final = 1
_CUSTODY: Final = (
    select(EntryRow.position, EntryRow.leaf, PayloadRow.payload)
    .join(PayloadRow, PayloadRow.commitment == EntryRow.commitment)
    .where(EntryRow.record_id == bindparam("about"), EntryRow.op == Op.CUSTODY.value)
    .order_by(EntryRow.position)
)
"""Asked before every report is taken, so it is put together once."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes into its log: full node id, version of the taxonomy that every entry names, and the day."""

    home: str
    version: str
    day: date


@dataclass(frozen=True, slots=True)
class Will:
    """What a log said last of who follows its node: where, in which entry, and what.

    ``named_at`` is the position of the entry that named the successor last: a hand-over comes after it.
    """

    position: int
    entry: Standing
    said: Named
    named_at: int

    @property
    def successor_id(self) -> str | None:
        """Full id of the node that follows; None where that was taken back."""
        return None if self.said.successor is None else self.said.successor.id


def own(session: Session, home: str) -> Will | None:
    """What the log of this node said last of its own records; None where it said nothing yet."""
    found = None
    for position, leaf, payload in _entries(session, home):
        envelope = parse_envelope(leaf)
        read = read_custody(payload, envelope) if envelope.id == home else None
        if isinstance(read, Named):
            named_at = found.named_at if found is not None and read.says == HANDS_OVER else position
            found = Will(position, standing(envelope, leaf), read, named_at)
    return found


def accepted(session: Session, home: str, other: str) -> Accepted | None:
    """What this node accepted last of the records of another one (full id); None where it did not."""
    found = None
    for _, leaf, payload in _entries(session, other):
        envelope = parse_envelope(leaf)
        if (envelope.home, envelope.id) == (home, other):
            read = read_custody(payload, envelope)
            found = read if isinstance(read, Accepted) else found
    return found


def name(session: Session, by: Writer, said: Named) -> int:
    """Log what becomes of this node's records; gives the position."""
    before = own(session, by.home)
    about = Standing(0, "", Op.CUSTODY) if before is None else before.entry
    following = Standing(about.revision + 1, about.leaf, Op.CUSTODY)
    return _append(session, by, (by.home, said.says), following, said.to_payload())


def accept(session: Session, by: Writer, other: str, named: Standing, said: Accepted) -> int:
    """Log that this node keeps the records of another one (full id), as its entry ``named`` wants."""
    return _append(session, by, (other, ACCEPTS), named, said.to_payload())


def _append(session: Session, by: Writer, said: tuple[str, str], about: Standing, payload: bytes) -> int:
    """``said`` is of which node, and what."""
    head, salt = stored.held_head(session), secrets.token_bytes(SALT_BYTES)
    commitment = hashlib.sha256(salt + payload).hexdigest()
    envelope = Envelope(
        op=Op.CUSTODY,
        id=said[0],
        revision=about.revision,
        previous=about.leaf or None,
        home=by.home,
        tlp=stored.label(session),
        kind=said[1],
        schema=SCHEMA,
        tax=Coding(by.version),
        commitment=commitment,
        size=len(payload),
        day=by.day.isoformat(),
    )
    position = head.size
    stored.append(session, head, [(envelope, envelope.to_bytes())])
    session.add(PayloadRow(commitment=commitment, salt=salt, payload=payload))
    return position


def _entries(session: Session, about: str) -> Iterable[tuple[int, bytes, bytes]]:
    """Position, leaf and payload of each entry on custody of this node, in their order."""
    if session.autoflush:  # it may have added some itself; whoever only reads did not
        session.flush()
    found = session.connection().execute(_CUSTODY, {"about": about[:10]})
    return [(row.position, row.leaf, row.payload) for row in found]
