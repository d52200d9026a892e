"""The side that only partners read, as a house needs it that does not use it."""

from __future__ import annotations

from pathlib import Path
from tempfile import gettempdir

from registry.clock import Clock
from registry.db.green import GreenDatabase
from registry.db.private import PrivateDatabase
from registry.db.public import PublicDatabase
from registry.federation import office as federation
from registry.federation.introducing import Introducing, Signing
from registry.federation.new_key import private_half
from registry.fetching import Fetcher
from registry.ledger.keys import LogKey
from registry.ledger.publishing import LogPublisher
from registry.ledger.reading import LogReader
from registry.publication.green.office import GreenOffice
from registry.publication.green.partners import Partners
from registry.publication.green.readers import GreenReaders
from registry.record.node import identity_of
from registry.record.reading import Records
from taxonomy import load

GENESIS = {"created": "2026-11-24", "key": "A" * 43 + "=", "origin": "house.example/air-green"}


def unused(private: PrivateDatabase, public: PublicDatabase, clock: Clock) -> GreenOffice:
    """An office on a database that is never opened."""
    folder = Path(gettempdir())
    database, own = GreenDatabase(f"sqlite:///{folder / 'house-green.sqlite'}"), identity_of(dict(GENESIS))
    key = LogKey(own.origin, own.public_key)
    way = Introducing(Fetcher(), own.id, lambda: private_half(folder, key), clock)
    signing = Signing(Fetcher(), own.id, way.key, clock)
    others = federation.open_office(public, way, own, load(), clock)
    greens = federation.open_office(database, way, own, load(), clock)
    sides = (private, database)
    return GreenOffice(
        database=database,
        identity=own,
        records=Records(database),
        log=LogPublisher(database, folder, key, own.id, lambda log: private_half(folder, log), clock),
        log_reader=LogReader(database),
        readers=GreenReaders(private, others.callers, others.peers, clock),
        partners=Partners(sides, others.peers, greens.peers, greens.puller, signing, clock),
    )
