"""Sealed bytes: AES-256-GCM with a random nonce, bound to a context. Pure but for randomness.

Form: one byte of version, 12 of nonce, then ciphertext and tag. The context (whose it is and what it
is for) is associated data, so bytes that were moved elsewhere do not open there.
"""

from __future__ import annotations

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV

from registry.sealing import SealBroken

KEY_BYTES = 32
_VERSION = b"\x01"
_NONCE = 12
_START = len(_VERSION) + _NONCE


def seal(key: bytes, raw: bytes, context: str) -> bytes:
    """The bytes as only ``unseal`` with the same key and context reads them."""
    nonce = os.urandom(_NONCE)
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, raw, context.encode())


def unseal(key: bytes, sealed: bytes, context: str) -> bytes:
    """The bytes; raises ``SealBroken`` for any other key or context and for every changed bit."""
    if sealed[: len(_VERSION)] != _VERSION:
        raise SealBroken(context)
    try:
        return AESGCM(key).decrypt(sealed[len(_VERSION) : _START], sealed[_START:], context.encode())
    except (InvalidTag, ValueError) as error:
        raise SealBroken(context) from error


def veil(key: bytes, name: bytes, context: str) -> str:
    """A name as hex that is the same each time, under this key and for this context only (RFC 5297).

    For what is looked up or must be unique; equal names look equal, so seal texts instead.
    """
    return AESSIV(_derived(key, b"veil")).encrypt(name, [context.encode()]).hex()


def unveil(key: bytes, veiled: str, context: str) -> bytes:
    """The name; raises ``SealBroken``."""
    try:
        return AESSIV(_derived(key, b"veil")).decrypt(bytes.fromhex(veiled), [context.encode()])
    except (InvalidTag, ValueError) as error:
        raise SealBroken(context) from error


def mark(key: bytes, raw: bytes, context: str) -> str:
    """64 hex digits by which equal bytes are recognised; without the key no guess can be confirmed."""
    return hmac.new(_derived(key, b"mark"), context.encode() + b"\0" + raw, hashlib.sha256).hexdigest()


def _derived(key: bytes, label: bytes) -> bytes:
    """A key for one kind of use, from a key that is random already (HKDF's expand step, one block)."""
    return hmac.digest(key, label + b"\x01", hashlib.sha256)
