"""A node with records in every state, some of them erased, or with what others say of theirs."""

from __future__ import annotations

from datetime import date

from api.node import Node
from registry.federation.claims_told import Speaker
from registry.record import store
from registry.record.types import Tombstone
from registry.sharing.dumps.shelf import Shelf
from registry.sharing.dumps.snapshot import Source
from tests.api.stock import identifier, index, keep, stock
from tests.registry.federation.conftest import here_in
from tests.registry.federation.scene import Scene, opened

RECORDS = 230
"""More than two pages of every list."""
ERASED = tuple(identifier(n) for n in (3, 4, 5, 50, 99, 100, 101, 180, 229))
ERASED_ON = date(2026, 11, 24)


def fill(node: Node, records: int = RECORDS, erased: tuple[str, ...] = ERASED) -> None:
    """Keep the records, then erase some."""
    keep(node, stock(records))
    erase(node, *erased)


def shelf_of(node: Node) -> Shelf:
    """Dumps of the node, one a day."""
    source = Source(node.harvest, node.told, node.taxonomy)
    return Shelf(node.settings.exports_dir, source, node.clock, days=1)


def relate(node: Node) -> Scene:
    """A third node says how records belong together, in the databases of this node; heard and told."""
    own = Speaker(node.identity.id, node.settings.node_name, node.settings.base_url)
    return opened(here_in(node.public, node.identity, node.clock), own).heard()


def erase(node: Node, *ids: str) -> None:
    """Erase records as the door does."""
    with node.public.work() as session:
        for record_id in ids:
            store.erase(session, Tombstone(record_id, "privacy", ERASED_ON))
    index(node)
