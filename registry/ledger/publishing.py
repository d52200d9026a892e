"""Signing the log, in batches, and never two histories of it.

Each checkpoint is put into a file of the data folder, durably, before the database tells of it and
so before anybody is served it. Whatever the file or the database says was signed must be a beginning
of the log as it is now; otherwise this is an older copy of the node, and signing would fork the log. It
then refuses to sign and goes on serving what was signed. Where file and database are both older, other nodes
know: what they have of this log with its own signature is kept in a file beside, and counts like the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import durable
from registry.clock import Clock, today
from registry.db.public import PublicDatabase
from registry.ledger import stored, tree, turning
from registry.ledger.checkpoints import Checkpoint, SignedCheckpoint
from registry.ledger.following import follow
from registry.ledger.keys import LogKey, LogSigner
from registry.ledger.models import CheckpointRow, CosignatureRow
from registry.ledger.notes import sign_note
from registry.ledger.refusal import Refused
from registry.ledger.rotations import Rotated, open_by_any
from registry.ledger.stored import StoredNodes, held_head
from registry.record.changes import last_position

CHECKPOINT_FILE: Final = "ledger.checkpoint"
ELSEWHERE_FILE: Final = "ledger.elsewhere"
"""A checkpoint of this log that another node had and that this copy of the node does not continue."""
COSIGNERS_MAX: Final = 32
"""Cosignatures that are served with a checkpoint; readers must take 16 signatures, ours take 64."""


@dataclass(frozen=True, slots=True)
class LogState:
    """How long the log is, how much of it is signed, and in one sentence why it is not signed further."""

    size: int
    signed: int | None
    trouble: str | None


class LogPublisher:
    """Catches up with the records and signs what the log has become."""

    def __init__(
        self,
        public: PublicDatabase,
        folder: Path,
        key: LogKey,
        home: str,
        private_key: Callable[[LogKey], Ed25519PrivateKey],
        clock: Clock,
    ) -> None:
        """``key`` is the first one; ``private_key`` is asked only when something is to be signed."""
        self._public, self._file, self._first, self._home = public, folder / CHECKPOINT_FILE, key, home
        self._private_key, self._clock = private_key, clock
        self._elsewhere: Callable[[], Iterable[bytes]] = tuple
        self._beside = folder / ELSEWHERE_FILE

    def ask_first(self, elsewhere: Callable[[], Iterable[bytes]]) -> None:
        """Before each signing, have this ask others for checkpoints of this log that they may have."""
        self._elsewhere = elsewhere

    @property
    def key(self) -> LogKey:
        """The key under which readers check what is signed here."""
        with self._public.read() as session:
            return self._keys(session)[-1]

    def rotations(self) -> list[Rotated]:
        """How the log came to that key from its first one."""
        with self._public.read() as session:
            return turning.rotations(session)

    def is_due(self) -> bool:
        """Whether records changed or entries came since the last checkpoint; cheap."""
        with self._public.read() as session:
            head, newest = stored.head(session), newest_row(session)
            signed = None if newest is None else newest.size
            return signed != head.size or head.seq != last_position(session)

    def publish(self) -> Checkpoint:
        """Follow the records and sign; gives the newest checkpoint, raises ``Refused`` rather than fork.

        May be killed at any step: the next run finds how far it came. Entries are committed before they
        are signed for: signed first and then lost, they might come back in another order.
        """
        for note in self._elsewhere():
            self._heed(note)
        with self._public.work() as session:
            follow(session, self._home)
        with self._public.work() as session:
            head = held_head(session)
            signed = self._turned(session) or self._require_one_history(session, head.size)
            if signed is None or signed.checkpoint.size < head.size:
                signed = self._sign(self._point(session, head.size), self._keys(session)[-1:])
            self._keep_file(signed)
            self._keep_row(session, signed)
            return signed.checkpoint

    def _turned(self, session: Session) -> SignedCheckpoint | None:
        """Sign what ends with another key's entry, with both keys, if that was not done yet."""
        signed = None
        for row in turning.rows(session):
            if row.checkpoint is None:
                self._require_one_history(session, row.position + 1)
                pair = self._keys(session)[row.number - 1 : row.number + 1]
                signed = self._sign(self._point(session, row.position + 1), pair)
                self._keep_file(signed)
                self._keep_row(session, signed)
                row.checkpoint = signed.raw
        return signed

    def newest_note(self) -> bytes | None:
        """The newest checkpoint as it is served; None before the first one."""
        with self._public.read() as session:
            newest = newest_row(session)
            return None if newest is None else cosigned(session, newest)

    def state(self) -> LogState:
        """How the log stands; reads only."""
        with self._public.read() as session:
            head, newest = stored.head(session), newest_row(session)
            try:
                self._require_one_history(session, head.size)
            except Refused as refused:
                return LogState(head.size, newest.size if newest else None, refused.text)
            return LogState(head.size, newest.size if newest else None, None)

    def _heed(self, note: bytes) -> None:
        """Keep what somebody else has of this log, if it was signed here and this log does not continue it.

        The newest key alone counts: one that was changed may have been changed because others have it.
        """
        with self._public.read() as session:
            try:
                signed = open_by_any(note, self._keys(session)[-1:])
            except Refused:
                return
            try:
                _require_beginning(session, signed.checkpoint, stored.head(session).size)
            except Refused:
                durable.replace(self._beside, signed.raw)

    def _require_one_history(self, session: Session, size: int) -> SignedCheckpoint | None:
        """The furthest checkpoint that was signed here; raises ``Refused`` unless the log continues each."""
        furthest = None
        keys = self._keys(session)
        for signed in (self._from_row(session), self._from(self._file, keys), self._from(self._beside, keys)):
            if signed is None:
                continue
            _require_beginning(session, signed.checkpoint, size)
            if furthest is None or signed.checkpoint.size > furthest.checkpoint.size:
                furthest = signed
        return furthest

    def _from(self, file: Path, keys: Sequence[LogKey]) -> SignedCheckpoint | None:
        raw = durable.read(file)
        return None if raw is None else open_by_any(raw, keys)

    def _from_row(self, session: Session) -> SignedCheckpoint | None:
        row = newest_row(session)
        return None if row is None else open_by_any(row.note, self._keys(session))

    def _keys(self, session: Session) -> list[LogKey]:
        return turning.keys(session, self._first, self._home)

    def _point(self, session: Session, size: int) -> Checkpoint:
        return Checkpoint(self._first.name, size, _root(session, size))

    def _sign(self, checkpoint: Checkpoint, keys: Sequence[LogKey]) -> SignedCheckpoint:
        signers = [LogSigner(key.name, self._private_key(key)) for key in keys]
        return open_by_any(sign_note(checkpoint.text, signers), keys)

    def _keep_file(self, signed: SignedCheckpoint) -> None:
        if durable.read(self._file) != signed.raw:
            durable.replace(self._file, signed.raw)

    def _keep_row(self, session: Session, signed: SignedCheckpoint) -> None:
        if session.get(CheckpointRow, signed.checkpoint.size) is None:
            day = today(self._clock)
            session.add(CheckpointRow(size=signed.checkpoint.size, note=signed.raw, day=day))


def newest_row(session: Session) -> CheckpointRow | None:
    """The newest checkpoint that was published; nothing beyond it is shown to anybody."""
    return session.scalars(select(CheckpointRow).order_by(CheckpointRow.size.desc()).limit(1)).first()


def cosigned(session: Session, row: CheckpointRow) -> bytes:
    """A checkpoint with the lines of the witnesses that cosigned this very one."""
    query = select(CosignatureRow.line).where(CosignatureRow.size == row.size)
    lines = session.scalars(query.order_by(CosignatureRow.name).limit(COSIGNERS_MAX))
    return row.note + "".join(lines).encode("utf-8")


def _require_beginning(session: Session, signed: Checkpoint, size: int) -> None:
    if signed.size > size:
        raise Refused(
            "log-rewound",
            "The log has %(size)s entries, but %(signed)s were signed for: this is an older copy of it. "
            "Nothing is signed until the newer one is restored.",
            size=size,
            signed=signed.size,
        )
    if _root(session, signed.size) != signed.root:
        raise Refused(
            "log-forked",
            "The log differs from the %(signed)s entries that were signed for. Nothing is signed until "
            "the one that was is restored.",
            signed=signed.size,
        )


def _root(session: Session, size: int) -> bytes:
    return tree.root(StoredNodes(session), size)
