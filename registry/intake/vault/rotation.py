"""Rotation: a new master key, every data key wrapped by it, and the old ones let go.

It runs beside a working node and may be killed at any point: the next run goes on where this one
stopped. Texts are not touched; only their small keys are wrapped anew.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from registry.db.private import PrivateDatabase
from registry.errors import N_, Unavailable
from registry.intake.vault import keyfile
from registry.intake.vault.keys import announce, announce_key, keys_of
from registry.intake.vault.models import DataKeyRow, MasterKeyRow

BATCH = 200
"""Data keys wrapped anew in one unit of work."""
TRIES = 20
"""Rounds after which a database whose processes still use an old key is given up."""
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Rotated:
    """The master key that wraps everything now, how many data keys were moved to it, who was let go."""

    current: str
    rewrapped: int
    retired: tuple[str, ...] = ()


def rotate(private: PrivateDatabase, path: Path | None, *, retire: bool, tell: Tell) -> Rotated:
    """Wrap every data key by a new master key, or finish doing so; ``retire`` lets go of all older ones.

    ``path`` is the keyring's file; with None the operator has put a new first key into the setting.
    """
    if path is None:
        announce(private)
        return _wrap_all(private, retire=retire, tell=tell)
    with keyfile.locked(path):
        _renew(private, path)
        done = _wrap_all(private, retire=retire, tell=tell)
        if retire:
            keyfile.write(path, keyfile.read(path).only(_known(private)))
    return done


def _renew(private: PrivateDatabase, path: Path) -> None:
    """Make a new key current, unless an earlier run did and was stopped before all was wrapped by it."""
    held = keyfile.read(path)
    if held.next is None:
        if _left(private, held.current):
            return
        held = held.with_next()
        keyfile.write(path, held)
    announce_key(private, held.advanced().current)
    keyfile.write(path, held.advanced())


def _wrap_all(private: PrivateDatabase, *, retire: bool, tell: Tell) -> Rotated:
    with private.read() as session:
        current = keys_of(session).current_id()
    done = _wrap(private, current, tell)
    if not retire:
        return Rotated(current, done)
    old = sorted(_known(private) - {current})
    for _ in range(TRIES):
        if _let_go(private, old):
            return Rotated(current, done, tuple(old))
        done += _wrap(private, current, tell)  # somebody was in the midst of using an old key
    raise Unavailable(N_("An old key is still in use. Stop the node, then run this again."))


def _wrap(private: PrivateDatabase, current: str, tell: Tell) -> int:
    waiting, done = _left(private, current), 0
    while wrapped := _batch(private, current):
        done += wrapped
        tell(done, max(waiting, done))
    return done


def _batch(private: PrivateDatabase, current: str) -> int:
    query = (
        select(DataKeyRow)
        .where(DataKeyRow.master_key_id != current)
        .order_by(DataKeyRow.submission_id)
        .limit(BATCH)
        .with_for_update()
    )
    with private.work() as session:
        rows = list(session.scalars(query))
        for row in rows:
            keys_of(session).rewrap(row)
    return len(rows)


def _left(private: PrivateDatabase, current: str) -> int:
    query = select(func.count()).select_from(DataKeyRow).where(DataKeyRow.master_key_id != current)
    with private.read() as session:
        return session.scalar(query) or 0


def _known(private: PrivateDatabase) -> set[str]:
    with private.read() as session:
        return set(session.scalars(select(MasterKeyRow.id)))


def _let_go(private: PrivateDatabase, key_ids: Collection[str]) -> bool:
    """Whether the database let go of these keys; it does not while a data key refers to one of them."""
    try:
        with private.work() as session:
            for key_id in key_ids:
                row = session.get(MasterKeyRow, key_id)
                if row is not None:
                    session.delete(row)
    except IntegrityError:
        return False
    return True
