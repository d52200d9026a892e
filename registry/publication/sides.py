"""Which database a record of this node lies in: the public one, or the one that is shared with partners.

The short id in a record's id says it: each side is a node of its own in this respect, with its own log.
"""

from __future__ import annotations

from dataclasses import dataclass

from registry.db.public import PublicDatabase


@dataclass(frozen=True, slots=True)
class Side:
    """A database of records, and the full id of the node whose log is in it."""

    database: PublicDatabase
    node: str

    def holds(self, record_id: str) -> bool:
        """Whether a record with this id is one that this side published."""
        return record_id.startswith(f"AIR-{self.node[:10]}-")


def database_of(record_id: str, public: PublicDatabase, shared: Side | None) -> PublicDatabase:
    """Where to look for a record; what is not shared with partners is public, or nowhere."""
    return shared.database if shared is not None and shared.holds(record_id) else public
