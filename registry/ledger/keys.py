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
        return key_id_of(self.name, ED25519, self.public)

    @property
    def vkey(self) -> str:
        """The key as one word, to be handed on: ``<name>+<key id in hex>+<base64 of type and key>``."""
        return vkey_of(self.name, ED25519, self.public)

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Whether this key signed the message."""
        return holds(self.public, message, signature)


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
    """The key of a log that such a word stands for; raises ``Refused``."""
    return LogKey(*split_vkey(vkey, ED25519))


def holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the Ed25519 key of 32 bytes made this signature."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def key_id_of(name: str, kind: bytes, public: bytes) -> bytes:
    """First four bytes of SHA-256 over name, newline, type byte and key (C2SP signed-note)."""
    return hashlib.sha256(name.encode() + b"\n" + kind + public).digest()[:KEY_ID_BYTES]


def vkey_of(name: str, kind: bytes, public: bytes) -> str:
    """``<name>+<key id in hex>+<base64 of type byte and key>``."""
    return f"{name}+{key_id_of(name, kind, public).hex()}+{base64_of(kind + public)}"


def split_vkey(vkey: str, kind: bytes) -> tuple[str, bytes]:
    """Name and 32 bytes of an Ed25519 key of this type; raises ``Refused``."""
    parts = vkey.split("+", _VKEY_PARTS - 1)
    if len(parts) != _VKEY_PARTS or not is_key_name(parts[0]):
        raise _malformed(vkey)
    raw = from_base64(parts[2], "The key")
    if raw[:1] != kind or len(raw) != 1 + _PUBLIC_BYTES:
        raise Refused("key-unknown", "This is not an Ed25519 key of the kind wanted: %(vkey)s", vkey=vkey)
    if key_id_of(parts[0], kind, raw[1:]).hex() != parts[1]:
        raise _malformed(vkey)
    return parts[0], raw[1:]


def _malformed(vkey: str) -> Refused:
    return Refused("key-malformed", "This is not a key as one word: %(vkey)s", vkey=vkey)
