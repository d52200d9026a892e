"""Another key for a log: a statement that the former key and the new one both sign, and an entry of the log.

The entry (``key-rotate``) commits to its payload as every entry does. The payload is canonical JSON,
``{"note": "<signed note>", "type": "key-rotate"}``, and the note says::

    incident-commons/key-rotate/v1
    <full node id>
    <former key as one word>
    <new key as one word>

The checkpoint that ends with the entry is signed by both keys. So whoever knows only the former key can read
up to the entry, and goes on with the new key from there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from registry.errors import Malformed
from registry.ledger.checkpoints import SignedCheckpoint, open_checkpoint
from registry.ledger.exact import NUMBER_MAX, base64_of, from_base64
from registry.ledger.keys import LogKey, LogSigner, parse_vkey
from registry.ledger.notes import Verifier, open_note, read_note, sign_note
from registry.ledger.refusal import Refused
from registry.record.canonical import canonical
from registry.strict_json import parse

FIRST_LINE: Final = "incident-commons/key-rotate/v1"
TYPE: Final = "key-rotate"
NOTE_MAX: Final = 8192
"""Bytes of a statement."""
ROTATIONS_MAX: Final = 100
"""Keys that one log may have had; who has more has another trouble."""
ANSWER_MAX: Final = 4 * 1024 * 1024
"""Bytes of an answer that lists all of them."""
_LINES: Final = 4


@dataclass(frozen=True, slots=True)
class Rotation:
    """A statement that was checked: both keys signed it, and both bear the name of the log."""

    node_id: str
    old: LogKey
    new: LogKey


@dataclass(frozen=True, slots=True)
class Rotated:
    """A rotation as a log hands it on: index of its entry, salt, payload, the checkpoint that ends with it.

    The checkpoint is empty while it is not signed yet.
    """

    index: int
    salt: bytes
    payload: bytes
    checkpoint: bytes

    @property
    def commitment(self) -> str:
        """What the entry commits to (hex)."""
        return hashlib.sha256(self.salt + self.payload).hexdigest()

    @property
    def note(self) -> bytes:
        """The statement in the payload, unchecked; raises ``Refused``."""
        return _note(self.payload)

    def read(self) -> Rotation:
        """The statement in the payload, checked; raises ``Refused``."""
        return read_rotation(self.note)

    def to_json(self) -> dict[str, Any]:
        """For other nodes."""
        return {
            "index": self.index,
            "salt": base64_of(self.salt),
            "payload": base64_of(self.payload),
            "checkpoint": self.checkpoint.decode("utf-8"),
        }


def sign_rotation(node_id: str, old: LogSigner, new: LogSigner) -> bytes:
    """The payload of the entry by which the new key follows the old one."""
    text = f"{FIRST_LINE}\n{node_id}\n{old.key.vkey}\n{new.key.vkey}\n"
    return canonical({"note": sign_note(text, [old, new]).decode("utf-8"), "type": TYPE})


def read_rotation(raw: bytes) -> Rotation:
    """A stranger's statement; raises ``Refused`` unless both of its keys signed it."""
    if len(raw) > NOTE_MAX:
        raise _odd("it is too long")
    lines = read_note(raw)[0].split("\n")
    if len(lines) != _LINES + 1 or lines[0] != FIRST_LINE:
        raise _odd("it is about something else")
    old, new = parse_vkey(lines[2]), parse_vkey(lines[3])
    if old.name != new.name or old.public == new.public:
        raise _odd("its keys are not two keys of one log")
    opened = open_note(raw, [old, new])
    if {one.key_id for one in opened.verified} != {old.key_id, new.key_id}:
        raise _odd("one of both keys did not sign it")
    return Rotation(lines[1], old, new)


def keys_from(first: LogKey, node_id: str, rotations: Iterable[Rotation]) -> list[LogKey]:
    """The keys of a log in turn, its first one first; raises ``Refused`` where one does not follow."""
    keys = [first]
    for one in rotations:
        if one.node_id != node_id or one.old != keys[-1]:
            raise Refused("rotation-other", "A key follows that the key before it did not name.")
        keys.append(one.new)
        if len(keys) > ROTATIONS_MAX:
            raise Refused("rotation-many", "The log had more than %(limit)s keys.", limit=ROTATIONS_MAX)
    return keys


def open_by_any(raw: bytes, keys: Sequence[LogKey], others: Sequence[Verifier] = ()) -> SignedCheckpoint:
    """A checkpoint that one of these keys signed, the last ones tried first; raises ``Refused``."""
    for key in reversed(keys[1:]):
        try:
            return open_checkpoint(raw, key, others)
        except Refused as refused:
            if refused.reason != "signature-missing":
                raise
    return open_checkpoint(raw, keys[0], others)


def parse_rotations(raw: bytes) -> list[Rotated]:
    """The rotations in a stranger's answer, in the order of the log; raises ``Refused``."""
    try:
        found = parse(raw)
        items = found["items"]
        if not isinstance(items, list) or len(items) > ROTATIONS_MAX:
            raise _odd("there are too many")
        rotated = [_rotated(item) for item in items]
    except (Malformed, KeyError, TypeError, AttributeError) as error:
        raise _odd("the list cannot be read") from error
    if [one.index for one in rotated] != sorted({one.index for one in rotated}):
        raise _odd("they are not in the order of the log")
    return rotated


def _rotated(item: dict[str, Any]) -> Rotated:
    index, checkpoint = item["index"], item["checkpoint"]
    if type(index) is not int or not 0 <= index < NUMBER_MAX or not isinstance(checkpoint, str):
        raise _odd("the list cannot be read")
    salt, payload = from_base64(item["salt"], "The salt"), from_base64(item["payload"], "The payload")
    return Rotated(index, salt, payload, checkpoint.encode("utf-8", "replace"))


def _note(payload: bytes) -> bytes:
    try:
        found = parse(payload)
    except Malformed as error:
        raise _odd("its payload is not JSON") from error
    if not isinstance(found, dict) or set(found) != {"note", "type"} or found["type"] != TYPE:
        raise _odd("its payload is about something else")
    if not isinstance(found["note"], str):
        raise _odd("its payload holds no note")
    return found["note"].encode("utf-8", "replace")


def _odd(why: str) -> Refused:
    return Refused("rotation-malformed", "What changes the key of the log is none: %(why)s.", why=why)
