"""Where snapshots lie, which of them are given out, and when the next one is made.

A snapshot that was made before the newest erasure may hold what was erased: from that moment on it is
not given out, and the next look removes it and makes a new one. So is one of a later moment than the
database, which was put back to a backup then: its position no more says what it was made before.
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from registry.clock import Clock, today
from registry.errors import N_, Gone, NotFound
from registry.sharing.dumps.snapshot import BESIDE, FILES, MANIFEST, Note, Source, make

KEPT: Final = 3
"""Snapshots that are kept, the newest ones."""
LATEST: Final = "latest"
NO_MORE = N_("This snapshot is not given out any more. Read /exports/ for those that are.")
_NAME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})-([0-9]{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot that is given out."""

    name: str
    made: date
    position: int
    folder: Path


class Shelf:
    """The snapshots of one node; ``days`` between two of them, 0 for none at all."""

    def __init__(self, folder: Path, source: Source, clock: Clock, *, days: int) -> None:
        self._folder, self._days, self._clock = folder, days, clock
        self._source, self._harvest = source, source.harvest

    def all(self) -> list[Snapshot]:
        """Those that are given out, the newest first."""
        erased, newest = self._harvest.last_erased(), self._harvest.position()
        return [one for one in self._lying() if erased <= one.position <= newest]

    def path(self, name: str, file: str) -> Path:
        """A file of a snapshot; raises ``NotFound``, or ``Gone`` for a snapshot that may have been here."""
        if file not in FILES:
            raise NotFound
        found = next((one for one in self.all() if one.name == name), None)
        if found is None and _read(self._folder / name) is not None:
            raise Gone(NO_MORE)
        if found is None or not (found.folder / file).is_file():
            raise NotFound
        return found.folder / file

    def latest(self) -> str:
        """The name of the newest snapshot; raises ``NotFound`` when there is none yet."""
        for one in self.all():
            return one.name
        raise NotFound

    def keep_up(self, note: Note = lambda: None) -> bool:
        """Remove what must not be given out, and make a snapshot where one is due; whether one was made.

        ``note`` gives the newest checkpoint of the log, which goes into the snapshot.
        """
        given_out = self.clear()
        if not self._is_due(given_out):
            shutil.rmtree(self._folder / BESIDE, ignore_errors=True)
            return False
        make(self._folder, self._source, today(self._clock), note)
        return True

    def clear(self) -> list[Snapshot]:
        """Remove what must not be given out, and the oldest; gives those that are left, the newest first."""
        kept = self.all()[:KEPT]
        names = {one.name for one in kept}
        for one in self._lying():
            if one.name not in names:
                shutil.rmtree(one.folder)
        return kept

    def _is_due(self, given_out: list[Snapshot]) -> bool:
        position = self._harvest.position()
        if not self._days or not position:
            return False
        newest = given_out[0] if given_out else None
        if newest is None:
            return True
        old = today(self._clock) - newest.made >= timedelta(days=self._days)
        return old and (newest.position < position or _told(newest) < self._source.told())

    def _lying(self) -> list[Snapshot]:
        lying = self._folder.iterdir() if self._folder.is_dir() else ()
        found = [one for path in lying if (one := _read(path)) is not None]
        return sorted(found, key=lambda one: (one.position, one.made), reverse=True)


def _told(snapshot: Snapshot) -> int:
    """Up to which place in the order of claims a snapshot goes; those from before that order do not say."""
    told: int = json.loads((snapshot.folder / MANIFEST).read_bytes()).get("told", 0)
    return told


def _read(path: Path) -> Snapshot | None:
    match = _NAME.fullmatch(path.name)
    if match is None:
        return None
    try:
        return Snapshot(path.name, date.fromisoformat(match[1]), int(match[2]), path)
    except ValueError:
        return None
