"""Checking proofs against roots (RFC 9162 sections 2.1.3.2 and 2.1.4.2). Pure; no store is needed."""

from __future__ import annotations

from collections.abc import Sequence

from registry.ledger.hashing import HASH_BYTES, node_hash
from registry.ledger.refusal import Refused


def check_inclusion(index: int, size: int, leaf: bytes, path: Sequence[bytes], root: bytes) -> None:
    """Raises ``Refused`` unless this leaf hash is at ``index`` of the tree with this size and root."""
    _require_hashes(path)
    if not 0 <= index < size:
        raise _not_included("There is no entry %(index)s in a log of %(size)s.", index, size)
    place, last, found = index, size - 1, leaf
    for one in path:
        if last == 0:
            raise _not_included("The proof of entry %(index)s of %(size)s is too long.", index, size)
        if place & 1 or place == last:
            found = node_hash(one, found)
            place, last = _up(place, last)
        else:
            found = node_hash(found, one)
        place, last = place >> 1, last >> 1
    if last or found != root:
        message = "The proof does not lead from entry %(index)s to the root of the log of %(size)s."
        raise _not_included(message, index, size)


def check_consistency(old: int, new: int, path: Sequence[bytes], old_root: bytes, new_root: bytes) -> None:
    """Raises ``Refused`` unless the tree of ``old`` leaves is the beginning of the tree of ``new``."""
    _require_hashes(path)
    if not 0 <= old <= new:
        raise _inconsistent("A log of %(new)s entries does not begin with %(old)s.", old, new)
    if old in (0, new):
        if path:
            raise _inconsistent("Between logs of %(old)s and %(new)s entries nothing is proved.", old, new)
        if old == new and old_root != new_root:
            raise _inconsistent("Two logs of %(new)s entries have different roots.", old, new)
        return
    if not path:
        raise _inconsistent("The proof from %(old)s to %(new)s entries is empty.", old, new)
    _walk(old, new, path, (old_root, new_root))


def _walk(old: int, new: int, path: Sequence[bytes], roots: tuple[bytes, bytes]) -> None:
    whole = old & (old - 1) == 0
    steps = [roots[0], *path] if whole else list(path)
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = steps[0]
    for one in steps[1:]:
        if last == 0:
            raise _inconsistent("The proof from %(old)s to %(new)s entries is too long.", old, new)
        if place & 1 or place == last:
            before, after = node_hash(one, before), node_hash(one, after)
            place, last = _up(place, last)
        else:
            after = node_hash(after, one)
        place, last = place >> 1, last >> 1
    if last or (before, after) != roots:
        message = "The log of %(new)s entries does not begin with the log of %(old)s that was seen before."
        raise _inconsistent(message, old, new)


def _up(place: int, last: int) -> tuple[int, int]:
    """Skip the levels on which a node at the right edge has no sibling."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last


def _require_hashes(path: Sequence[bytes]) -> None:
    if any(len(one) != HASH_BYTES for one in path):
        raise Refused("proof-malformed", "A hash in the proof does not have 32 bytes.")


def _not_included(message: str, index: int, size: int) -> Refused:
    return Refused("not-included", message, index=index, size=size)


def _inconsistent(message: str, old: int, new: int) -> Refused:
    return Refused("inconsistent", message, old=old, new=new)
