"""All that is shared with partners only, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from registry.db.green import GreenDatabase
from registry.ledger.publishing import LogPublisher
from registry.ledger.reading import LogReader
from registry.publication.green.partners import Partners
from registry.publication.green.readers import GreenReaders
from registry.publication.sides import Side
from registry.record.node import NodeIdentity
from registry.record.reading import Records


@dataclass(frozen=True, slots=True)
class GreenOffice:
    """The side for partners: database and log of its own, who reads it, and what is read of others."""

    database: GreenDatabase
    identity: NodeIdentity
    records: Records
    log: LogPublisher
    log_reader: LogReader
    readers: GreenReaders
    partners: Partners

    @property
    def side(self) -> Side:
        """As the door knows it."""
        return Side(self.database, self.identity.id)
