"""Ed25519 keys of logs as C2SP signed-note names them (the only algorithm today)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from registry.ledger.exact import base64_of, from_base64
from registry.ledger.notes import KEY_ID_BYTES, is_key_name
from registry.ledger.refusal import Refused

ED25519: Final = b"\x01"
"""Type byte of a key whose signatures cover the text alone."""
_PUBLIC_BYTES: Final = 32
_VKEY_PARTS: Final = 3


@dataclass(frozen=True, slots=True)
class LogKey:
    """The public key of a log; ``name`` is the log's origin, ``public`` 32 bytes."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """First four bytes of SHA-256 over name, newline, type and key."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:KEY_ID_BYTES]

    @property
    def vkey(self) -> str:
        """The key as one word, to be handed on: ``<name>+<key id in hex>+<base64 of type and key>``."""
        return f"{self.name}+{self.key_id.hex()}+{base64_of(ED25519 + self.public)}"

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Whether this key signed the message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class LogSigner:
    """The private key of a log under the log's origin."""

    name: str
    private: Ed25519PrivateKey

    @property
    def key(self) -> LogKey:
        """The public half."""
        return LogKey(self.name, self.private.public_key().public_bytes_raw())

    @property
    def key_id(self) -> bytes:
        """Key id of the public half."""
        return self.key.key_id

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        return self.private.sign(message)


def parse_vkey(vkey: str) -> LogKey:
    """The key that such a word stands for; raises ``Refused``."""
    parts = vkey.split("+", _VKEY_PARTS - 1)
    if len(parts) != _VKEY_PARTS or not is_key_name(parts[0]):
        raise _malformed(vkey)
    raw = from_base64(parts[2], "The key")
    key = LogKey(parts[0], raw[1:])
    if raw[:1] != ED25519 or len(key.public) != _PUBLIC_BYTES:
        raise Refused("key-unknown", "This is not an Ed25519 key of a log: %(vkey)s", vkey=vkey)
    if key.key_id.hex() != parts[1]:
        raise _malformed(vkey)
    return key


def _malformed(vkey: str) -> Refused:
    return Refused("key-malformed", "This is not the key of a log: %(vkey)s", vkey=vkey)
