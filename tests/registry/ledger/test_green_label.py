"""The name of a log stands in its database, and every entry is labelled by it."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import NoResultFound

from registry.db import migrate
from registry.db.green import GreenDatabase
from registry.db.layout import Side
from registry.db.public import PublicDatabase
from registry.ledger.envelopes import parse_envelope
from registry.ledger.following import follow
from registry.ledger.stored import held_head, leaves, name_log
from registry.record import store
from registry.record.ids import air_id
from registry.record.types import Tombstone
from tests.registry.ledger.checked import HOME, keep
from tests.registry.ledger.test_following import DAY


def test_entries_of_the_log_for_partners_say_so_to_the_last(addresses: tuple[str, str]) -> None:
    green = GreenDatabase(addresses[1])
    migrate.upgrade(green, Side.PUBLIC)
    for _ in range(2):  # again changes nothing
        with green.work() as session:
            name_log(session)
    with green.work() as session:
        keep(session, 1)
        follow(session, HOME)
        store.erase(session, Tombstone(air_id(HOME, 2026, 1), "safety", DAY))
        follow(session, HOME)
    with green.read() as session:
        assert {parse_envelope(leaf).tlp for leaf in leaves(session, 0, 2)} == {"GREEN"}
    green.close()
    public = PublicDatabase(addresses[1])
    with pytest.raises(NoResultFound), public.work() as session:
        held_head(session)
    with public.work() as session:
        name_log(session)  # it has entries already
    with pytest.raises(NoResultFound), public.work() as session:
        follow(session, HOME)
    public.close()
