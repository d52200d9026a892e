"""Reading the log of this node: tiles, entries, payloads and proofs. Nothing beyond the newest checkpoint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db.public import PublicDatabase
from registry.errors import N_, Invalid, NotFound, Problem
from registry.ledger import tiles, tree, turning
from registry.ledger.envelopes import HOME_OPS
from registry.ledger.models import CheckpointRow, EntryRow, PayloadRow
from registry.ledger.proof_files import ProofFile
from registry.ledger.publishing import cosigned, newest_row
from registry.ledger.rotations import Rotated
from registry.ledger.stored import StoredNodes, leaves
from registry.ledger.tiles import BITS, Tile
from registry.record import store
from registry.record.canonical import canonical
from registry.record.models import VersionRow

PAYLOADS_MAX: Final = 256
"""Entries of one answer with payloads."""
PAYLOAD_BYTES_MAX: Final = 4 * 1024 * 1024
"""Bytes of payloads after which such an answer ends early."""
_HOME: Final = tuple(op.value for op in HOME_OPS)
NOT_IN_LOG = N_("The log of this node does not tell of this record, or not yet.")
OUTSIDE = N_("The log has %(size)s entries that are signed. This has to lie between %(least)s and %(most)s.")


@dataclass(frozen=True, slots=True)
class PayloadLine:
    """The payload of one entry: salt and canonical bytes, or neither where it was erased.

    ``commitment`` is None for an entry that never had a payload.
    """

    index: int
    commitment: str | None
    salt: bytes | None
    payload: bytes | None

    @property
    def erased(self) -> bool:
        """Whether there was a payload that is gone."""
        return self.commitment is not None and self.payload is None


class LogReader:
    """What anybody may read of the log."""

    def __init__(self, public: PublicDatabase) -> None:
        self._public = public

    def checkpoint(self) -> bytes:
        """The newest signed note with the cosignatures it has; raises ``NotFound`` before the first."""
        with self._public.read() as session:
            return cosigned(session, _signed(session))

    def tile(self, tile: Tile) -> bytes:
        """The bytes of a tile or a bundle; raises ``NotFound`` unless all of it is signed."""
        with self._public.read() as session:
            if not tile.within(_signed(session).size):
                raise NotFound
            if tile.level is not None:
                hashes = StoredNodes(session).row(tile.level * BITS, tile.first, tile.width)
                return tiles.join(hashes)
            return tiles.bundle(leaves(session, tile.first, tile.width))

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """The path of an entry in the log as it was with ``size`` entries; raises ``Invalid``."""
        with self._public.read() as session:
            signed = _signed(session).size
            require_between("/size", size, (1, signed), signed)
            require_between("/index", index, (0, size - 1), signed)
            return tree.inclusion_path(StoredNodes(session), index, size)

    def consistency(self, old: int, new: int) -> list[bytes]:
        """Proof that the log of ``old`` entries is the beginning of that of ``new``; raises ``Invalid``."""
        with self._public.read() as session:
            signed = _signed(session).size
            require_between("/to", new, (0, signed), signed)
            require_between("/from", old, (0, new), signed)
            return tree.consistency_path(StoredNodes(session), old, new)

    def payload(self, commitment: str) -> PayloadLine:
        """Salt and payload behind a commitment; raises ``NotFound``, or ``Gone`` once it was erased."""
        with self._public.read() as session:
            signed = _signed(session).size
            known = select(EntryRow).where(EntryRow.commitment == commitment, EntryRow.position < signed)
            entry = session.scalars(known.order_by(EntryRow.position).limit(1)).first()
            if entry is None:
                raise NotFound
            said = session.get(PayloadRow, commitment)
            if said is not None or entry.op not in _HOME:
                return _line(entry, None, said)
            line = _line(entry, session.get(VersionRow, (entry.record_id, entry.revision)), None)
            if line.erased:
                store.load_version(session, entry.record_id, entry.revision)  # raises Gone, with the reason
            return line

    def rotations(self) -> list[Rotated]:
        """How the log came to its present key: the rotations that are signed."""
        with self._public.read() as session:
            signed = _signed(session).size
            return [one for one in turning.rotations(session) if one.checkpoint and one.index < signed]

    def payloads(self, first: int, after: int) -> list[PayloadLine]:
        """Payloads of a range of entries, perhaps fewer than asked for; raises ``Invalid``."""
        with self._public.read() as session:
            signed = _signed(session).size
            require_between("/from", first, (0, max(0, signed - 1)), signed)
            require_between("/to", after, (first + 1, min(signed, first + PAYLOADS_MAX)), signed)
            return _lines(session, first, after)

    def proof(self, record_id: str) -> ProofFile:
        """Proof of the newest signed entry of a record, with the entry itself; raises ``NotFound``."""
        with self._public.read() as session:
            signed = _signed(session)
            of_it = select(EntryRow).where(
                EntryRow.record_id == record_id, EntryRow.op.in_(_HOME), EntryRow.position < signed.size
            )
            entry = session.scalars(of_it.order_by(EntryRow.position.desc()).limit(1)).first()
            if entry is None:
                raise NotFound(NOT_IN_LOG)
            path = tree.inclusion_path(StoredNodes(session), entry.position, signed.size)
            return ProofFile(entry.position, tuple(path), cosigned(session, signed), entry.leaf)


def _signed(session: Session) -> CheckpointRow:
    newest = newest_row(session)
    if newest is None:
        raise NotFound
    return newest


def _lines(session: Session, first: int, after: int) -> list[PayloadLine]:
    query = (
        select(EntryRow, VersionRow, PayloadRow)
        .outerjoin(
            VersionRow,
            (VersionRow.record_id == EntryRow.record_id)
            & (VersionRow.revision == EntryRow.revision)
            & EntryRow.op.in_(_HOME),
        )
        .outerjoin(PayloadRow, PayloadRow.commitment == EntryRow.commitment)
        .where(EntryRow.position >= first, EntryRow.position < after)
        .order_by(EntryRow.position)
    )
    lines: list[PayloadLine] = []
    left = PAYLOAD_BYTES_MAX
    for entry, version, said in session.execute(query).yield_per(16):
        lines.append(_line(entry, version, said))
        left -= len(lines[-1].payload or b"")
        if left <= 0:
            break
    return lines


def _line(entry: EntryRow, version: VersionRow | None, said: PayloadRow | None) -> PayloadLine:
    if said is not None:
        return PayloadLine(entry.position, entry.commitment, said.salt, said.payload)
    if entry.commitment is None or version is None or version.payload is None:
        return PayloadLine(entry.position, entry.commitment, None, None)
    return PayloadLine(entry.position, entry.commitment, version.salt, canonical(version.payload))


def require_between(pointer: str, value: int, bounds: tuple[int, int], size: int) -> None:
    """Raises ``Invalid`` unless a number in a question about a log of this size lies within both bounds."""
    least, most = bounds
    if not least <= value <= most:
        raise Invalid([Problem(pointer, OUTSIDE, {"size": size, "least": least, "most": most})])
