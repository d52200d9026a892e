"""Who keeps a node's records when it is gone: the payloads of ``custody`` entries, made and read. Pure.

A node says in its own log who shall follow it: its entry is about itself (``id`` and ``home`` are its own
id), ``rev`` counts such entries, ``prev`` is the leaf hash of the one before. The newest one counts. ``kind``
is what it says, and the payload says it again::

    {"v": 1, "custody": "names", "successor": {"id": "<full node id>", "key": "<vkey>"}}
    {"v": 1, "custody": "revokes", "successor": null}
    {"v": 1, "custody": "hands-over", "successor": {…}}     # the last entry of the log: it has ended

The successor accepts in its own log: ``id`` is the other node, ``rev`` is that of the entry that names the
successor, ``prev`` its leaf hash. The payload holds how long the other log was, signed by that node::

    {"v": 1, "custody": "accepts", "checkpoint": "<signed note>"}

After that entry, and only after it, the successor's log may hold operations on the other node's records
(``KEPT_OPS``); ``home`` is the other node there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import rfc8785

from registry.errors import Malformed
from registry.ledger import shape
from registry.ledger.checkpoints import SignedCheckpoint, open_checkpoint
from registry.ledger.envelopes import Envelope, Op, Standing
from registry.ledger.notes import Verifier
from registry.ledger.refusal import Refused
from registry.strict_json import parse

VERSION: Final = 1
NAMES: Final = "names"
REVOKES: Final = "revokes"
HANDS_OVER: Final = "hands-over"
ACCEPTS: Final = "accepts"
OWN: Final = (NAMES, REVOKES, HANDS_OVER)
"""What a node says of its own records."""
CUSTODY_MAX: Final = 8192
"""Bytes of the payload of a ``custody`` entry."""
KEY_MAX: Final = 400
"""Characters of a key as one word."""
KEPT_OPS: Final = frozenset({Op.RETRACT, Op.REINSTATE, Op.ERASE})
"""What a successor may do with records that it keeps. What they say stays as their own node said it."""


@dataclass(frozen=True, slots=True)
class Successor:
    """Who shall follow: full node id, and the key of its log at that time, as one word (unread)."""

    id: str
    key: str


@dataclass(frozen=True, slots=True)
class Named:
    """What a node says of its own records: ``says`` is one of ``OWN``; only ``revokes`` names nobody."""

    says: str
    successor: Successor | None

    def to_payload(self) -> bytes:
        """RFC 8785 form of the payload."""
        who = None if self.successor is None else {"id": self.successor.id, "key": self.successor.key}
        return rfc8785.dumps({"v": VERSION, "custody": self.says, "successor": who})


@dataclass(frozen=True, slots=True)
class Accepted:
    """The newest checkpoint of the other log that the successor knows; not checked."""

    checkpoint: bytes

    def to_payload(self) -> bytes:
        """RFC 8785 form of the payload."""
        note = self.checkpoint.decode("utf-8")
        return rfc8785.dumps({"v": VERSION, "custody": ACCEPTS, "checkpoint": note})

    def frozen(self, key: Verifier) -> SignedCheckpoint:
        """Where the other log ends; raises ``Refused`` unless this key of it signed that."""
        return open_checkpoint(self.checkpoint, key)


def is_acceptance(envelope: Envelope) -> bool:
    """Whether a ``custody`` entry is about the records of another node."""
    return envelope.op is Op.CUSTODY and envelope.id != envelope.home


def ends_log(envelope: Envelope) -> bool:
    """Whether nothing may follow this entry in its log."""
    return envelope.op is Op.CUSTODY and envelope.id == envelope.home and envelope.kind == HANDS_OVER


def read_custody(raw: bytes, envelope: Envelope) -> Named | Accepted:
    """What a ``custody`` entry and its payload say; raises ``Refused`` with a reason."""
    if len(raw) > CUSTODY_MAX:
        raise Refused("payload-size", "The payload has %(size)s bytes.", size=len(raw))
    try:
        found = parse(raw)
    except Malformed as error:
        raise _odd("it is not JSON") from error
    if not isinstance(found, dict) or found.get("v") != VERSION or found.get("custody") != envelope.kind:
        raise _odd("it says something else than its entry")
    return _accepted(found) if is_acceptance(envelope) else _named(found)


def require_kind(envelope: Envelope) -> None:
    """Raises ``Refused`` unless the entry says one of the things that there are to say."""
    known = (ACCEPTS,) if is_acceptance(envelope) else OWN
    if envelope.kind not in known:
        raise Refused(
            "custody-unknown", "This says of custody what is unknown here: %(kind)s", kind=envelope.kind
        )
    if is_acceptance(envelope) and envelope.previous is None:
        raise Refused("custody-other", "This accepts what no entry named.")


def require_following(envelope: Envelope, before: Standing | None) -> None:
    """Raises ``Refused`` unless what a node says of its own records follows what it said before."""
    wanted = (1, None) if before is None else (before.revision + 1, before.leaf)
    if (envelope.revision, envelope.previous) != wanted:
        raise Refused(
            "custody-order", "This says who follows the node, and does not follow what it said before."
        )


def require_kept(envelope: Envelope) -> None:
    """Raises ``Refused`` unless an entry about another node's record is one that its keeper may write."""
    if envelope.op not in KEPT_OPS:
        message = "%(id)s is of another node: who keeps it cannot %(op)s it."
        raise Refused("custody-op", message, id=envelope.id, op=envelope.op.value)


def _named(found: dict[str, Any]) -> Named:
    who = found.get("successor")
    if set(found) != {"v", "custody", "successor"} or (who is None) != (found["custody"] == REVOKES):
        raise _odd("it is of another form")
    if who is None:
        return Named(REVOKES, None)
    if not isinstance(who, dict) or set(who) != {"id", "key"} or not shape.is_node_id(who["id"]):
        raise _odd("it names no node")
    if not isinstance(who["key"], str) or not 0 < len(who["key"]) <= KEY_MAX:
        raise _odd("it names no key")
    return Named(found["custody"], Successor(who["id"], who["key"]))


def _accepted(found: dict[str, Any]) -> Accepted:
    note = found.get("checkpoint")
    if set(found) != {"v", "custody", "checkpoint"} or not isinstance(note, str):
        raise _odd("it is of another form")
    return Accepted(note.encode("utf-8", "replace"))


def _odd(why: str) -> Refused:
    return Refused("custody-malformed", "What is said of custody cannot be used: %(why)s.", why=why)
