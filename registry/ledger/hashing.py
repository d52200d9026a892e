"""Hashes of leaves and nodes (RFC 6962 section 2.1). Pure.

A hash is 32 bytes. Leaves and nodes are hashed with different first bytes, so that no node can be
passed off as a leaf.
"""

from __future__ import annotations

import hashlib
from typing import Final

HASH_BYTES: Final = 32
EMPTY_ROOT: Final = hashlib.sha256(b"").digest()
"""Root of the tree without leaves."""


def leaf_hash(leaf: bytes) -> bytes:
    """SHA-256 of a zero byte and the leaf, exactly as stored."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256 of a one byte and both children."""
    return hashlib.sha256(b"\x01" + left + right).digest()
