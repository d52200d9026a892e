"""Master keys: they seal nothing but data keys.

A data key is wrapped with AES-256-GCM under a key derived from the master key for this one purpose
(HKDF, RFC 5869), and bound to its submission as associated data: moved to another submission's row,
it opens nothing. Pure but for randomness.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field

from registry.errors import SettingError
from registry.intake.vault.boxes import KEY_BYTES, seal, unseal
from registry.sealing import Sealer

_PURPOSE = "data key"


@dataclass(frozen=True, slots=True)
class MasterKey:
    """One master key and its id; the id says nothing about the key."""

    id: str
    wrapping: bytes = field(repr=False)

    @classmethod
    def of(cls, key_id: str, secret: bytes) -> MasterKey:
        """The master key of these 32 bytes."""
        return cls(key_id, Sealer(base64.b64encode(secret).decode("ascii")).key(_PURPOSE))

    def wrap(self, data_key: bytes, submission_id: str) -> bytes:
        """The data key as only this master key opens it, for this submission alone."""
        return seal(self.wrapping, data_key, f"{self.id}\0{submission_id}")

    def unwrap(self, wrapped: bytes, submission_id: str) -> bytes:
        """The data key; raises ``SealBroken``."""
        return unseal(self.wrapping, wrapped, f"{self.id}\0{submission_id}")


@dataclass(frozen=True, slots=True)
class Ring:
    """Some master keys by id, and which of them wraps new data keys."""

    current: str
    keys: Mapping[str, MasterKey]


def key_of(setting: str, key_id: str, text: str) -> MasterKey:
    """The master key written as base64; raises ``SettingError`` without repeating the key."""
    try:
        secret = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if len(secret) != KEY_BYTES or not (key_id.isascii() and key_id.isalnum() and len(key_id) <= KEY_BYTES):
        # Not a word of it is repeated: what stands where an id should be may be a key.
        reason = "each key should be an id of letters and digits, then =, then 32 bytes in base64"
        raise SettingError(name=setting, reason=reason)
    return MasterKey.of(key_id, secret)


def given(text: str) -> Ring:
    """The ring of the setting ``master_keys``: ``id=base64, id=base64``; the first one is current."""
    pairs = [pair.partition("=") for pair in text.replace(",", " ").split()]
    keys = {key_id: key_of("master_keys", key_id, secret) for key_id, _, secret in pairs}
    if not keys or len(keys) != len(pairs):
        raise SettingError(name="master_keys", reason="should be id=key, id=key; each id once")
    return Ring(pairs[0][0], keys)
