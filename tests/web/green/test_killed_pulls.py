"""Reading a partner's log, killed at any step, goes on where it was: nothing is lost, nothing comes twice.

The first step is meeting the partner: its log is pinned in one database, and named in another one.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import func, select

from registry.clock import today
from registry.federation.models import MirrorEntryRow
from registry.record import store
from registry.record.types import RecordState, Tombstone
from tests.registry.ledger.checked import keep
from tests.web.across.nodes import Place
from tests.web.green.sharing import green, partners, sign

KILLS: Final = int(os.environ.get("COMMONS_KILLS", "20"))
"""Processes that are killed at most (``make chaos``: 500)."""
ROOT: Final = Path(__file__).parents[3]
FIRST: Final = 6
"""Records before anybody reads."""


@pytest.mark.timeout(7200)
def test_what_was_killed_is_finished_by_the_next(
    places: tuple[Place, Place, Place], record_property: Callable[[str, Any], None]
) -> None:
    """Each process gets one step further than the one before it, in a log that goes on growing."""
    north, east, _ = places
    partners(north, east)
    killed = 0
    _write(north, range(1, FIRST))
    with _reading(east, north) as killed_at:
        for round_ in count():
            for step in count(1):
                if not killed_at(step):
                    break
                killed += 1
                assert _entries(east) <= green(north).log.state().size
            _require_the_same(north, east)
            if killed >= KILLS:
                break
            _grow(north, round_)
    record_property("figures", f"{killed} processes killed, {_entries(east)} entries read once each")


def _write(place: Place, serials: range) -> None:
    with green(place).database.work() as session:
        keep(session, *serials, home=green(place).identity.id)
    sign(place)


def _grow(place: Place, round_: int) -> None:
    """Entries of each kind: a new one, new words, a retraction, and one that is erased."""
    shared, serial = green(place), FIRST + round_
    ids = [one.id for one in shared.records.newest(limit=100)]
    with shared.database.work() as session:
        old = store.load(session, ids[0])
        told = replace(old.account, text=f"Told anew in round {round_}.")
        store.revise(session, replace(old, state=RecordState.REVISED, account=told))
        store.revise(session, replace(store.load(session, ids[1]), state=RecordState.RETRACTED))
        store.erase(session, Tombstone(ids[-1], "safety", today(place.town.node.clock)))
    _write(place, range(serial, serial + 1))


def _require_the_same(north: Place, east: Place) -> None:
    """East has all that north shares, at its revision, and the cursor stands at the end."""
    told, read = green(north), green(east)
    size = told.log.state().size
    (peer,) = read.partners.every()
    assert (peer.met, peer.trouble) == (True, "")
    shown = {one.id: one.revision for one in read.records.newest(limit=100)}
    assert shown == {one.id: one.revision for one in told.records.newest(limit=100)}
    assert (_entries(east), len(shown)) == (size, FIRST - 1)
    with read.database.read() as session:
        peers = read.partners.names()
        positions = session.scalars(select(MirrorEntryRow.position).order_by(MirrorEntryRow.position)).all()
    assert list(peers) == [told.identity.id]
    assert positions == list(range(size))
    assert told.records.count() == read.records.count()


def _entries(place: Place) -> int:
    with green(place).database.read() as session:
        return session.scalar(select(func.count()).select_from(MirrorEntryRow)) or 0


@contextmanager
def _reading(here: Place, there: Place) -> Iterator[Callable[[int], bool]]:
    """Gives what tells whether reading was killed at a step; otherwise it came to its end."""
    settings = here.town.node.settings
    addresses = (settings.private_url, settings.public_url, settings.green_url)
    command = [sys.executable, "-m", "tests.web.green.killed", str(settings.data_dir), *addresses, there.id]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        order, answer = process.stdin, process.stdout
        assert order is not None
        assert answer is not None

        def killed_at(step: int) -> bool:
            order.write(f"{step}\n")
            order.flush()
            ended = int(answer.readline())
            assert ended in {0, signal.SIGKILL}
            return ended != 0

        yield killed_at
        order.close()
        assert process.wait() == 0
