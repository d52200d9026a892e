"""Data keys: one random 256-bit key a submission, and everything sealed with it.

All methods work inside the caller's unit of work. Whoever writes holds the submission's row
(``intake.steps.locked``), so that nothing is sealed with a key that is being destroyed.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import NotFound
from registry.intake.vault import boxes
from registry.intake.vault.errors import KeyMissing, Shredded
from registry.intake.vault.keyring import Keyring
from registry.intake.vault.models import DataKeyRow, MasterKeyRow

_TABLE = cast("Table", DataKeyRow.__table__)
_INSERT = _TABLE.insert()
_BY_ID = select(_TABLE).where(_TABLE.c.submission_id == bindparam("submission"))
_CARRIED = "data keys"
_OPEN = "open data keys"


class DataKeys:
    """Makes, uses and destroys data keys."""

    def __init__(self, keyring: Keyring, clock: Clock) -> None:
        self._keyring, self._clock = keyring, clock

    def make(self, session: Session, submission_id: str) -> None:
        """Give a new submission its key; raises ``KeyMissing`` when the current master key was let go."""
        raw, master = os.urandom(boxes.KEY_BYTES), self._keyring.current()
        row = {
            "submission_id": submission_id,
            "master_key_id": master.id,
            "wrapped": master.wrap(raw, submission_id),
            "made_at": self._clock(),
            "destroyed_at": None,
        }
        try:
            session.connection().execute(_INSERT, row)
        except IntegrityError as error:
            raise KeyMissing from error
        _held(session)[submission_id] = raw

    def renew(self, session: Session, submission_id: str) -> None:
        """Give a submission whose key was destroyed another one; what the old one sealed stays unreadable."""
        raw, master = os.urandom(boxes.KEY_BYTES), self._keyring.current()
        session.connection().execute(
            update(_TABLE)
            .where(_TABLE.c.submission_id == submission_id, _TABLE.c.wrapped.is_(None))
            .values(
                wrapped=master.wrap(raw, submission_id),
                master_key_id=master.id,
                made_at=self._clock(),
                destroyed_at=None,
            )
        )
        _held(session)[submission_id] = raw

    def seal(self, session: Session, submission_id: str, raw: bytes, purpose: str) -> bytes:
        """The bytes sealed for this submission and purpose; raises ``NotFound``, ``Shredded``."""
        return boxes.seal(self._key(session, submission_id), raw, _context(submission_id, purpose))

    def open(self, session: Session, submission_id: str, sealed: bytes, purpose: str) -> bytes:
        """What was sealed.

        Raises ``Shredded`` once the key was destroyed, ``SealBroken`` for what was changed or belongs to
        another submission or purpose, ``NotFound`` without a key, ``KeyMissing`` without the master key.
        """
        return boxes.unseal(self._key(session, submission_id), sealed, _context(submission_id, purpose))

    def veil(self, session: Session, submission_id: str, name: bytes, purpose: str) -> str:
        """A name as hex that is the same each time, for what is looked up; raises as ``seal``."""
        return boxes.veil(self._key(session, submission_id), name, _context(submission_id, purpose))

    def unveil(self, session: Session, submission_id: str, veiled: str, purpose: str) -> bytes:
        """The name again; raises as ``open``."""
        return boxes.unveil(self._key(session, submission_id), veiled, _context(submission_id, purpose))

    def mark(self, session: Session, submission_id: str, raw: bytes, purpose: str) -> str:
        """64 hex digits that recognise equal bytes and let nobody without the key confirm a guess."""
        return boxes.mark(self._key(session, submission_id), raw, _context(submission_id, purpose))

    def fetch(self, session: Session, submission_ids: Collection[str]) -> None:
        """Get the keys of many submissions ready in one query; lists call this first."""
        held = _held(session)
        wanted = [key for key in submission_ids if key not in held]
        if not wanted:
            return
        query = select(_TABLE).where(_TABLE.c.submission_id.in_(wanted), _TABLE.c.wrapped.is_not(None))
        for row in session.connection().execute(query):
            held[row.submission_id] = self._unwrapped(row.master_key_id, row.wrapped, row.submission_id)

    def destroy(self, session: Session, submission_id: str, at: datetime) -> bool:
        """Destroy the key: what it sealed can never be read again. Whether there was one."""
        _held(session).pop(submission_id, None)
        gone = session.connection().execute(
            update(_TABLE)
            .where(_TABLE.c.submission_id == submission_id, _TABLE.c.wrapped.is_not(None))
            .values(wrapped=None, master_key_id=None, destroyed_at=at)
        )
        return gone.rowcount == 1

    def require(self, session: Session, submission_id: str) -> None:
        """Raises what ``seal`` would raise."""
        self._key(session, submission_id)

    def current_id(self) -> str:
        """Id of the master key that wraps new data keys."""
        return self._keyring.current().id

    def rewrap(self, row: DataKeyRow) -> None:
        """Let the current master key wrap a data key that another one wraps; raises ``KeyMissing``."""
        if row.wrapped is None or row.master_key_id is None:
            return
        raw, master = (
            self._unwrapped(row.master_key_id, row.wrapped, row.submission_id),
            self._keyring.current(),
        )
        row.master_key_id, row.wrapped = master.id, master.wrap(raw, row.submission_id)

    def announce(self, session: Session, key_id: str) -> None:
        """Let data keys be wrapped by this master key from now on."""
        if session.get(MasterKeyRow, key_id) is None:
            session.add(MasterKeyRow(id=key_id, made_at=self._clock()))

    def _key(self, session: Session, submission_id: str) -> bytes:
        held = _held(session)
        if submission_id not in held:
            row = session.connection().execute(_BY_ID, {"submission": submission_id}).first()
            if row is None:
                raise NotFound
            if row.wrapped is None:
                raise Shredded(removed=row.destroyed_at.date().isoformat())
            held[submission_id] = self._unwrapped(row.master_key_id, row.wrapped, submission_id)
        return held[submission_id]

    def _unwrapped(self, master_key_id: str, wrapped: bytes, submission_id: str) -> bytes:
        return self._keyring.key(master_key_id).unwrap(wrapped, submission_id)


def carry(private: PrivateDatabase, keys: DataKeys) -> None:
    """Let every session of this database open what lies in it: ``keys_of`` finds the keys there."""
    private.carry(_CARRIED, keys)


def keys_of(session: Session) -> DataKeys:
    """The data keys that the session's database was opened with; raises ``KeyMissing`` without any."""
    found = session.info.get(_CARRIED)
    if not isinstance(found, DataKeys):
        raise KeyMissing
    return found


def announce(private: PrivateDatabase) -> None:
    """Let new submissions of this database be sealed with the keyring's current key."""
    with private.read() as session:
        current = keys_of(session).current_id()
    announce_key(private, current)


def announce_key(private: PrivateDatabase, key_id: str) -> None:
    """Let the data keys of this database be wrapped by a master key."""
    with private.work() as session:
        keys_of(session).announce(session, key_id)


def needs_keys(private: PrivateDatabase) -> bool:
    """Whether something in this database is sealed by master keys already; it needs no keyring to tell."""
    with private.read() as session:
        return session.scalar(select(MasterKeyRow.id).limit(1)) is not None


def _held(session: Session) -> dict[str, bytes]:
    """Keys that were unwrapped in this session; they are forgotten with it."""
    held: dict[str, bytes] = session.info.setdefault(_OPEN, {})
    return held


def _context(submission_id: str, purpose: str) -> str:
    return f"{submission_id}\0{purpose}"
