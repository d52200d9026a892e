"""Proof files (C2SP tlog-proof): that one entry is in a log, in a file to be kept and shown. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from registry.ledger.checkpoints import Checkpoint, open_checkpoint
from registry.ledger.cosigned import cosigners
from registry.ledger.exact import NUMBER_MAX, base64_of, from_base64, number
from registry.ledger.hashing import HASH_BYTES
from registry.ledger.notes import NOTE_MAX, Verifier
from registry.ledger.proofs import check_inclusion
from registry.ledger.refusal import Refused

FIRST_LINE: Final = "c2sp.org/tlog-proof@v1"
SUFFIX: Final = ".tlog-proof"
PATH_MAX: Final = 63
"""Hashes of the longest path that a log can need."""
EXTRA_MAX: Final = 4096
_HEAD_MAX: Final = 16 * 1024


@dataclass(frozen=True, slots=True)
class ProofFile:
    """Index of the entry, path leaf side first, the checkpoint's exact bytes; ``extra`` proves nothing."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None

    def to_bytes(self) -> bytes:
        """The file."""
        extra = [] if self.extra is None else [f"extra {base64_of(self.extra)}"]
        lines = [FIRST_LINE, *extra, f"index {self.index}", *map(base64_of, self.path), ""]
        return "".join(f"{line}\n" for line in lines).encode("ascii") + self.checkpoint

    def check(self, leaf: bytes, log: Verifier) -> Checkpoint:
        """Raises ``Refused`` unless the log signed for an entry with this leaf hash; gives the checkpoint."""
        signed = open_checkpoint(self.checkpoint, log).checkpoint
        check_inclusion(self.index, signed.size, leaf, self.path, signed.root)
        return signed

    def cosigners(self, log: Verifier, witnesses: Sequence[Verifier]) -> tuple[str, ...]:
        """Names of the known witnesses that cosigned the checkpoint; raises ``Refused``."""
        return cosigners(self.checkpoint, log, witnesses)


def parse_proof_file(raw: bytes) -> ProofFile:
    """Read a proof file of a stranger; raises ``Refused``."""
    if len(raw) > _HEAD_MAX + NOTE_MAX:
        raise _malformed("it is too long")
    head, gap, checkpoint = raw.partition(b"\n\n")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise _malformed("its head is not ASCII") from error
    if not gap or lines.pop(0) != FIRST_LINE or not lines:
        raise _malformed(f"it does not begin with {FIRST_LINE}")
    extra = _extra(lines)
    if not lines or not lines[0].startswith("index "):
        raise _malformed("the line with the index is missing")
    index = number(lines.pop(0).removeprefix("index "), "The index")
    path = tuple(from_base64(line, "A hash") for line in lines)
    if index >= NUMBER_MAX or len(path) > PATH_MAX or any(len(one) != HASH_BYTES for one in path):
        raise _malformed("its hashes are not those of a path")
    return ProofFile(index, path, checkpoint, extra)


def _extra(lines: list[str]) -> bytes | None:
    if not lines[0].startswith("extra "):
        return None
    extra = from_base64(lines.pop(0).removeprefix("extra "), "The extra line")
    if len(extra) > EXTRA_MAX:
        raise _malformed("its extra line is too long")
    return extra


def _malformed(why: str) -> Refused:
    return Refused("proof-malformed", "The proof file cannot be read: %(why)s.", why=why)
