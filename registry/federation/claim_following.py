"""The order in which claims are told follows the claims, as the log follows the records.

What a claim is here depends on much that is not said with it: whether both records are shown, whether its
node is heard, whether the log that it names was read so far. So nobody who changes any of these tells; the
worker compares what claims are with what was told, and each difference takes the next place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, func, select, tuple_
from sqlalchemy.orm import Session

from registry.clock import Clock, today
from registry.db.many import batched, insert_all
from registry.db.public import PublicDatabase
from registry.federation.claim_rows import MODE, OBJECT, STATES, SUBJECT, TOLD, joined, stand_of
from registry.federation.claim_rules import THE_NODE, Stand, Version, after, claim_uuid
from registry.federation.claims import leaves_of
from registry.federation.claims_told import version_of
from registry.federation.models import ClaimRow, PeerRow, ToldClaimRow
from registry.ledger.models import EntryRow
from registry.record import counters
from registry.record.models import RecordRow

PLACES: Final = "claims"
"""Name of the counter of places in the order of being told."""
AT_ONCE: Final = 500
NODE: Final = Version(Stand.STANDS)
"""What is told of a node itself."""
Key = tuple[str, int]
Mark = tuple[object, ...]
_Row = Row[ClaimRow, ToldClaimRow, str, str, str, int, int]


class ClaimFollower:
    """Brings the order up to the claims; ``own`` is the short id of this node."""

    def __init__(self, public: PublicDatabase, own: str, clock: Clock) -> None:
        self._public, self._own, self._clock = public, own, clock
        self._seen: Mark | None = None

    def follow(self) -> int:
        """Tell what is new; gives how much that was. Nothing is looked through while nothing changed."""
        with self._public.read() as session:
            mark = _mark(session)
        if mark == self._seen:
            return 0
        count = sum(self._tell(keys) for keys in batched(self._changed()))
        self._seen = mark
        return count

    def _changed(self) -> list[Key]:
        """The claims of which something else has to be told, in the order of nodes and positions."""
        found: list[Key] = []
        last: Key = ("", 0)
        while True:
            with self._public.read() as session:
                rows = _rows(session, last)
                found += [_key(row) for row, _ in _new(session, rows)]
            if len(rows) < AT_ONCE:
                return found
            last = _key(rows[-1])

    def _tell(self, keys: Sequence[Key]) -> int:
        """Some of them in a unit of work; what they are is asked anew in it."""
        with self._public.work() as session:
            counters.hold(session, PLACES)
            new = _new(session, _rows(session, keys=keys))
            nodes = _unknown(session, {_key(row)[0] for row, _ in new} - {self._own})
            day = _day(session, today(self._clock))
            seq = counters.take(session, PLACES, len(nodes) + len(new))
            added = [
                _values((origin, THE_NODE), NODE, seq + n, day) | {"begun": day}
                for n, origin in enumerate(nodes)
            ]
            for n, (row, version) in enumerate(new, len(nodes)):
                values = _values(_key(row), version, seq + n, day)
                if row.ToldClaimRow is None:
                    added.append(values | {"begun": day})
                else:
                    _change(row.ToldClaimRow, values)
            insert_all(session, ToldClaimRow, added)
        return len(new)


def _rows(session: Session, last: Key | None = None, keys: Sequence[Key] = ()) -> Sequence[_Row]:
    """Claims beyond one, or these; each with all that decides what it is."""
    epochs = SUBJECT.epoch.label("subject_epoch"), OBJECT.epoch.label("object_epoch")
    told = select(ClaimRow, ToldClaimRow, MODE, *STATES, *epochs).outerjoin(ToldClaimRow, TOLD)
    query = joined(told, ClaimRow.origin).order_by(ClaimRow.origin, ClaimRow.position)
    key = tuple_(ClaimRow.origin, ClaimRow.position)
    if last is not None:
        return session.execute(query.where(key > last).limit(AT_ONCE)).all()
    return [row for some in batched(keys, 200) for row in session.execute(query.where(key.in_(some)))]


def _new(session: Session, rows: Sequence[_Row]) -> list[tuple[_Row, Version]]:
    """Those of which something else has to be told, and what."""
    new = (row.ClaimRow for row in rows if row.ToldClaimRow is None)
    known = leaves_of(session, ((one.object, one.revision) for one in new))
    found = []
    for row in rows:
        told = None if row.ToldClaimRow is None else version_of(row.ToldClaimRow)
        epochs = (row.subject_epoch or 0, row.object_epoch or 0)
        now = stand_of(row, proved=told is not None or _entry(row) in known)
        version = after(told, now, epochs)
        if version is not None:
            found.append((row, version))
    return found


def _entry(row: _Row) -> tuple[str, int, str]:
    return row.ClaimRow.object, row.ClaimRow.revision, row.ClaimRow.leaf


def _unknown(session: Session, origins: Iterable[str]) -> list[str]:
    """Those of these nodes that were not told themselves yet, in order."""
    wanted = sorted(origins)
    asked = select(ToldClaimRow.origin).where(
        ToldClaimRow.position == THE_NODE, ToldClaimRow.origin.in_(wanted)
    )
    known = set(session.scalars(asked))
    return [one for one in wanted if one not in known]


def _values(key: Key, version: Version, seq: int, day: date) -> dict[str, Any]:
    """What the row of a claim holds after it was told so, but the day of the first time."""
    return {
        "origin": key[0],
        "position": key[1],
        "seq": seq,
        "changed": day,
        "stand": version.stand.value,
        "epoch": version.epoch,
        "edition": version.edition,
        "subject_epoch": version.epochs[0],
        "object_epoch": version.epochs[1],
        "uuid": claim_uuid(*key, version.epoch),
    }


def _change(row: ToldClaimRow, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _day(session: Session, day: date) -> date:
    """Never a day before that of an earlier place, whatever the clock says."""
    latest = session.scalar(select(func.max(ToldClaimRow.changed)))
    return day if latest is None else max(day, latest)


def _mark(session: Session) -> Mark:
    """Changes whenever anything does that decides what a claim is: records, logs, and how nodes are heard."""
    records = session.scalar(select(func.max(RecordRow.seq)))
    own = session.scalar(select(func.max(EntryRow.position)))
    peers = select(PeerRow.short, PeerRow.mode, PeerRow.size).order_by(PeerRow.short)
    return records, own, *(tuple(row) for row in session.execute(peers))


def _key(row: _Row) -> Key:
    return row.ClaimRow.origin, row.ClaimRow.position
