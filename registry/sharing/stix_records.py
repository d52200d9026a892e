"""All public records of a node as STIX 2.1 objects, in the order of their changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from registry.sharing.harvest import Harvest, Item, Wanted
from registry.sharing.place import Place
from registry.sharing.stix import Object, objects_of
from registry.sharing.stix_feed import Entry
from registry.sharing.stix_terms import referred


class RecordSource:
    """Records as objects."""

    types: frozenset[str] = frozenset({"incident", "report", "note"})

    def __init__(self, harvest: Harvest, place: Place) -> None:
        self._harvest, self._place = harvest, place

    def referred(self) -> Sequence[Object]:
        """What all others refer to."""
        return referred(self._place)

    def page(self, after: int, limit: int) -> tuple[list[Entry], bool]:
        """At most so many records from beyond a position, and whether there are more."""
        page = self._harvest.page(Wanted(), after=after, limit=limit)
        return [self._entry(item) for item in page.items], page.more

    def by_id(self, object_id: str) -> Entry | None:
        """The record that has an object with this id, now or in an earlier epoch."""
        item = self._harvest.by_uuid(object_id.partition("--")[2])
        return None if item is None else self._entry(item)

    def first_on(self, day: date) -> int | None:
        """Position of the first change on this day or later."""
        return self._harvest.first_on(day)

    def position(self) -> int:
        """Position of the newest change."""
        return self._harvest.position()

    def _entry(self, item: Item) -> Entry:
        return Entry(item.seq, item.changed, tuple(objects_of(item, self._place)))
