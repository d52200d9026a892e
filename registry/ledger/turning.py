"""The keys that this node's log has had, as the database holds them, and giving it another one.

All functions work in the caller's unit of work.
"""

from __future__ import annotations

import secrets
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.ledger import stored
from registry.ledger.envelopes import Coding, Envelope, Op
from registry.ledger.hashing import leaf_hash
from registry.ledger.keys import LogKey, LogSigner
from registry.ledger.models import EntryRow, PayloadRow, RotationRow
from registry.ledger.rotations import Rotated, keys_from, sign_rotation

SALT_BYTES = 32
KIND = "node"
SCHEMA = 1


def rows(session: Session) -> list[RotationRow]:
    """Every rotation, the first one first."""
    return list(session.scalars(select(RotationRow).order_by(RotationRow.number)))


def rotations(session: Session) -> list[Rotated]:
    """The same as other nodes are told."""
    query = select(RotationRow, PayloadRow).join(PayloadRow, PayloadRow.commitment == RotationRow.commitment)
    found = session.execute(query.order_by(RotationRow.number))
    return [Rotated(row.position, said.salt, said.payload, row.checkpoint or b"") for row, said in found]


def keys(session: Session, first: LogKey, home: str) -> list[LogKey]:
    """The keys of the log in turn; the last one signs."""
    return keys_from(first, home, (one.read() for one in rotations(session)))


def held_keys(session: Session, first: LogKey, home: str) -> list[LogKey]:
    """The same, and nobody else changes them until the unit ends."""
    stored.held_head(session)
    return keys(session, first, home)


def append(session: Session, home: str, signers: tuple[LogSigner, LogSigner], version: str, day: date) -> int:
    """Log that the second key follows the first; gives the position of the entry.

    ``version`` is that of the taxonomy, which every entry names.
    """
    head, before = stored.held_head(session), rows(session)
    salt, payload = secrets.token_bytes(SALT_BYTES), sign_rotation(home, *signers)
    made = Rotated(head.size, salt, payload, b"")
    previous = session.get_one(EntryRow, before[-1].position).leaf if before else None
    envelope = Envelope(
        op=Op.KEY_ROTATE,
        id=home,
        revision=len(before) + 1,
        previous=None if previous is None else leaf_hash(previous).hex(),
        home=home,
        tlp=stored.label(session),
        kind=KIND,
        schema=SCHEMA,
        tax=Coding(version),
        commitment=made.commitment,
        size=len(payload),
        day=day.isoformat(),
    )
    stored.append(session, head, [(envelope, envelope.to_bytes())])
    session.add(PayloadRow(commitment=made.commitment, salt=salt, payload=payload))
    session.add(RotationRow(number=envelope.revision, position=made.index, commitment=made.commitment))
    return made.index
