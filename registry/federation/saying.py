"""Entries of this node's own log about records of other nodes, each with a payload of its own.

In the caller's unit of work.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from registry.ledger.claims import Point
from registry.ledger.envelopes import Coding, Envelope, Op
from registry.ledger.models import PayloadRow
from registry.ledger.stored import append, held_head, label
from registry.record.types import SCHEMA

_SALT: Final = 32


@dataclass(frozen=True, slots=True)
class Saying:
    """What is said of a record of another node; ``version`` is that of the taxonomy."""

    op: Op
    kind: str
    about: Point
    version: str
    payload: bytes


def say(session: Session, home: str, day: date, told: Iterable[Saying]) -> list[int]:
    """Append entries in the log of the node with this full id; gives their positions."""
    head, lines = held_head(session), []
    first = head.size
    for one in told:
        salt = secrets.token_bytes(_SALT)
        commitment = hashlib.sha256(salt + one.payload).hexdigest()
        session.add(PayloadRow(commitment=commitment, salt=salt, payload=one.payload))
        envelope = Envelope(
            op=one.op,
            id=one.about.id,
            revision=one.about.revision,
            previous=one.about.leaf,
            home=home,
            tlp=label(session),
            kind=one.kind,
            schema=SCHEMA,
            tax=Coding(one.version),
            commitment=commitment,
            size=len(one.payload),
            day=day.isoformat(),
        )
        lines.append((envelope, envelope.to_bytes()))
    append(session, head, lines)
    return list(range(first, first + len(lines)))
