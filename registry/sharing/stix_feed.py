"""STIX objects in the order in which they were added, a part at a time.

The order is that of changes, of records or of what joins them; within one it is the place of the object. A
*position* is one integer for both, so nothing is lost or doubled where many objects share a moment. As days
are all that is told, everything of a day counts as added at the midnight that ends it, and the position, in
microseconds after that midnight, makes each time unique. So whoever asks with a time that came with an
object goes on exactly behind it, and whoever asks with a clock gets the whole of a day that is not over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Protocol

from registry.sharing.stix import PLACES, Object, Placed

FIRST_DAY: Final = date(2022, 10, 1)
"""When the objects that all others refer to count as added: before everything else."""
AT_ONCE: Final = 200
_DAY: Final = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Added:
    """An object, its position, and when it counts as added."""

    object: Object
    position: int
    at: datetime

    @property
    def version(self) -> str:
        """When it was modified, or made where it cannot be modified."""
        return str(self.object.get("modified", self.object["created"]))


@dataclass(frozen=True, slots=True)
class Match:
    """Which objects: any of these ids, types, versions; None is any."""

    ids: frozenset[str] | None = None
    types: frozenset[str] | None = None
    versions: frozenset[str] | None = None

    def fits(self, added: Added) -> bool:
        """Whether an object is asked for."""
        one = added.object
        return (
            (self.ids is None or one["id"] in self.ids)
            and (self.types is None or one["type"] in self.types)
            and (self.versions is None or added.version in self.versions)
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """What changed last at ``seq``, on that day, and all its objects."""

    seq: int
    changed: date
    placed: tuple[Placed, ...]


class Source(Protocol):
    """Things in the order of their changes; ``types`` are those of their objects."""

    types: frozenset[str]

    def referred(self) -> Sequence[Object]:
        """Objects that all others refer to, always in the same order."""

    def page(self, after: int, limit: int) -> tuple[list[Entry], bool]:
        """At most so many from beyond a position, and whether there are more."""

    def by_id(self, object_id: str) -> Entry | None:
        """The one that may have an object with this id."""

    def first_on(self, day: date) -> int | None:
        """Position of the first on this day or later; None where there is none."""

    def position(self) -> int:
        """Position of the newest; 0 when there is none."""


class StixFeed:
    """The objects of one source."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def part(
        self, match: Match, *, beyond: int, since: datetime | None, limit: int
    ) -> tuple[list[Added], bool]:
        """At most ``limit`` objects whose position is beyond this one and that were added after ``since``.

        Whether there are more comes with them.
        """
        found: list[Added] = []
        for added in self._all(match, beyond, since):
            if added.position > beyond and (since is None or added.at > since) and match.fits(added):
                if len(found) == limit:
                    return found, True
                found.append(added)
        return found, False

    def one(self, object_id: str) -> Added | None:
        """An object by its id, or None."""
        return next((added for added in self._by_id(object_id) if added.object["id"] == object_id), None)

    def _all(self, match: Match, beyond: int, since: datetime | None) -> Iterator[Added]:
        """Candidates in order, from about where is asked for."""
        if match.ids is not None:
            found = {added.position: added for one in match.ids for added in self._by_id(one)}
            yield from (found[position] for position in sorted(found))
            return
        yield from self._referred()
        if match.types is not None and not match.types & self._source.types:
            return
        after = max(beyond // PLACES - 1, self._before(since), 0)
        while True:
            entries, more = self._source.page(after, AT_ONCE)
            for entry in entries:
                yield from _of(entry)
            if not more:
                return
            after = entries[-1].seq

    def _before(self, since: datetime | None) -> int:
        """A position of changes before everything that was added after this time."""
        if since is None:
            return 0
        first = self._source.first_on(since.date() - timedelta(days=1))
        later = self._source.first_on(since.date())
        if first is None:
            return self._source.position()
        bound = self._source.position() if later is None else later - 1
        return max(first - 1, min(_micros(since) // PLACES - 1, bound))

    def _by_id(self, object_id: str) -> Iterator[Added]:
        yield from self._referred()
        entry = self._source.by_id(object_id)
        if entry is not None:
            yield from _of(entry)

    def _referred(self) -> Iterator[Added]:
        for position, one in enumerate(self._source.referred(), 1):
            yield Added(one, position, added_at(FIRST_DAY, position))


def _of(entry: Entry) -> Iterator[Added]:
    for placed in entry.placed:
        position = entry.seq * PLACES + placed.place
        yield Added(placed.object, position, added_at(entry.changed, position))


def added_at(day: date, position: int) -> datetime:
    """When an object of this day and position counts as added."""
    midnight = datetime.combine(day + timedelta(days=1), time(), UTC)
    return midnight + timedelta(microseconds=position % _DAY)


def _micros(at: datetime) -> int:
    """Microseconds since the midnight before."""
    return (at - datetime.combine(at.date(), time(), UTC)) // timedelta(microseconds=1)
