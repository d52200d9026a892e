"""Secrets that the node must be able to read again, encrypted at rest with the node's secret key.

AES-256-GCM under a key derived for one purpose (HKDF, RFC 5869), so that what was sealed for one use
cannot be opened for another. Secrets that need only be compared are kept as hashes instead.
"""

from __future__ import annotations

import base64
import binascii
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12
_VERSION = "s1."


class SealBroken(Exception):
    """What was to be opened was changed, or sealed with another key or for another purpose."""


class Sealer:
    """Seals and opens texts under one secret key."""

    def __init__(self, secret_key: str) -> None:
        self._root = secret_key.encode()

    def seal(self, text: str, purpose: str) -> str:
        """The text as ASCII that only ``open`` with the same key and purpose can read."""
        nonce = os.urandom(_NONCE)
        sealed = nonce + AESGCM(self.key(purpose)).encrypt(nonce, text.encode(), purpose.encode())
        return _VERSION + base64.urlsafe_b64encode(sealed).decode()

    def open(self, sealed: str, purpose: str) -> str:
        """The text; raises ``SealBroken``."""
        try:
            raw = base64.urlsafe_b64decode(sealed.removeprefix(_VERSION))
            if _VERSION + base64.urlsafe_b64encode(raw).decode() != sealed:
                raise SealBroken(purpose)  # bits that base64 does not use were changed, or it has no version
            plain = AESGCM(self.key(purpose)).decrypt(raw[:_NONCE], raw[_NONCE:], purpose.encode())
        except (InvalidTag, ValueError, binascii.Error) as error:
            raise SealBroken(purpose) from error
        return plain.decode()

    def key(self, purpose: str) -> bytes:
        """32 bytes for one purpose."""
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(self._root)
