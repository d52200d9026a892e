"""Making a node ready: folder, keys, the databases, an empty index. Safe to run again."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from registry.clock import Clock, today
from registry.config import Settings
from registry.custody.moving_in import Tell, move_in, silent
from registry.db import migrate
from registry.db.green import GreenDatabase
from registry.db.layout import Side
from registry.db.private import PrivateDatabase
from registry.db.public import PublicDatabase
from registry.federation.own_witness import make_witness
from registry.intake.vault import keyfile
from registry.intake.vault.keys import announce, needs_keys
from registry.intake.waiting.filling import fill
from registry.ledger.stored import name_log
from registry.record.node import create_node
from search import Indexer
from taxonomy import load
from web.wiring import make_secret, open_private, secret_key

GREEN_LOG: Final = "air-green"
"""What follows the name of the node in the name of its log for partners."""


def initialise(settings: Settings, clock: Clock, tell: Tell = silent) -> None:
    """Create what is missing and migrate what is old; changes nothing that is in order.

    ``tell`` hears how far the sealing of older reports has come.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    identity = create_node(settings.data_dir, today(clock), _name(settings))
    if not settings.public_only:
        make_witness(settings.data_dir, identity)
    make_secret(settings.data_dir)
    public = PublicDatabase(settings.public_url)
    migrate.upgrade(public, Side.PUBLIC)
    public.close()
    if not settings.public_only:
        _initialise_green(settings, clock)
        _initialise_private(settings, clock, tell)
    Indexer(settings.index_dir, load()).ensure()


def _name(settings: Settings) -> str:
    """The host at which people reach the node; its name where that is this very machine or a number."""
    host = urlsplit(settings.base_url).hostname or ""
    return host if re.search(r"\.[a-z]+$", host) else settings.node_name


def _initialise_green(settings: Settings, clock: Clock) -> None:
    """The side for partners has the tables of the public one, and a key and a log of its own."""
    create_node(settings.green_dir, today(clock), _name(settings), GREEN_LOG)
    green = GreenDatabase(settings.green_url)
    migrate.upgrade(green, Side.PUBLIC)
    with green.work() as session:
        name_log(session)
    green.close()


def _initialise_private(settings: Settings, clock: Clock, tell: Tell) -> None:
    bare = PrivateDatabase(settings.private_url)
    migrate.upgrade(bare, Side.PRIVATE)
    # A keyring that was lost is never replaced by a new one: the old one opens what lies there.
    if not settings.master_keys and not needs_keys(bare):
        keyfile.make(settings.keyring_path)
    bare.close()
    private = open_private(settings, clock)
    announce(private)
    move_in(private, secret_key(settings), tell)
    fill(private)
    private.close()
