"""Envelopes: the leaves of the log, one small document for each public change. Pure.

An envelope says of which record, which revision and what was done, and commits to the payload without
repeating it: SHA-256 over 32 random bytes and the payload's RFC 8785 form. Erasing a record erases
payload and random bytes; its envelopes stay, so they hold nothing personal and nothing exact.

JSON shape, always all of it, in RFC 8785 form and at most 1,024 bytes::

    {"v": 1, "op": "create", "id": "AIR-…", "rev": 1,
     "prev": null,                      # leaf hash (hex) of the revision before, null for the first
     "home": "<full node id>",          # whose record it is, and whose log, but for what ``custody`` says
     "tlp": "CLEAR", "kind": "report", "schema": 1,
     "tax": {"version": "0.2.0", "language": "en", "codes": ["harm/…", …]},   # codes sorted
     "commit": "<64 hex>", "size": 123,  # null and 0 where there is no payload
     "t": "2026-11-24"}                  # day (UTC)
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from registry.ledger import shape, written
from registry.ledger.hashing import leaf_hash
from registry.ledger.refusal import Refused

VERSION: Final = 1
ENVELOPE_MAX: Final = 1024
"""Bytes of an envelope."""
_SORTED: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Op(StrEnum):
    """What was done."""

    CREATE = "create"
    REVISE = "revise"
    RETRACT = "retract"
    REINSTATE = "reinstate"
    ERASE = "erase"
    ANNOTATE = "annotate"
    RELATE = "relate"
    ACK_ERASE = "ack-erase"
    KEY_ROTATE = "key-rotate"
    CUSTODY = "custody"


OPS: Final = frozenset(one.value for one in Op)
HOME_OPS: Final = frozenset({Op.CREATE, Op.REVISE, Op.RETRACT, Op.REINSTATE, Op.ERASE})
"""What only the home of a record may do; each takes the next revision number of the record."""
NODE_OPS: Final = frozenset({Op.KEY_ROTATE, Op.CUSTODY})
"""What is said of a node: ``id`` is its full id; that is ``home``, or a node whose records are kept."""
OUT_OF_ORDER: Final = "revision-order"
"""Reason of a refusal: it does not follow what the log said last of the record."""
WITHOUT_PAYLOAD: Final = frozenset({Op.ERASE, Op.ACK_ERASE})


@dataclass(frozen=True, slots=True)
class Coding:
    """What policies filter by: taxonomy version, language tag (or empty), and a few codes, sorted."""

    version: str
    language: str = ""
    codes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The field ``tax``."""
        return {"version": self.version, "language": self.language, "codes": list(self.codes)}


@dataclass(frozen=True, slots=True)
class Envelope:
    """One entry of a log: ``previous`` and ``commitment`` in hex, ``size`` in bytes, ``day`` as a date."""

    op: Op
    id: str
    revision: int
    previous: str | None
    home: str
    tlp: str
    kind: str
    schema: int
    tax: Coding
    commitment: str | None
    size: int
    day: str

    @property
    def subject(self) -> str:
        """By what rows of this entry are found: the record, or the short id of the node it speaks of."""
        return self.id[:10] if self.op in NODE_OPS else self.id

    def to_bytes(self) -> bytes:
        """The leaf; raises ``Refused`` when it would not be read back."""
        raw = _canonical(self._json())
        parse_envelope(raw)
        return raw

    def _json(self) -> dict[str, Any]:
        return {
            "v": VERSION,
            "op": self.op.value,
            "id": self.id,
            "rev": self.revision,
            "prev": self.previous,
            "home": self.home,
            "tlp": self.tlp,
            "kind": self.kind,
            "schema": self.schema,
            "tax": self.tax.to_json(),
            "commit": self.commitment,
            "size": self.size,
            "t": self.day,
        }


@dataclass(frozen=True, slots=True)
class Standing:
    """What a log last said of a record: revision, leaf hash (hex) and operation."""

    revision: int
    leaf: str
    op: Op


def parse_envelope(raw: bytes) -> Envelope:
    """Read a leaf, a stranger's too; raises ``Refused`` with a reason for anything but the exact shape."""
    if len(raw) > ENVELOPE_MAX:
        message = "The entry has %(size)s bytes; an envelope has at most %(limit)s."
        raise Refused("envelope-too-large", message, size=len(raw), limit=ENVELOPE_MAX)
    found = written.read(raw, VERSION)
    if found is None or found["op"] not in OPS:
        found = _looked_at(raw)
    tax = found["tax"]
    envelope = Envelope(
        op=Op(found["op"]),
        id=found["id"],
        revision=found["rev"],
        previous=found["prev"],
        home=found["home"],
        tlp=found["tlp"],
        kind=found["kind"],
        schema=found["schema"],
        tax=Coding(tax["version"], tax["language"], tuple(tax["codes"])),
        commitment=found["commit"],
        size=found["size"],
        day=found["t"],
    )
    _require_sense(envelope)
    return envelope


def require_next(envelope: Envelope, before: Standing | None) -> None:
    """Raises ``Refused`` unless a home operation follows what its log last said of the record."""
    if before is None:
        if envelope.op is not Op.CREATE:
            raise _out_of_order("%(id)s is changed before it was created.", envelope)
        return
    if before.op is Op.ERASE:
        raise _out_of_order("%(id)s is changed after it was erased.", envelope)
    if envelope.revision != before.revision + 1:
        message = "%(id)s has revision %(revision)s after revision %(before)s."
        raise _out_of_order(message, envelope, before=before.revision)
    if envelope.previous != before.leaf:
        raise _out_of_order("Revision %(revision)s of %(id)s names another one before it.", envelope)


def standing(envelope: Envelope, raw: bytes) -> Standing:
    """What the log says of the record after this entry."""
    return Standing(envelope.revision, leaf_hash(raw).hex(), envelope.op)


def _looked_at(raw: bytes) -> dict[str, Any]:
    """The fields of an entry that is not written as most are; raises ``Refused`` for what is wrong."""
    try:
        found: dict[str, Any] = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Refused("envelope-not-json", "The entry is not JSON.") from error
    shape.require(found, VERSION, OPS)
    if _canonical(found) != raw:
        raise Refused("envelope-not-canonical", "The entry is not in the form of RFC 8785.")
    return found


def _require_sense(envelope: Envelope) -> None:
    """What the fields must say of one another."""
    op = envelope.op
    if op in HOME_OPS:
        shape.require_home_id(envelope.id, envelope.home)
        if (op is Op.CREATE) != (envelope.revision == 1) or (op is Op.CREATE) != (envelope.previous is None):
            message = "The entry is no %(op)s with revision %(revision)s and this revision before it."
            raise Refused("envelope-sense", message, op=op.value, revision=envelope.revision)
    elif op in NODE_OPS:
        if envelope.id != envelope.home and not (op is Op.CUSTODY and shape.is_node_id(envelope.id)):
            raise Refused("envelope-not-home", "A %(op)s speaks of another node.", op=op.value)
    else:
        shape.require_air_id(envelope.id)
    bare = envelope.commitment is None
    if bare != (op in WITHOUT_PAYLOAD) or (bare and envelope.size):
        raise Refused("envelope-sense", "A %(op)s with such a commitment makes no sense.", op=op.value)


def _canonical(found: dict[str, Any]) -> bytes:
    """RFC 8785 form of what has an envelope's shape.

    Its names and texts are plain ASCII and its numbers whole, so sorted JSON is that form, and much faster:
    a reader of other logs does this for every entry. A name given twice is not in that form either.
    """
    return _SORTED.encode(found).encode("utf-8")


def _out_of_order(message: str, envelope: Envelope, **facts: object) -> Refused:
    return Refused(OUT_OF_ORDER, message, id=envelope.id, revision=envelope.revision, **facts)
