"""Tiles and bundles of entries (C2SP tlog-tiles): paths, widths and bytes. Pure.

Hash i of tile n at level l is the root of the 256^l leaves that begin at (256n + i)·256^l. A bundle
holds the leaves under one tile of level 0, each behind its length in two bytes. Both are complete with 256
parts; a narrower one has its width in its path. ``level`` None means a bundle.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from registry.ledger.hashing import HASH_BYTES
from registry.ledger.refusal import Refused

WIDTH: Final = 256
"""Parts of a complete tile."""
BITS: Final = 8
"""Levels of the tree between two levels of tiles."""
LEVEL_MAX: Final = 63
INDEX_MAX: Final = 2**55
"""No tile of a log of at most 2^63 entries has a higher number."""
LEAF_MAX: Final = 65_535
"""Bytes of an entry that a bundle can hold."""
LENGTH_BYTES: Final = 2
_GROUP: Final = 1000
_PATH: Final = re.compile(
    r"tile/(?P<level>entries|0|[1-9][0-9]?)"
    r"/(?P<index>(?:x[0-9]{3}/){0,5}[0-9]{3})"
    r"(?:\.p/(?P<width>[1-9][0-9]{0,2}))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Tile:
    """One file of a log: level (None for a bundle of entries), number, and width from 1 to 256."""

    level: int | None
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Path below the log's prefix, such as ``tile/0/x001/067.p/12``."""
        level = "entries" if self.level is None else str(self.level)
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{level}/{_numbered(self.index)}{partial}"

    @property
    def whole(self) -> Tile:
        """The complete tile in whose place this one stands until there is one."""
        return Tile(self.level, self.index)

    @property
    def first(self) -> int:
        """Index of its first part among those of its level."""
        return self.index * WIDTH

    def within(self, size: int) -> bool:
        """Whether a tree of this size has all parts of it."""
        return self.first + self.width <= size >> (BITS * (self.level or 0))


def parse_path(path: str) -> Tile:
    """The tile that a path names; raises ``Refused`` for any other spelling."""
    found = _PATH.fullmatch(path)
    if found is None:
        raise _no_tile(path)
    level = None if found["level"] == "entries" else int(found["level"])
    index = int(found["index"].replace("x", "").replace("/", ""))
    tile = Tile(level, index, int(found["width"] or WIDTH))
    if (level or 0) > LEVEL_MAX or tile.width > WIDTH or index >= INDEX_MAX or tile.path != path:
        raise _no_tile(path)
    return tile


def tiles_at(level: int | None, size: int, start: int = 0) -> Iterator[Tile]:
    """The tiles (or bundles) of one level that a tree of this size needs, from that of part ``start`` on."""
    parts = size >> (BITS * (level or 0))
    for index in range(start // WIDTH, -(-parts // WIDTH)):
        yield Tile(level, index, min(WIDTH, parts - index * WIDTH))


def tiles_of(size: int) -> Iterator[Tile]:
    """Every tile and bundle that a tree of this size needs: bundles first, then hashes from below."""
    yield from tiles_at(None, size)
    level = 0
    while size >> (BITS * level):
        yield from tiles_at(level, size)
        level += 1


def hashes_of(raw: bytes, tile: Tile) -> list[bytes]:
    """The hashes of a tile; raises ``Refused`` unless there are exactly as many as it is wide."""
    if len(raw) != tile.width * HASH_BYTES:
        message = "%(path)s has %(found)s bytes in place of %(wanted)s."
        wanted = tile.width * HASH_BYTES
        raise Refused("tile-malformed", message, path=tile.path, found=len(raw), wanted=wanted)
    return [raw[at : at + HASH_BYTES] for at in range(0, len(raw), HASH_BYTES)]


def bundle(leaves: Iterable[bytes]) -> bytes:
    """The bytes of a bundle; raises ``ValueError`` for a leaf that is too long."""
    parts = []
    for leaf in leaves:
        if len(leaf) > LEAF_MAX:
            raise ValueError(f"a leaf of {len(leaf)} bytes fits no bundle")
        parts += [len(leaf).to_bytes(LENGTH_BYTES, "big"), leaf]
    return b"".join(parts)


def leaves_of(raw: bytes, tile: Tile) -> list[bytes]:
    """The leaves of a bundle; raises ``Refused`` unless it holds exactly as many as it is wide."""
    leaves, at = [], 0
    for _ in range(tile.width):
        length = int.from_bytes(raw[at : at + LENGTH_BYTES], "big")
        after = at + LENGTH_BYTES + length
        if len(raw) < max(after, at + LENGTH_BYTES):
            raise _odd_bundle(tile, "ends within an entry")
        leaves.append(raw[at + LENGTH_BYTES : after])
        at = after
    if at != len(raw):
        raise _odd_bundle(tile, "has bytes left after its last entry")
    return leaves


def narrowed(raw: bytes, tile: Tile) -> bytes:
    """The bytes of a partial tile, out of those of the complete one in its place; raises ``Refused``."""
    if tile.level is None:
        return bundle(leaves_of(raw, tile.whole)[: tile.width])
    return join(hashes_of(raw, tile.whole)[: tile.width])


def bundle_bytes_max(tile: Tile, leaf_max: int) -> int:
    """Bytes that a bundle has at most when no leaf has more than ``leaf_max``."""
    return tile.width * (LENGTH_BYTES + leaf_max)


def join(hashes: Sequence[bytes]) -> bytes:
    """The bytes of a tile of hashes."""
    return b"".join(hashes)


def _numbered(index: int) -> str:
    groups = [f"{index % _GROUP:03d}"]
    while index >= _GROUP:
        index //= _GROUP
        groups.insert(0, f"x{index % _GROUP:03d}")
    return "/".join(groups)


def _odd_bundle(tile: Tile, what: str) -> Refused:
    return Refused("bundle-malformed", "%(path)s %(what)s.", path=tile.path, what=what)


def _no_tile(path: str) -> Refused:
    return Refused("path-malformed", "This is not the path of a tile: %(path)s", path=path)
