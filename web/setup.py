"""Making a node ready: folder, keys, both databases, an empty index. Safe to run again."""

from __future__ import annotations

from registry.clock import Clock, today
from registry.config import Settings
from registry.db import migrate
from registry.db.migrate import Side
from registry.db.private import PrivateDatabase
from registry.db.public import PublicDatabase
from registry.record.node import create_node
from search import Indexer
from taxonomy import load
from web.wiring import make_secret


def initialise(settings: Settings, clock: Clock) -> None:
    """Create what is missing and migrate what is old; changes nothing that is in order."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    create_node(settings.data_dir, today(clock), settings.node_name)
    make_secret(settings.data_dir)
    public = PublicDatabase(settings.public_url)
    migrate.upgrade(public, Side.PUBLIC)
    public.close()
    if not settings.public_only:
        private = PrivateDatabase(settings.private_url)
        migrate.upgrade(private, Side.PRIVATE)
        private.close()
    Indexer(settings.index_dir, load()).ensure()
