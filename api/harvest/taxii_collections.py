"""The collections of TAXII: all records, and how records of different nodes belong together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from api.harvest.taxii_asking import PAGE_MAX
from api.node import Node
from registry.record.ids import fixed_uuid
from registry.sharing.place import Place
from registry.sharing.stix_feed import Source
from registry.sharing.stix_records import RecordSource
from registry.sharing.stix_relations import RelationSource

STIX: Final = "application/stix+json;version=2.1"


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection and what its objects are made of; ``key`` makes its id, together with the node's."""

    alias: str
    key: str
    title: str
    description: str
    source: Callable[[Node, Place], Source]

    def id(self, node_id: str) -> str:
        """Its UUID at the node with this full id."""
        return fixed_uuid(f"{self.key}/{node_id}")

    def to_json(self, node_id: str) -> dict[str, Any]:
        """As TAXII tells of it (section 5.2.1)."""
        return {
            "id": self.id(node_id),
            "alias": self.alias,
            "title": self.title,
            "description": f"{self.description} An answer holds at most {PAGE_MAX} objects.",
            "can_read": True,
            "can_write": False,
            "media_types": [STIX],
        }


COLLECTIONS: Final = (
    Collection(
        "records",
        "collection",
        "All public records",
        "AI incidents as STIX 2.1.",
        lambda node, place: RecordSource(node.harvest, place),
    ),
    Collection(
        "relations",
        "collection/relations",
        "How records of different nodes belong together",
        "Relationships of STIX 2.1 between objects of the other collection, each as one node says it.",
        lambda node, place: RelationSource(node.told, place),
    ),
)
