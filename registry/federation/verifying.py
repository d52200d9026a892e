"""Believing a peer's log: checkpoints that follow each other, entries that lead to them. Pure.

A pull goes in stretches. After each the root of what was read so far is proved to be a beginning of the
signed tree, so that nothing is kept that the signature does not cover, and a pull may end after any.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from registry.federation.rules import WITHDRAWING
from registry.ledger.checkpoints import Checkpoint, SignedCheckpoint, open_checkpoint, parse_checkpoint
from registry.ledger.cosignatures import WitnessKey
from registry.ledger.envelopes import OUT_OF_ORDER, Envelope, Op, Standing, parse_envelope, standing
from registry.ledger.frontier import Frontier
from registry.ledger.hashing import leaf_hash
from registry.ledger.keys import LogKey
from registry.ledger.notes import read_note
from registry.ledger.owner import Owner
from registry.ledger.proofs import check_consistency
from registry.ledger.refusal import Refused
from registry.ledger.telling import Log
from registry.ledger.tiles import BITS, WIDTH, Tile
from registry.record.ids import is_air_id

STRETCH: Final = 16 * WIDTH
"""Entries that are checked and kept together."""
Block = tuple[int, bytes]
"""Number of a full bundle, and the hash of the subtree of its entries."""
Entry = tuple[bytes, Envelope | Refused]
"""A leaf, and what it says or why it cannot be read."""
Prove = Callable[[int, int], Sequence[bytes]]
"""Asks for a consistency proof between two sizes."""


class Broken(StrEnum):
    """What two signed checkpoints of one log show when they cannot both be true."""

    FORK = "fork"
    ROLLBACK = "rollback"


class Contradiction(Refused):
    """The log says something else than it signed before; ``raw`` is the note that shows it."""

    def __init__(self, broken: Broken, message: str, raw: bytes, **facts: object) -> None:
        self.raw = raw
        super().__init__(broken.value, message, **facts)


@dataclass(frozen=True, slots=True)
class Checked:
    """An entry after the check: its envelope, or the code of why it cannot be believed.

    ``kept``: it is about a record of another node, which this one keeps, as it says.
    """

    position: int
    leaf: bytes
    envelope: Envelope | None
    reason: str | None = None
    kept: bool = False


def believe(
    raw: bytes, key: LogKey, known: bytes | None, prove: Prove, witnesses: Sequence[WitnessKey] = ()
) -> SignedCheckpoint:
    """A checkpoint that follows the newest ``known`` one; raises ``Contradiction``, or ``Refused``."""
    signed = open_checkpoint(raw, key, witnesses)
    if known is None:
        return signed
    # It was checked when it was kept, perhaps under the key before this one.
    before, now = parse_checkpoint(read_note(known)[0]), signed.checkpoint
    if now.size < before.size:
        message = "The log has %(now)s entries; it had %(before)s before."
        raise Contradiction(Broken.ROLLBACK, message, raw, now=now.size, before=before.size)
    if now.size == before.size and now.root != before.root:
        message = "Two different logs of %(size)s entries were signed."
        raise Contradiction(Broken.FORK, message, raw, size=now.size)
    if before.size < now.size:
        _require_beginning(before, signed, prove)
    return signed


def stretches(start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts, as start and end, in which entries are read where nothing is wrong."""
    while start < end:
        after = stretch_end(start, end)
        yield start, after
        start = after


def stretch_end(start: int, end: int, entries: int = STRETCH) -> int:
    """Where the stretch ends that begins at ``start``: where a bundle is full, or at the log's end."""
    return min(end, (start // entries + 1) * entries)


def bundles(start: int, end: int) -> Iterator[Tile]:
    """The bundles that hold these entries, as wide as a log of ``end`` entries has them."""
    for index in range(start // WIDTH, -(-end // WIDTH)):
        yield Tile(None, index, min(WIDTH, end - index * WIDTH))


def extend(
    edge: Frontier, leaves: Sequence[bytes], signed: SignedCheckpoint, prove: Prove
) -> tuple[Frontier, list[Block]]:
    """The right edge after these leaves, and the blocks that they complete.

    Raises ``Refused`` unless they are the leaves of the log that was signed.
    """
    longer, now, blocks = Frontier(edge.size, edge.hashes), signed.checkpoint, []
    for leaf in leaves:
        done = longer.append(leaf_hash(leaf))
        if len(done) > BITS:
            _, index, value = done[BITS]
            blocks.append((index, value))
    if longer.size == now.size:
        if longer.root() != now.root:
            message = "The entries are not those of the signed log of %(size)s."
            raise Refused("entries-other", message, size=now.size)
    else:
        path = prove(longer.size, now.size)
        check_consistency(longer.size, now.size, path, longer.root(), now.root)
    return longer, blocks


def read_entry(leaf: bytes) -> Entry:
    """A leaf with its envelope, or with what is wrong with it."""
    try:
        return leaf, parse_envelope(leaf)
    except Refused as refused:
        return leaf, refused


def check_entries(
    start: int,
    entries: Sequence[Entry],
    log: Log,
    before: Mapping[str, Standing],
    *,
    ended: bool = False,
) -> list[Checked]:
    """What each of these entries says; ``before`` is where the records and nodes stood that they speak of.

    An entry that cannot be believed is marked, and those after it are checked as if it were not there: a
    later revision then does not follow and is marked as well. Only that the record is taken back is heard all
    the same: whoever holds a copy must not keep it for a gap in what was understood. Whether an entry about a
    record that is kept follows what the record's own node said last is not looked at here.
    """
    said_before = _Before(before, log.home)
    owner, found = Owner(said_before, log.home, ended=ended), list[Checked]()
    for position, (leaf, said) in enumerate(entries, start):
        try:
            envelope = _theirs(said, log.label)
            owner.take(envelope, leaf)
        except Refused as refused:
            taken_back = _taken_back(said, refused, log, said_before)
            if taken_back is None:
                found.append(Checked(position, leaf, None, refused.reason))
            else:
                said_before.note(taken_back.id, standing(taken_back, leaf))
                found.append(Checked(position, leaf, taken_back))
        else:
            found.append(Checked(position, leaf, envelope, kept=envelope.home != log.home))
    return found


def _taken_back(said: Envelope | Refused, refused: Refused, log: Log, before: _Before) -> Envelope | None:
    """An entry by which the log's own node takes a record back, though it does not follow the last one."""
    if isinstance(said, Refused) or refused.reason != OUT_OF_ORDER:
        return None
    last = before.last(said.id)
    known = last is not None and last.op is not Op.ERASE and said.revision > last.revision
    return said if known and said.op in WITHDRAWING and said.home == log.home else None


class _Before:
    """What was said before, by record and node; what other logs said of other nodes' records is left out."""

    def __init__(self, before: Mapping[str, Standing], home: str) -> None:
        own = f"AIR-{home[:10]}-"
        self._said = {one: at for one, at in before.items() if one.startswith(own) or not is_air_id(one)}

    def last(self, record_id: str) -> Standing | None:
        """What was said last."""
        return self._said.get(record_id)

    def note(self, record_id: str, standing: Standing) -> None:
        """Remember what was said."""
        self._said[record_id] = standing

    def renew(self, home: str) -> None:
        """Forget what was said of the records of another node, but for what was erased."""
        own = f"AIR-{home[:10]}-"
        left = self._said.items()
        self._said = {one: at for one, at in left if at.op is Op.ERASE or not one.startswith(own)}


def named(entries: Sequence[Entry]) -> set[str]:
    """The records and nodes that these entries speak of, as far as they can be read."""
    return {one for _, said in entries if isinstance(said, Envelope) for one in (said.id, said.home)}


def _theirs(said: Envelope | Refused, label: str) -> Envelope:
    if isinstance(said, Refused):
        raise said
    if said.tlp != label:
        message = "The entry is labelled TLP %(tlp)s in a log of TLP %(log)s."
        raise Refused("envelope-label", message, tlp=said.tlp, log=label)
    return said


def _require_beginning(before: Checkpoint, signed: SignedCheckpoint, prove: Prove) -> None:
    now = signed.checkpoint
    path = prove(before.size, now.size) if before.size else []
    try:
        check_consistency(before.size, now.size, path, before.root, now.root)
    except Refused as error:
        message = "The log of %(now)s entries does not begin with the %(before)s that were signed before."
        raise Contradiction(Broken.FORK, message, signed.raw, now=now.size, before=before.size) from error
