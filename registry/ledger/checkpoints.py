"""Checkpoints (C2SP tlog-checkpoint): a log's origin, size and root as a signed note. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from registry.ledger.exact import base64_of, from_base64, number
from registry.ledger.hashing import EMPTY_ROOT, HASH_BYTES
from registry.ledger.notes import Note, Signer, Verifier, is_key_name, open_note, sign_note
from registry.ledger.refusal import Refused

_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log was: its origin, how many entries it had, and the root of their tree (32 bytes)."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64_of(self.root)}\n"


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint that was opened, with the exact bytes and the note they hold."""

    checkpoint: Checkpoint
    raw: bytes
    note: Note

    @property
    def bare(self) -> bytes:
        """The note with the log's own signature alone."""
        name = self.checkpoint.origin
        own = next(one for one in self.note.verified if one.name == name)
        return f"{self.note.text}\n{own.line}".encode()


def sign_checkpoint(checkpoint: Checkpoint, signer: Signer) -> bytes:
    """The note; the signer must bear the origin's name."""
    if signer.name != checkpoint.origin:
        raise ValueError(f"{signer.name} does not sign for {checkpoint.origin}")
    return sign_note(checkpoint.text, [signer])


def open_checkpoint(raw: bytes, log: Verifier, others: Sequence[Verifier] = ()) -> SignedCheckpoint:
    """A checkpoint that the log itself signed, perhaps witnesses too; raises ``Refused``."""
    note = open_note(raw, [log, *others])
    checkpoint = parse_checkpoint(note.text)
    if checkpoint.origin != log.name:
        message = "The checkpoint is of %(found)s, not of %(wanted)s."
        raise Refused("origin-other", message, found=checkpoint.origin, wanted=log.name)
    if not any(one.name == log.name and one.key_id == log.key_id for one in note.verified):
        raise Refused("signature-missing", "%(name)s did not sign this checkpoint.", name=log.name)
    return SignedCheckpoint(checkpoint, raw, note)


def parse_checkpoint(text: str) -> Checkpoint:
    """A checkpoint's text of exactly three lines; raises ``Refused``."""
    lines = text.split("\n")
    if len(lines) != _LINES + 1 or lines.pop():
        raise Refused("checkpoint-malformed", "A checkpoint has exactly three lines.")
    origin, size, root = lines[0], number(lines[1], "The size"), from_base64(lines[2], "The root")
    if not is_key_name(origin):
        raise Refused("checkpoint-malformed", "This is not the origin of a log: %(name)s", name=origin)
    if len(root) != HASH_BYTES:
        raise Refused("checkpoint-malformed", "The root does not have 32 bytes.")
    if size == 0 and root != EMPTY_ROOT:
        raise Refused("checkpoint-root", "The root is not that of an empty log.")
    return Checkpoint(origin, size, root)
