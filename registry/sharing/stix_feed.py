"""STIX objects in the order in which they were added, a part at a time.

The order is that of changes; within a record it is the place of the object. A *position* is one
integer for both, so nothing is lost or doubled where many objects share a moment. As days are all that
is told, everything of a day counts as added at the midnight that ends it, and the position, in
microseconds after that midnight, makes each time unique. So whoever asks with a time that came with an
object goes on exactly behind it, and whoever asks with a clock gets the whole of a day that is not over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from registry.sharing.harvest import Harvest, Item, Wanted
from registry.sharing.place import Place
from registry.sharing.stix import PLACES, Object, objects_of
from registry.sharing.stix_terms import referred

FIRST_DAY: Final = date(2022, 10, 1)
"""When the objects that all others refer to count as added: before everything else."""
OF_RECORDS: Final = frozenset({"incident", "report", "note"})
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


class StixFeed:
    """The objects of all public records of one node."""

    def __init__(self, harvest: Harvest, place: Place) -> None:
        self._harvest, self._place = harvest, place

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
        if match.types is not None and not match.types & OF_RECORDS:
            return
        after = max(beyond // PLACES - 1, self._before(since), 0)
        while True:
            page = self._harvest.page(Wanted(), after=after, limit=AT_ONCE)
            for item in page.items:
                yield from self._of(item)
            if not page.more:
                return
            after = page.items[-1].seq

    def _before(self, since: datetime | None) -> int:
        """A position of changes before everything that was added after this time."""
        if since is None:
            return 0
        first = self._harvest.first_on(since.date() - timedelta(days=1))
        later = self._harvest.first_on(since.date())
        if first is None:
            return self._harvest.position()
        bound = self._harvest.position() if later is None else later - 1
        return max(first - 1, min(_micros(since) // PLACES - 1, bound))

    def _by_id(self, object_id: str) -> Iterator[Added]:
        yield from self._referred()
        item = self._harvest.by_uuid(object_id.partition("--")[2])
        if item is not None:
            yield from self._of(item)

    def _referred(self) -> Iterator[Added]:
        for position, one in enumerate(referred(self._place), 1):
            yield Added(one, position, added_at(FIRST_DAY, position))

    def _of(self, item: Item) -> Iterator[Added]:
        for placed in objects_of(item, self._place):
            position = item.seq * PLACES + placed.place
            yield Added(placed.object, position, added_at(item.changed, position))


def added_at(day: date, position: int) -> datetime:
    """When an object of this day and position counts as added."""
    midnight = datetime.combine(day + timedelta(days=1), time(), UTC)
    return midnight + timedelta(microseconds=position % _DAY)


def _micros(at: datetime) -> int:
    """Microseconds since the midnight before."""
    return (at - datetime.combine(at.date(), time(), UTC)) // timedelta(microseconds=1)
