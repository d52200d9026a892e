"""The body of ``add-checkpoint`` (C2SP tlog-witness): old size, consistency proof, checkpoint. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from registry.ledger.exact import base64_of, from_base64, number
from registry.ledger.hashing import HASH_BYTES
from registry.ledger.notes import NOTE_MAX, read_note
from registry.ledger.refusal import Refused

PROOF_LINES_MAX: Final = 63
HEAD_MAX: Final = 4096
"""Bytes before the checkpoint: 63 hashes of 45 bytes fit."""
BODY_MAX: Final = HEAD_MAX + NOTE_MAX
SIZE_TYPE: Final = "text/x.tlog.size"
"""Media type of the size that a witness expects instead."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A checkpoint that a log offers, unchecked: ``old`` is the size from which ``path`` proves growth."""

    old: int
    path: tuple[bytes, ...]
    note: bytes

    @property
    def origin(self) -> str:
        """The log that the checkpoint speaks of; raises ``Refused``."""
        return read_note(self.note)[0].partition("\n")[0]

    def to_bytes(self) -> bytes:
        """The body."""
        lines = [f"old {self.old}", *map(base64_of, self.path), ""]
        return "".join(f"{line}\n" for line in lines).encode("ascii") + self.note


def parse_submission(raw: bytes) -> Submission:
    """Read a stranger's body; raises ``Refused`` for anything but the exact shape."""
    head, gap, note = raw.partition(b"\n\n")
    if len(raw) > BODY_MAX or len(head) > HEAD_MAX:
        raise _malformed("it is too long")
    try:
        first, *proof = head.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise _malformed("its head is not ASCII") from error
    if not gap or not first.startswith("old ") or len(proof) > PROOF_LINES_MAX:
        raise _malformed("it does not begin with the old size, at most 63 hashes and an empty line")
    old, path = number(first.removeprefix("old "), "The old size"), _hashes(proof)
    read_note(note)
    return Submission(old, path, note)


def _hashes(lines: Sequence[str]) -> tuple[bytes, ...]:
    path = tuple(from_base64(line, "A hash") for line in lines)
    if any(len(one) != HASH_BYTES for one in path):
        raise _malformed("a hash does not have 32 bytes")
    return path


def _malformed(why: str) -> Refused:
    return Refused("submission-malformed", "The submission cannot be read: %(why)s.", why=why)
