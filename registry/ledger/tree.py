"""A tree over a store of complete subtrees: root at any size, inclusion and consistency paths. Pure.

The store keeps (level, index) → hash for every complete subtree of 2^level leaves, and nothing
else: about two hashes for a leaf, never changed once written. Paths follow RFC 6962 sections 2.1.1
and 2.1.2; every hash in one is that of a range of leaves, which falls into few complete subtrees.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from registry.ledger.frontier import Frontier, fold
from registry.ledger.hashing import EMPTY_ROOT

Place = tuple[int, int]
"""Level and index of a complete subtree."""
Range = tuple[int, int]
"""First leaf, and the leaf after the last."""


class Nodes(Protocol):
    """Where hashes of complete subtrees are kept."""

    def read(self, places: Sequence[Place]) -> list[bytes]:
        """Their hashes in the order asked for; raises ``Refused`` when one is missing."""


def frontier(nodes: Nodes, size: int) -> Frontier:
    """The right edge of the tree as it was with ``size`` leaves."""
    return Frontier(size, nodes.read(subtrees((0, size))))


def root(nodes: Nodes, size: int) -> bytes:
    """Root of the tree as it was with ``size`` leaves."""
    return fold(nodes.read(subtrees((0, size)))) if size else EMPTY_ROOT


def inclusion_path(nodes: Nodes, index: int, size: int) -> list[bytes]:
    """Proof that leaf ``index`` is in the tree of ``size`` leaves, leaf side first (0 ≤ index < size)."""
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} among {size}")
    return _hashes(nodes, inclusion_ranges(index, size))


def consistency_path(nodes: Nodes, old: int, new: int) -> list[bytes]:
    """Proof that the tree of ``old`` leaves is the beginning of that of ``new`` (0 ≤ old ≤ new)."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {old} leaves is not the beginning of one of {new}")
    return _hashes(nodes, consistency_ranges(old, new))


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """Whose hashes make up an inclusion path (RFC 6962 section 2.1.1)."""
    first, after, ranges = 0, size, []
    while after - first > 1:
        middle = first + split(after - first)
        if index < middle:
            ranges.append((middle, after))
            after = middle
        else:
            ranges.append((first, middle))
            first = middle
    return ranges[::-1]


def consistency_ranges(old: int, new: int) -> list[Range]:
    """Whose hashes make up a consistency path (RFC 6962 section 2.1.2); none where either size says all."""
    if old == 0:
        return []
    first, after, ranges = 0, new, []
    while old < after:
        middle = first + split(after - first)
        if old <= middle:
            ranges.append((middle, after))
            after = middle
        else:
            ranges.append((first, middle))
            first = middle
    if first:  # else the old root itself would come first, which the reader has
        ranges.append((first, after))
    return ranges[::-1]


def split(count: int) -> int:
    """The largest power of two below ``count``, which must be 2 or more."""
    return 1 << ((count - 1).bit_length() - 1)


def subtrees(leaves: Range) -> list[Place]:
    """The complete subtrees into which a range falls, largest first.

    The range must begin where a subtree of its own size could: all ranges of paths do.
    """
    first, after = leaves
    found = []
    for level in range((after - first).bit_length() - 1, -1, -1):
        if (after - first) >> level & 1:
            found.append((level, first >> level))
            first += 1 << level
    return found


def _hashes(nodes: Nodes, ranges: Sequence[Range]) -> list[bytes]:
    """The hash of each range, with one look into the store for all of them."""
    parts = [subtrees(one) for one in ranges]
    found = iter(nodes.read([place for part in parts for place in part]))
    return [fold([next(found) for _ in part]) for part in parts]
