"""Secrets of people and programs: made at random, kept as hashes.

Passwords go through Argon2id at the OWASP minimum (19 MiB, 2 passes, 1 lane); random 256-bit
secrets need no slow hash and go through SHA-256.
"""

from __future__ import annotations

import hashlib
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from registry.identity.selfcare.rules import PASSWORD_MAX

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_password(password: str) -> str:
    """The Argon2id hash to keep."""
    return _HASHER.hash(password)


_NOBODY = hash_password(secrets.token_urlsafe(16))


def password_matches(password: str, kept: str | None) -> bool:
    """Whether the password is right; takes as long when there is no such person (``kept`` None)."""
    try:
        matched = _HASHER.verify(kept or _NOBODY, password[:PASSWORD_MAX].encode("utf-8", "surrogatepass"))
    except (VerificationError, InvalidHashError):
        return False
    return matched and kept is not None


def new_secret() -> str:
    """A random 256-bit secret in a form fit for cookies and headers."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """SHA-256 in hex, to look a secret up by."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
