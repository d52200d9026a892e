"""Names for what people typed, under which something is remembered without remembering what they typed."""

from __future__ import annotations

import os
from hashlib import blake2b

_KEY = os.urandom(32)
"""Of this process and its children; nothing that it names outlives them."""


def unnamed(typed: str) -> bytes:
    """A keyed hash of a text of any content, the same while the process lives."""
    return blake2b(typed.encode("utf-8", "surrogatepass"), digest_size=16, key=_KEY).digest()
