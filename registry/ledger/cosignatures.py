"""Cosignatures (C2SP tlog-cosignature, Ed25519): that a witness saw a log only grow up to a checkpoint.

A signature line has the bytes: POSIX seconds, 8 bytes big-endian, and 64 bytes of Ed25519 over::

    cosignature/v1
    time <seconds in decimal>
    <the text of the checkpoint, without signature lines>
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from registry.ledger.checkpoints import SignedCheckpoint
from registry.ledger.exact import NUMBER_MAX
from registry.ledger.keys import holds, key_id_of, split_vkey, vkey_of
from registry.ledger.notes import Signature

COSIGNATURE: Final = b"\x04"
"""Type byte of a key whose signatures are cosignatures of checkpoints."""
TIME_BYTES: Final = 8
SIGNATURE_BYTES: Final = 64


@dataclass(frozen=True, slots=True)
class WitnessKey:
    """The public key of a witness under its name; ``public`` has 32 bytes."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell it from other keys of that name, and from a log key of the same bytes."""
        return key_id_of(self.name, COSIGNATURE, self.public)

    @property
    def vkey(self) -> str:
        """The key as one word, to be handed on."""
        return vkey_of(self.name, COSIGNATURE, self.public)

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Whether this witness cosigned the checkpoint with this text, at the time in the signature."""
        if len(signature) != TIME_BYTES + SIGNATURE_BYTES:
            return False
        seconds = int.from_bytes(signature[:TIME_BYTES], "big")
        return seconds <= NUMBER_MAX and holds(
            self.public, _cosigned(message, seconds), signature[TIME_BYTES:]
        )


@dataclass(frozen=True, slots=True)
class Witness:
    """The private key of a witness; ``seconds`` tells the time that its signatures state (POSIX)."""

    name: str
    private: Ed25519PrivateKey
    seconds: Callable[[], int]

    @property
    def key(self) -> WitnessKey:
        """The public half."""
        return WitnessKey(self.name, self.private.public_key().public_bytes_raw())

    @property
    def key_id(self) -> bytes:
        """Key id of the public half."""
        return self.key.key_id

    def sign(self, message: bytes) -> bytes:
        """Time and signature over the text of a checkpoint."""
        seconds = self.seconds()
        return seconds.to_bytes(TIME_BYTES, "big") + self.private.sign(_cosigned(message, seconds))

    def line(self, signed: SignedCheckpoint) -> str:
        """The signature line under a checkpoint."""
        return Signature(self.name, self.key_id, self.sign(signed.note.text.encode("utf-8"))).line


def parse_witness_vkey(vkey: str) -> WitnessKey:
    """The key that such a word stands for; raises ``Refused``."""
    return WitnessKey(*split_vkey(vkey, COSIGNATURE))


def _cosigned(message: bytes, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n".encode() + message
