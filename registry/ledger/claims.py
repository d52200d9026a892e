"""What one node says of two records: the payload of a ``relate`` entry, made and read. Pure.

The entry itself names the record of the other node as it was read: ``id``, ``rev`` and, under ``prev``, the
leaf hash of that revision. The payload says which record of this node belongs to it, and how::

    {"v": 1, "relation": "same-as",
     "record": {"id": "AIR-…", "rev": 2, "leaf": "<64 hex>"},
     "withdraws": null}                  # or the position of an earlier entry that counts no more

A relation is known by the log that it stands in and its position there. It holds ids and codes only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

import rfc8785

from registry.errors import Malformed
from registry.ledger import shape
from registry.ledger.envelopes import Envelope
from registry.ledger.refusal import Refused
from registry.strict_json import parse

VERSION: Final = 1
KIND: Final = "relation"
"""The kind of a ``relate`` entry."""
SUPERSEDED_BY: Final = "superseded-by"
RELATIONS: Final = ("same-as", "part-of", "duplicate-of", SUPERSEDED_BY)
RELATION_MAX: Final = 1024
"""Bytes of the payload of a ``relate`` entry."""
_HEX: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_FIELDS: Final = frozenset({"v", "relation", "record", "withdraws"})
_POINT: Final = frozenset({"id", "rev", "leaf"})


@dataclass(frozen=True, slots=True)
class Point:
    """One revision of a record, as its log tells of it; ``leaf`` is the hash (hex) of that entry."""

    id: str
    revision: int
    leaf: str


@dataclass(frozen=True, slots=True)
class Related:
    """``subject`` (of whoever says so) is related to ``object`` (of another node).

    ``withdraws`` is the position of the entry that is taken back; None where this one says so.
    """

    relation: str
    subject: Point
    object: Point
    withdraws: int | None = None

    def to_payload(self) -> bytes:
        """RFC 8785 form of the payload."""
        said = {"id": self.subject.id, "rev": self.subject.revision, "leaf": self.subject.leaf}
        told: dict[str, Any] = {
            "v": VERSION,
            "relation": self.relation,
            "record": said,
            "withdraws": self.withdraws,
        }
        return rfc8785.dumps(told)


def read_related(raw: bytes, envelope: Envelope) -> Related:
    """What a ``relate`` entry and its payload say; raises ``Refused`` with a reason."""
    if len(raw) > RELATION_MAX:
        raise Refused("payload-size", "The payload has %(size)s bytes.", size=len(raw))
    try:
        found = parse(raw)
    except Malformed as error:
        raise _odd("it is not JSON") from error
    if not isinstance(found, dict) or found.keys() != _FIELDS or found["v"] != VERSION:
        raise _odd("it is of another form")
    if found["relation"] not in RELATIONS:
        raise _odd("its relation is unknown here")
    withdraws = found["withdraws"]
    if withdraws is not None and not (type(withdraws) is int and 0 <= withdraws <= shape.WHOLE_MAX):
        raise _odd("what it withdraws is no position")
    subject = _point(found["record"])
    shape.require_home_id(subject.id, envelope.home)
    if envelope.id[:14] == subject.id[:14] or envelope.previous is None:
        raise _odd("it names no record of another node")
    other = Point(envelope.id, envelope.revision, envelope.previous)
    return Related(found["relation"], subject, other, withdraws)


def _point(found: Any) -> Point:
    if not isinstance(found, dict) or found.keys() != _POINT:
        raise _odd("it names no record")
    record_id, revision, leaf = found["id"], found["rev"], found["leaf"]
    if not isinstance(record_id, str) or type(revision) is not int or not 1 <= revision <= shape.WHOLE_MAX:
        raise _odd("it names no revision")
    if not isinstance(leaf, str) or _HEX.fullmatch(leaf) is None:
        raise _odd("it names no entry")
    return Point(record_id, revision, leaf)


def _odd(why: str) -> Refused:
    return Refused("claim-malformed", "The payload cannot be used: %(why)s.", why=why)
