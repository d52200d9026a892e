"""Handing on copies of peers' logs as they came, so that a node can be read when it cannot be reached.

What is served is what the peer signed, byte for byte: whoever reads a copy checks the peer's own
signature and never has to believe this node.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.account.fields import web_link
from registry.db.many import batched
from registry.db.public import PublicDatabase
from registry.errors import NotFound
from registry.federation import mirror, missing, turns
from registry.federation.descriptor import VERSION
from registry.federation.models import MirrorBlockRow, MirrorPayloadRow, PeerRow
from registry.federation.standing import policy_of
from registry.ledger import tree
from registry.ledger.checkpoints import Checkpoint, parse_checkpoint
from registry.ledger.exact import base64_of
from registry.ledger.frontier import Frontier
from registry.ledger.hashing import leaf_hash
from registry.ledger.keys import parse_vkey
from registry.ledger.notes import read_note
from registry.ledger.reading import PAYLOAD_BYTES_MAX, PAYLOADS_MAX, require_between
from registry.ledger.rotations import Rotated
from registry.ledger.tiles import BITS, Tile, bundle

_AT_ONCE: Final = 16
"""Payloads in memory beyond those that an answer may hold."""


@dataclass(frozen=True, slots=True)
class Copied:
    """The payload of an entry as its node gave it: salt and canonical bytes, or neither.

    ``erased`` is whether the record's node erased it; else it was not copied, or the entry has none.
    """

    index: int
    commitment: str | None
    salt: bytes | None
    payload: bytes | None
    erased: bool = False


class Relay:
    """Serves copies; only what the newest checkpoint that was read to its end covers."""

    def __init__(self, public: PublicDatabase) -> None:
        self._public = public

    def descriptor(self, node_id: str) -> dict[str, Any]:
        """What is needed to believe the copy; raises ``NotFound``."""
        with self._public.read() as session:
            peer, checkpoint = _copied(session, node_id)
            key = parse_vkey(peer.vkey)
            return {
                "v": VERSION,
                "id": peer.node_id,
                "genesis": peer.genesis,
                "name": peer.name,
                "url": web_link(peer.url),
                "log": {"origin": key.name, "vkey": peer.vkey, "size": checkpoint.size},
                "rotations": [one.note.decode("utf-8") for one in turns.kept(session, peer)],
                "taxonomy": {"writes": "unknown", "reads": []},
                "kept_by": peer.successor,
                "partial": missing.told(peer, lacks=missing.count(session, peer.short) > 0),
            }

    def checkpoint(self, node_id: str) -> bytes:
        """The note as the peer signed it; raises ``NotFound``."""
        with self._public.read() as session:
            peer, _ = _copied(session, node_id)
            return peer.note or b""

    def rotations(self, node_id: str) -> list[Rotated]:
        """How the peer's log came to its present key; raises ``NotFound``."""
        with self._public.read() as session:
            peer, _ = _copied(session, node_id)
            return turns.kept(session, peer)

    def tile(self, node_id: str, tile: Tile) -> bytes:
        """A tile of hashes, or a bundle of entries; raises ``NotFound`` where the checkpoint ends before."""
        with self._public.read() as session:
            peer, checkpoint = _copied(session, node_id)
            if not tile.within(checkpoint.size):
                raise NotFound
            if tile.level is not None:
                return b"".join(_hashes(session, peer.short, tile.level, tile.first, tile.width))
            rows = mirror.between(session, peer.short, tile.first, tile.first + tile.width)
            return bundle(row.leaf for row in rows)

    def consistency(self, node_id: str, old: int, new: int) -> list[str]:
        """The proof between two sizes, base64; raises ``NotFound`` or ``Invalid``."""
        with self._public.read() as session:
            peer, checkpoint = _copied(session, node_id)
            require_between("/to", new, (0, checkpoint.size), checkpoint.size)
            require_between("/from", old, (0, new), checkpoint.size)
            return [
                base64_of(one) for one in tree.consistency_path(CopiedNodes(session, peer.short), old, new)
            ]

    def payloads(self, node_id: str, start: int, end: int) -> Iterator[Copied]:
        """The payloads of some entries as the peer gave them; raises ``NotFound`` or ``Invalid``."""
        with self._public.read() as session:
            peer, checkpoint = _copied(session, node_id)
            size = checkpoint.size
            require_between("/from", start, (0, max(0, size - 1)), size)
            require_between("/to", end, (start + 1, min(size, start + PAYLOADS_MAX)), size)
            return iter(list(_lines(session, peer.short, start, end)))


class CopiedNodes:
    """Hashes of complete subtrees of a copy, made of its blocks and entries; fits ``tree.Nodes``."""

    def __init__(self, session: Session, peer: str) -> None:
        self._session, self._peer = session, peer

    def read(self, places: Sequence[tree.Place]) -> list[bytes]:
        """Their hashes in the order asked for."""
        return [self._one(level, index) for level, index in places]

    def _one(self, level: int, index: int) -> bytes:
        first, after = index << level, (index + 1) << level
        if level >= BITS:
            query = select(MirrorBlockRow.hash).where(
                MirrorBlockRow.peer == self._peer,
                MirrorBlockRow.position >= first >> BITS,
                MirrorBlockRow.position < after >> BITS,
            )
            parts = list(self._session.scalars(query.order_by(MirrorBlockRow.position)))
        else:
            rows = mirror.between(self._session, self._peer, first, after)
            parts = [leaf_hash(row.leaf) for row in rows]
        edge = Frontier()
        for part in parts:
            edge.append(part)
        return edge.root()


def _hashes(session: Session, peer: str, level: int, first: int, width: int) -> Iterator[bytes]:
    """The parts of a tile of hashes, made of the copied entries and the hashes of full bundles."""
    if level == 0:
        yield from (leaf_hash(row.leaf) for row in mirror.between(session, peer, first, first + width))
        return
    each = 1 << BITS * (level - 1)
    query = select(MirrorBlockRow.hash).where(
        MirrorBlockRow.peer == peer,
        MirrorBlockRow.position >= first * each,
        MirrorBlockRow.position < (first + width) * each,
    )
    blocks = list(session.scalars(query.order_by(MirrorBlockRow.position)))
    for at in range(0, len(blocks), each):
        edge = Frontier()
        for block in blocks[at : at + each]:
            edge.append(block)
        yield edge.root()


def _copied(session: Session, node_id: str) -> tuple[PeerRow, Checkpoint]:
    """The peer and its newest checkpoint, where all of that was copied; raises ``NotFound``."""
    peer = session.scalar(select(PeerRow).where(PeerRow.node_id == node_id))
    if peer is None or peer.note is None or not policy_of(peer).follows:
        raise NotFound
    checkpoint = parse_checkpoint(read_note(peer.note)[0])
    if checkpoint.size > peer.size:
        raise NotFound
    return peer, checkpoint


def _lines(session: Session, peer: str, start: int, end: int) -> Iterator[Copied]:
    erased, left = mirror.erased_between(session, peer, start, end), PAYLOAD_BYTES_MAX
    for some in batched(mirror.between(session, peer, start, end), _AT_ONCE):
        payloads = _kept(session, [row.commitment for row in some if row.commitment is not None])
        for row in some:
            kept = payloads.get(row.commitment)
            if kept is None:
                gone = row.commitment is not None and row.record_id in erased
                yield Copied(row.position, row.commitment, None, None, erased=gone)
                continue
            yield Copied(row.position, row.commitment, kept.salt, kept.payload)
            left -= len(kept.payload)
            if left <= 0:
                return


def _kept(session: Session, commitments: Sequence[str]) -> dict[str | None, MirrorPayloadRow]:
    query = select(MirrorPayloadRow).where(MirrorPayloadRow.commitment.in_(commitments))
    return {row.commitment: row for row in session.scalars(query)}
