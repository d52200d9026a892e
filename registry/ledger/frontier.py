"""The right edge of a tree: all that is needed to let it grow and to know its root. Pure.

A tree of n leaves falls into complete subtrees, one for each bit that is set in n, largest first
(RFC 9162 calls their concatenation the compact form of a tree). A tree of a million leaves is 7
hashes here. A reader of a foreign log feeds every leaf hash and compares ``root()`` with the
checkpoint; ``to_bytes`` is what it keeps until next time.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from registry.ledger.hashing import EMPTY_ROOT, HASH_BYTES, node_hash
from registry.ledger.refusal import Refused

Node = tuple[int, int, bytes]
"""Level (0 = leaves), index on that level, hash of the complete subtree there."""
_SIZE_BYTES: Final = 8


class Frontier:
    """The hashes of the complete subtrees of a tree with ``size`` leaves, largest first."""

    __slots__ = ("_hashes", "size")

    def __init__(self, size: int = 0, hashes: Sequence[bytes] = ()) -> None:
        """Take up a tree again; raises ``Refused`` when there are not as many hashes as the size asks for."""
        if size < 0 or len(hashes) != size.bit_count():
            raise Refused(
                "edge-malformed",
                "A tree of %(size)s entries has another number of hashes at its right edge than %(given)s.",
                size=size,
                given=len(hashes),
            )
        self.size = size
        self._hashes = list(hashes)

    @property
    def hashes(self) -> tuple[bytes, ...]:
        """The hashes, largest subtree first."""
        return tuple(self._hashes)

    def append(self, leaf: bytes) -> list[Node]:
        """Add the hash of a leaf; gives the nodes that it completes, the leaf itself first."""
        hashes, index, level = self._hashes, self.size, 0
        done = [(0, index, leaf)]
        while index & 1:
            leaf = sha256(b"\x01" + hashes.pop() + leaf).digest()
            index >>= 1
            level += 1
            done.append((level, index, leaf))
        hashes.append(leaf)
        self.size += 1
        return done

    def root(self) -> bytes:
        """Root hash of the tree as it is now."""
        return fold(self._hashes) if self._hashes else EMPTY_ROOT

    def to_bytes(self) -> bytes:
        """Size as eight bytes, big end first, and the hashes; ``from_bytes`` reads it."""
        return self.size.to_bytes(_SIZE_BYTES, "big") + b"".join(self._hashes)

    @classmethod
    def from_bytes(cls, raw: bytes) -> Frontier:
        """What ``to_bytes`` wrote; raises ``Refused``."""
        size, rest = int.from_bytes(raw[:_SIZE_BYTES], "big"), raw[_SIZE_BYTES:]
        if len(raw) < _SIZE_BYTES or len(rest) % HASH_BYTES:
            raise Refused("edge-malformed", "The right edge of a tree has a wrong length.")
        return cls(size, [rest[at : at + HASH_BYTES] for at in range(0, len(rest), HASH_BYTES)])


def fold(hashes: Sequence[bytes]) -> bytes:
    """The hash over neighbouring complete subtrees, largest first; there must be at least one."""
    root = hashes[-1]
    for left in reversed(hashes[:-1]):
        root = node_hash(left, root)
    return root
