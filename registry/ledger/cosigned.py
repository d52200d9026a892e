"""Checkpoints with signatures of witnesses beside the log's own: counting, keeping and taking them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from registry.ledger.checkpoints import SignedCheckpoint, open_checkpoint
from registry.ledger.notes import SIGNATURES_MAX, Note, Verifier
from registry.ledger.refusal import Refused


def cosigners(raw: bytes, log: Verifier, witnesses: Sequence[Verifier]) -> tuple[str, ...]:
    """Names of the known witnesses that cosigned a checkpoint, sorted; raises ``Refused``."""
    return names(open_checkpoint(raw, log, witnesses).note, witnesses)


def names(note: Note, witnesses: Iterable[Verifier]) -> tuple[str, ...]:
    """Which of these witnesses stand under a note that was opened with them."""
    under = {(one.name, one.key_id) for one in note.verified}
    return tuple(sorted({one.name for one in witnesses if (one.name, one.key_id) in under}))


def merged(newer: SignedCheckpoint, older: SignedCheckpoint | None) -> bytes:
    """A checkpoint with the verified lines that an earlier reading of the same one had beside its own.

    Whoever serves it may leave lines out; what was checked once is kept.
    """
    if older is None or older.note.text != newer.note.text:
        return newer.raw
    under = [*newer.note.verified, *newer.note.unknown]
    there = {(one.name, one.key_id) for one in under}
    more = [one for one in older.note.verified if (one.name, one.key_id) not in there]
    return newer.raw + "".join(one.line for one in more[: SIGNATURES_MAX - len(under)]).encode("utf-8")


def read_lines(raw: bytes, signed: SignedCheckpoint, log: Verifier, witness: Verifier) -> str:
    """The cosignature of this witness in an answer of signature lines; raises ``Refused`` without one."""
    opened = open_checkpoint(signed.raw + raw, log, [witness])
    for one in opened.note.verified:
        if (one.name, one.key_id) == (witness.name, witness.key_id):
            return one.line
    raise Refused("cosignature-missing", "%(name)s did not cosign.", name=witness.name)
