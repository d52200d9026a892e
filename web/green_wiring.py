"""The composition root of what is shared with partners only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from registry.clock import Clock
from registry.config import Settings
from registry.db.green import GreenDatabase
from registry.db.private import PrivateDatabase
from registry.federation.acknowledging import acknowledging
from registry.federation.introducing import Signing
from registry.federation.new_key import private_half
from registry.federation.office import FederationOffice
from registry.federation.peers import Peers
from registry.federation.pulling import Puller
from registry.fetching import Fetcher
from registry.ledger.keys import LogKey
from registry.ledger.publishing import LogPublisher
from registry.ledger.reading import LogReader
from registry.publication.green.office import GreenOffice
from registry.publication.green.partners import Partners
from registry.publication.green.readers import GreenReaders
from registry.record.node import NodeIdentity, load_node
from registry.record.reading import Records
from taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Known:
    """What the node has already: who it is in public, the key it signs requests with, who is followed."""

    identity: NodeIdentity
    key: Callable[[], Ed25519PrivateKey]
    others: FederationOffice
    log: LogPublisher
    fetcher: Fetcher
    taxonomy: Taxonomy


def open_green(settings: Settings, private: PrivateDatabase, known: Known, clock: Clock) -> GreenOffice:
    """The side for partners; raises ``SettingError`` where it was never made."""
    database, own, folder = (
        GreenDatabase(settings.green_url),
        load_node(settings.green_dir),
        settings.green_dir,
    )
    way = Signing(known.fetcher, known.identity.id, known.key, clock)
    greens = Peers(database, way, own, clock)
    puller = Puller(database, way, known.taxonomy, clock, acknowledging(own.id, clock))
    peers, callers = known.others.peers, known.others.callers
    key = LogKey(own.origin, own.public_key)
    return GreenOffice(
        database=database,
        identity=own,
        records=Records(database),
        log=LogPublisher(database, folder, key, own.id, partial(private_half, folder), clock),
        log_reader=LogReader(database),
        readers=GreenReaders(private, callers, peers, clock),
        partners=Partners((private, database), peers, greens, puller, way, clock),
    )
