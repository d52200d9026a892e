"""The public keys of a program (RFC 7517): looked at when it registers, and when it shows who it is.

A key is good when it can check one of the signatures that this server takes (ES256, RS256, PS256, EdDSA).
Everything else is refused at the door, so that a program learns of it when it can still choose another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from cryptography.exceptions import UnsupportedAlgorithm
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey, import_key
from joserfc.util import urlsafe_b64decode

from registry.errors import N_, Problem

PRIVATE_PARTS: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
"""Members of a key that only its owner may have (RFC 7518 section 6)."""
CURVES: Final = {"EC": frozenset({"P-256"}), "OKP": frozenset({"Ed25519", "Ed448"})}
RSA_LEAST: Final = 2048
RSA_MOST: Final = 8192
"""Bits of an RSA key; a larger one only costs time."""
EXPONENT_MOST: Final = 2**32
PART_MAX: Final = 1_400
"""Characters of one member of a key; the modulus of the largest RSA key has 1,366."""
NO_GOOD: Final = N_("Use public keys only: EC on P-256, RSA of 2048 to 8192 bits, or OKP on Ed25519.")

_CANNOT_BE_READ = (JoseError, ValueError, TypeError, KeyError, AttributeError, OverflowError)


def key_problems(jwks: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with each key of a set; its shape was checked before (``Way.problems``)."""
    for number, key in enumerate(jwks["keys"]):
        if good_key(key) is None:
            yield Problem(f"/jwks/keys/{number}", NO_GOOD)


def good_keys(jwks: Mapping[str, Any]) -> list[Key]:
    """The keys of a stored set that can be used; what else was once stored is passed over."""
    keys = jwks.get("keys")
    found = map(good_key, keys) if isinstance(keys, list) else ()
    return [key for key in found if key is not None]


def good_key(given: object) -> Key | None:
    """The key, if it is a public one that can check a signature here; else None."""
    if not isinstance(given, dict) or PRIVATE_PARTS & set(given):
        return None
    if any(isinstance(part, str) and len(part) > PART_MAX for part in given.values()):
        return None
    if given.get("use", "sig") != "sig" or not isinstance(given.get("kid", ""), str):
        return None
    try:
        key = import_key(given) if _is_large(given) else None
        return key if key is not None and _can_check(key, given) else None
    except (*_CANNOT_BE_READ, UnsupportedAlgorithm):
        return None


def _is_large(given: Mapping[str, Any]) -> bool:
    """Whether an RSA key has a size that is taken; asked before it is read, for reading a small one warns."""
    return given.get("kty") != "RSA" or RSA_LEAST <= _bits(given["n"]) <= RSA_MOST


def _bits(number: str) -> int:
    return int.from_bytes(urlsafe_b64decode(number.encode("ascii"))).bit_length()


def _can_check(key: Key, given: Mapping[str, Any]) -> bool:
    """Whether it is of a kind that is taken; asking for the native key checks a point against its curve."""
    if isinstance(key, RSAKey):
        return bool(key.public_key.public_numbers().e <= EXPONENT_MOST)
    if isinstance(key, (ECKey, OKPKey)):
        return key.public_key is not None and given.get("crv") in CURVES[key.key_type]
    return False
