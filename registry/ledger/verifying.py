"""Checking a whole log, whoever's it is: entries, tiles, checkpoint, order of revisions, payloads. Pure.

Memory does not grow with the log: of the tree only the right edge and one tile a level are held, and
what was said of each record is kept by the ``Book`` that the caller brings.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from registry.ledger.checkpoints import Checkpoint, open_checkpoint
from registry.ledger.cosigned import names
from registry.ledger.custody import read_custody
from registry.ledger.envelopes import HOME_OPS, NODE_OPS, Envelope, Op, Standing, parse_envelope
from registry.ledger.frontier import Frontier, Node
from registry.ledger.hashing import leaf_hash
from registry.ledger.notes import Verifier
from registry.ledger.owner import Owner
from registry.ledger.refusal import Refused
from registry.ledger.tiles import BITS, WIDTH, Tile, hashes_of, leaves_of, tiles_at

Progress = Callable[[int, int], None]
RANGE: Final = 256


class Source(Protocol):
    """Where the parts of a log are read; every method raises ``Refused`` when it cannot be had."""

    def checkpoint(self) -> bytes:
        """The signed note."""

    def tile(self, tile: Tile) -> bytes:
        """The bytes of a tile or a bundle."""

    def payloads(self, first: int, after: int) -> Iterable[Payload] | None:
        """Payloads of entries from ``first`` on, one or more in order; None where only tiles are kept."""


class Payload(Protocol):
    """What is said of the payload of one entry; salt and payload are both None where it is gone."""

    @property
    def index(self) -> int:
        """Index of the entry."""

    @property
    def salt(self) -> bytes | None:
        """32 random bytes."""

    @property
    def payload(self) -> bytes | None:
        """Canonical bytes."""


class Book(Protocol):
    """What the log said last of each record and node, and whose payloads are gone; an ``owner.Said``, too."""

    def last(self, record_id: str) -> Standing | None:
        """What was said last."""

    def note(self, record_id: str, standing: Standing) -> None:
        """Remember what was said."""

    def renew(self, home: str) -> None:
        """Forget what was said of the records of another node (full id), but for what was erased."""

    def note_payload(self, record_id: str, index: int, *, gone: bool) -> None:
        """Remember of an entry with a commitment whether its payload can still be read."""

    def contradiction(self, *, missing: bool) -> tuple[str, int, bool] | None:
        """A record, entry and ``gone`` where payload and erasure do not fit: erased and there, or neither.

        The latter only where ``missing`` says so.
        """


@dataclass(frozen=True, slots=True)
class Turn:
    """An entry that has to be in the log: by it the log came to the key that signs it now."""

    index: int
    commitment: str
    node_id: str


@dataclass(frozen=True, slots=True)
class Whole:
    """A log in which everything fits; ``payloads`` is how many were checked, None where there are none.

    ``cosigners`` are the names of the known witnesses that cosigned its checkpoint.
    """

    checkpoint: Checkpoint
    payloads: int | None
    erased: int
    cosigners: tuple[str, ...] = ()


def verify(
    source: Source,
    key: Verifier,
    book: Book,
    progress: Progress,
    witnesses: Sequence[Verifier] = (),
    turns: Sequence[Turn] = (),
) -> Whole:
    """Read all of a log; raises ``Refused`` with one sentence about the first thing that is wrong.

    ``key`` has to sign it; ``turns`` are the entries by which it came to that key; there must be no others.
    """
    signed = open_checkpoint(source.checkpoint(), key, witnesses)
    checkpoint = signed.checkpoint
    edge, levels, owner = Frontier(), _Levels(source, checkpoint.size), Owner(book)
    checked, gone, left = _Payloads(source, checkpoint.size), 0, list(turns)
    for bundle in tiles_at(None, checkpoint.size):
        for leaf in leaves_of(source.tile(bundle), bundle):
            envelope = _entry(leaf, edge.size, owner)
            if envelope.op is Op.KEY_ROTATE:
                _require_turn(envelope, edge.size, left)
            if envelope.commitment is not None:
                gone += _payload(checked, envelope, edge.size, book)
            levels.take(edge.append(leaf_hash(leaf)))
        progress(edge.size, checkpoint.size)
    levels.finish()
    if left:
        raise Refused("rotation-other", "The log does not hold the entry by which its key was changed.")
    _require_root(edge, checkpoint)
    if checked.any:
        _require_agreement(book, ended=owner.ended)
    under = names(signed.note, witnesses)
    return Whole(checkpoint, checked.count if checked.any else None, gone, under)


def _entry(leaf: bytes, index: int, owner: Owner) -> Envelope:
    try:
        envelope = parse_envelope(leaf)
        owner.take(envelope, leaf)
    except Refused as refused:
        message = "Entry %(index)s: " + refused.message
        raise Refused(refused.reason, message, index=index, **refused.facts) from None
    return envelope


def _require_turn(envelope: Envelope, index: int, left: list[Turn]) -> None:
    if not left or left.pop(0) != Turn(index, envelope.commitment or "", envelope.home):
        message = "Entry %(index)s: the key is changed to another one than the log goes on with."
        raise Refused("rotation-other", message, index=index)


def _payload(payloads: _Payloads, envelope: Envelope, index: int, book: Book) -> int:
    """Check the payload of an entry; 1 if it is gone."""
    line = payloads.of(index)
    if line is None:
        return 0
    gone = line.salt is None or line.payload is None
    if line.salt is not None and line.payload is not None:
        made = hashlib.sha256(line.salt + line.payload).hexdigest()
        if made != envelope.commitment or len(line.payload) != envelope.size:
            message = "Entry %(index)s: the payload of %(id)s is not what the log commits to."
            raise Refused("payload-other", message, index=index, id=envelope.id)
        if envelope.op is Op.CUSTODY:
            read_custody(line.payload, envelope)
    if envelope.op in HOME_OPS | NODE_OPS:  # what is said of another's record is not gone with that record
        book.note_payload(envelope.id, index, gone=gone)
    return int(gone)


def _require_root(edge: Frontier, checkpoint: Checkpoint) -> None:
    if edge.root() != checkpoint.root:
        message = "The %(size)s entries do not lead to the root that was signed."
        raise Refused("root-other", message, size=checkpoint.size)


def _require_agreement(book: Book, *, ended: bool) -> None:
    """A log that has ended cannot say what was erased since."""
    found = book.contradiction(missing=not ended)
    if found is None:
        return
    record_id, index, gone = found
    message = (
        "Entry %(index)s: the payload of %(id)s is missing although the log never erased it."
        if gone
        else "Entry %(index)s: the payload of %(id)s is still there although the log erased it."
    )
    raise Refused("payload-missing" if gone else "payload-kept", message, index=index, id=record_id)


class _Levels:
    """Compares the hashes that entries lead to with the tiles, one tile a level at a time."""

    def __init__(self, source: Source, size: int) -> None:
        self._source, self._size = source, size
        self._rows: dict[int, list[bytes]] = {}
        self._next: dict[int, int] = {}

    def take(self, nodes: Iterable[Node]) -> None:
        for level, _, value in nodes:
            if level % BITS == 0:
                row = self._rows.setdefault(level // BITS, [])
                row.append(value)
                if len(row) == WIDTH:
                    self._compare(level // BITS)

    def finish(self) -> None:
        for level in [level for level, row in self._rows.items() if row]:
            self._compare(level)

    def _compare(self, level: int) -> None:
        row = self._rows[level]
        tile = Tile(level, self._next.get(level, 0), len(row))
        if hashes_of(self._source.tile(tile), tile) != row:
            raise Refused("tile-other", "%(path)s is not what the entries lead to.", path=tile.path)
        self._next[level] = tile.index + 1
        row.clear()


class _Payloads:
    """Reads payloads in ranges, just ahead of the entries."""

    def __init__(self, source: Source, size: int) -> None:
        self._source, self._size = source, size
        self._held: dict[int, Payload] = {}
        self.any, self.count = True, 0

    def of(self, index: int) -> Payload | None:
        if self.any and index not in self._held:
            self._read(index)
        line = self._held.pop(index, None)
        self.count += line is not None and line.payload is not None
        return line

    def _read(self, index: int) -> None:
        found = self._source.payloads(index, min(self._size, index + RANGE))
        if found is None:
            self.any = False
            return
        self._held = {line.index: line for line in found}
        if index not in self._held:
            message = "Entry %(index)s: its payload was not given."
            raise Refused("payload-missing", message, index=index)
