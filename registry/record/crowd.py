"""Public reports that look like one which is not public yet.

A table in memory that follows the public database by change position, as the index does: each check
reads only what changed since the last one. Only what organizations told counts, here or at a peer.
A record of another collection is public for all to see, names its source, and hides nobody. Nor does
a retracted record, nor an invented one (but for invented reports).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from threading import Lock
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db.public import PublicDatabase
from registry.privacy.coarsening import Outline, Rungs, first_shared, outline
from registry.record.models import RecordRow, VersionRow
from registry.record.types import Origin, RecordState, RecordType

_ANY = ""
"""The shelf on which every report stands; the others are called by a sector."""
_ROWS = 500
_Kept = tuple[Outline, bool]
"""An outline, and whether it is invented."""


class RecordCrowd:
    """The reports of the public database by what they can be compared by."""

    def __init__(self, public: PublicDatabase) -> None:
        self._public, self._lock = public, Lock()
        self._position = 0
        self._records: dict[str, _Kept] = {}
        self._shelves: dict[str, Counter[_Kept]] = {}

    def shared(self, ours: Outline, /, *, demo: bool, but: str | None = None) -> Mapping[Rungs, int]:
        """How many look like ours from which rungs on; ``demo`` counts invented ones too.

        ``but`` is the record that ours is a revision of: nobody hides behind themselves.
        """
        found: Counter[Rungs] = Counter()
        with self._lock:
            self._follow()
            itself = self._records.get(but) if but else None
            for (theirs, invented), count in self._candidates(ours).items():
                first = first_shared(ours, theirs) if demo or not invented else None
                if first is not None:
                    found[first] += count - (itself == (theirs, invented))
        return found

    def _candidates(self, ours: Outline) -> Mapping[_Kept, int]:
        """What is on the shelves of our sectors, each once; without a sector of ours everything."""
        shelves: list[Mapping[_Kept, int]] = [
            self._shelves.get(name, {}) for name in sorted(ours.sectors) or (_ANY,)
        ]
        if len(shelves) == 1:
            return shelves[0]
        return {kept: count for shelf in shelves for kept, count in shelf.items()}

    def _follow(self) -> None:
        with self._public.read() as session:
            for position, record_id, payload in _changes(session, self._position):
                self._put(record_id, _kept(payload))
                self._position = position

    def _put(self, record_id: str, kept: _Kept | None) -> None:
        before = self._records.pop(record_id, None)
        if before is not None:
            for name in _names(before):
                self._shelves[name] -= Counter([before])
        if kept is not None:
            self._records[record_id] = kept
            for name in _names(kept):
                self._shelves.setdefault(name, Counter())[kept] += 1


def _changes(session: Session, position: int) -> Iterable[tuple[int, str, dict[str, Any] | None]]:
    newest = (VersionRow.record_id == RecordRow.id) & (VersionRow.revision == RecordRow.revision)
    query = (
        select(RecordRow.seq, RecordRow.id, VersionRow.payload)
        .join(VersionRow, newest)
        .where(RecordRow.seq > position)
        .order_by(RecordRow.seq)
        .execution_options(yield_per=_ROWS)
    )
    return ((seq, key, payload) for seq, key, payload in session.execute(query))


def _kept(payload: Mapping[str, Any] | None) -> _Kept | None:
    """What is kept of a record; None of one that hides nobody."""
    if payload is None or payload["type"] != RecordType.REPORT:
        return None
    apart = (RecordState.RETRACTED, RecordState.MERGED)
    if payload["provenance"]["origin"] == Origin.EXTERNAL or payload["state"] in apart:
        return None
    return outline(payload["account"]), bool(payload.get("demo"))


def _names(kept: _Kept) -> tuple[str, ...]:
    return (_ANY, *sorted(kept[0].sectors))
