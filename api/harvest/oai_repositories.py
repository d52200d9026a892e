"""What is harvested at each address of OAI-PMH: all records, or what nodes say of how they belong together.

These are two repositories and not sets of one: each has an order of its own, and a list that went through
both could not promise that what changes meanwhile comes again at its end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol

from api.harvest.whereabouts import place_of
from api.node import Node
from registry.federation.claim_rules import Stand
from registry.federation.claims_told import Asked, Speaker, ToldClaim
from registry.record.types import Origin, PublicRecord
from registry.sharing import dublin
from registry.sharing.dublin import Term
from registry.sharing.harvest import Item, Wanted
from registry.sharing.place import Place
from taxonomy import Taxonomy

_CLAIM: Final = "relation/"
"""Beginning of the local part of an identifier; node and position follow."""


class Content(Protocol):
    """What an item holds, in both formats."""

    def to_json(self) -> dict[str, Any]:
        """The whole of it."""

    def terms(self) -> list[Term]:
        """What Dublin Core can say of it."""


@dataclass(frozen=True, slots=True)
class Thing:
    """An item: its place in the order, and what its header says; ``content`` is None of a deleted one."""

    seq: int
    identifier: str
    changed: date
    sets: tuple[str, ...]
    content: Content | None


class Repository(Protocol):
    """What can be listed at one address."""

    path: str
    title: str

    def days(self) -> tuple[date, date] | None:
        """The first and the last day on which anything that is here changed for the last time."""

    def sets(self) -> list[tuple[str, str]]:
        """Every set and its name."""

    def position(self) -> int:
        """Place of the newest change."""

    def one(self, identifier: str) -> Thing | None:
        """The item with this identifier."""

    def page(self, wanted: Wanted, *, after: int, limit: int) -> tuple[list[Thing], bool]:
        """At most so many from beyond a place, and whether there are more."""


@dataclass(frozen=True, slots=True)
class RecordContent:
    """A record."""

    record: PublicRecord
    taxonomy: Taxonomy
    place: Place

    def to_json(self) -> dict[str, Any]:
        """As the API gives it."""
        return self.record.to_json()

    def terms(self) -> list[Term]:
        """In Dublin Core."""
        return dublin.describe(self.record, self.taxonomy, self.place)


@dataclass(frozen=True, slots=True)
class ClaimContent:
    """What a node says of two records."""

    claim: ToldClaim
    place: Place

    def to_json(self) -> dict[str, Any]:
        """As a line of a dump."""
        return self.claim.to_json()

    def terms(self) -> list[Term]:
        """In Dublin Core: who says so, of which records."""
        told = self.claim.to_json()
        pair = (told["record"], told["related"])
        return [
            Term("title", f"{pair[0]} {told['relation']} {pair[1]}"),
            Term("type", "relation"),
            Term("type", told["relation"]),
            Term("creator", told["node_name"]),
            Term("identifier", f"{told['node']}/{told['position']}"),
            Term("date", told["since"]),
            Term("publisher", self.place.name),
            *(Term("relation", self.place.page(one)) for one in pair),
        ]


class Records:
    """All public records."""

    path = "/oai"

    def __init__(self, node: Node) -> None:
        self._node, self._harvest, self._place = node, node.harvest, place_of(node)
        self.title = node.settings.node_name

    def days(self) -> tuple[date, date] | None:
        """The first and the last day of changes."""
        return self._harvest.days()

    def sets(self) -> list[tuple[str, str]]:
        """Of types and sources that occur."""
        kinds = zip(("type", "source"), self._harvest.kinds(), strict=True)
        return [(f"{kind}:{one}", f"Records of the {kind} {one}") for kind, some in kinds for one in some]

    def position(self) -> int:
        """Position of the newest change."""
        return self._harvest.position()

    def one(self, identifier: str) -> Thing | None:
        """A record, erased or not."""
        record_id = self._place.record_id(identifier)
        item = self._harvest.one(record_id) if record_id else None
        return None if item is None else self._thing(item)

    def page(self, wanted: Wanted, *, after: int, limit: int) -> tuple[list[Thing], bool]:
        """Records in the order of their changes."""
        page = self._harvest.page(wanted, after=after, limit=limit)
        return [self._thing(item) for item in page.items], page.more

    def _thing(self, item: Item) -> Thing:
        sets = (f"type:{item.type}", f"source:{item.source}")
        record = item.record
        content = None if record is None else RecordContent(record, self._node.taxonomy, self._place)
        return Thing(item.seq, self._place.identifier(item.id), item.changed, sets, content)


class Relations:
    """What nodes say of how records belong together; what does not count any more is deleted."""

    path = "/oai/relations"

    def __init__(self, node: Node) -> None:
        self._told, self._place, self._own = node.told, place_of(node), node.identity
        self.title = f"{node.settings.node_name}: relations"

    def days(self) -> tuple[date, date] | None:
        """The first and the last day on which any was told last."""
        return self._told.days()

    def sets(self) -> list[tuple[str, str]]:
        """Of the nodes whose word it is, called as the sources of records are."""
        sources = [self._source(one) for one in self._told.origins()]
        return [(f"source:{one}", f"What the source {one} says") for one in sources]

    def position(self) -> int:
        """Place of the one that was told last."""
        return self._told.position()

    def one(self, identifier: str) -> Thing | None:
        """What a node says in one entry of its log."""
        local = self._place.record_id(identifier) or ""
        origin, _, position = local.removeprefix(_CLAIM).partition("/")
        if not local.startswith(_CLAIM) or not position.isdecimal() or len(position) > len(str(2**53)):
            return None
        found = self._told.one(origin, int(position))
        return None if found is None else self._thing(found)

    def page(self, wanted: Wanted, *, after: int, limit: int) -> tuple[list[Thing], bool]:
        """In the order of being told."""
        origin = self._origin(wanted.source) if wanted.source else ""
        if wanted.type or origin is None:
            return [], False
        asked = Asked(wanted.first, wanted.last, origin)
        found, more = self._told.listed(asked, after=after, limit=limit)
        return [self._thing(one) for one in found], more

    def _thing(self, claim: ToldClaim) -> Thing:
        identifier = self._place.identifier(f"{_CLAIM}{claim.speaker.short}/{claim.position}")
        stands = claim.version.stand is Stand.STANDS
        content = ClaimContent(claim, self._place) if stands else None
        sets = (f"source:{self._source(claim.speaker)}",)
        return Thing(claim.seq, identifier, claim.changed, sets, content)

    def _source(self, speaker: Speaker) -> str:
        """Its full id, as records of other nodes have it, or the word that stands for this node."""
        return Origin.OWN.value if speaker.id == self._own.id else speaker.id

    def _origin(self, source: str) -> str | None:
        """The short id of the node that is called so; None where none is."""
        if source == Origin.OWN.value:
            return self._own.short
        return source[:10] if len(source) == len(self._own.id) and source != self._own.id else None
