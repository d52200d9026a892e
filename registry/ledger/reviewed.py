"""A node's word that it reviewed a record of another node: the payload of an ``annotate`` entry. Pure.

The entry names the record as it was read: ``id``, ``rev`` and, under ``prev``, the leaf hash of that
revision. The payload says whether it is shown there; a later entry about the same record counts instead::

    {"v": 1, "annotation": "reviewed", "shown": true}

It says nothing of who looked, why, or what was wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import rfc8785

from registry.errors import Malformed
from registry.ledger.claims import Point
from registry.ledger.envelopes import Envelope
from registry.ledger.refusal import Refused
from registry.strict_json import parse

VERSION: Final = 1
REVIEWED: Final = "reviewed"
"""The kind of the entry, and of the annotation."""
REVIEWED_MAX: Final = 1024
"""Bytes of the payload of an ``annotate`` entry."""
_FIELDS: Final = frozenset({"v", "annotation", "shown"})


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Whether a revision of a record of another node is shown where it was reviewed."""

    record: Point
    shown: bool

    def to_payload(self) -> bytes:
        """RFC 8785 form of the payload."""
        return rfc8785.dumps({"v": VERSION, "annotation": REVIEWED, "shown": self.shown})


def read_reviewed(raw: bytes, envelope: Envelope) -> Reviewed | None:
    """What an ``annotate`` entry and its payload say; None for an annotation that this node does not know.

    Raises ``Refused`` with a reason.
    """
    if len(raw) > REVIEWED_MAX:
        raise Refused("payload-size", "The payload has %(size)s bytes.", size=len(raw))
    try:
        found = parse(raw)
    except Malformed as error:
        raise _odd("it is not JSON") from error
    if not isinstance(found, dict) or not isinstance(found.get("annotation"), str):
        raise _odd("it is of another form")
    if envelope.id[4:14] == envelope.home[:10] or envelope.previous is None:
        raise _odd("it names no record of another node")
    if found["annotation"] != REVIEWED:
        return None
    if found.keys() != _FIELDS or found["v"] != VERSION or not isinstance(found["shown"], bool):
        raise _odd("it is of another form")
    return Reviewed(Point(envelope.id, envelope.revision, envelope.previous), found["shown"])


def _odd(why: str) -> Refused:
    return Refused("claim-malformed", "The payload cannot be used: %(why)s.", why=why)
