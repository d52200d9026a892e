"""A pull that is killed at any of its steps goes on where it was: nothing is lost, nothing comes twice."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import count
from typing import Any, Final

import pytest

from registry.config import Settings
from registry.db.public import PublicDatabase
from registry.federation.office import open_office
from registry.federation.rules import Mode, Policy
from registry.fetching import Fetcher
from registry.ledger.tiles import WIDTH
from registry.record.node import load_node
from registry.record.reading import Records
from registry.record.types import RecordState
from taxonomy import load
from tests.conftest import SettableClock
from tests.registry.federation.killing import was_killed
from tests.registry.federation.other_node import OtherNode
from tests.registry.federation.served import serving

KILLS: Final = int(os.environ.get("COMMONS_KILLS", "25"))
"""Processes that are killed at most; the bar is 500 (``make chaos``)."""


@pytest.mark.timeout(7200)
def test_a_killed_pull_is_finished_by_the_next(
    bare: Settings,
    public_db: PublicDatabase,
    clock: SettableClock,
    record_property: Callable[[str, Any], None],
) -> None:
    """Each process gets one step further than the one before it, in a log that goes on growing."""
    other, killed = OtherNode(), 0
    other.publish(WIDTH - 2)
    with serving(other) as url:
        office = open_office(public_db, Fetcher(loopback=True), load_node(bare.data_dir), load(), clock)
        short = office.peers.pin(office.peers.meet(url), Policy(Mode.SHOW)).short
        records = Records(public_db)
        for round_ in count():
            for step in count(1):
                if not was_killed(public_db, bare, short, step):
                    break
                killed += 1
                assert office.peers.read(short).taken <= len(other.leaves)
            peer = office.peers.read(short)
            assert (peer.taken, peer.lag, peer.trouble, peer.quarantined) == (len(other.leaves), 0, "", 0)
            shown = records.read_many(list(other.records))
            gone = {key for key, record in other.records.items() if key not in shown}
            assert len(gone) == round_
            assert {key: one.revision for key, one in shown.items()} == {
                key: record.revision for key, record in other.records.items() if key not in gone
            }
            if killed >= KILLS:
                break
            _grow(other, round_)
    record_property("figures", f"{killed} processes killed, {len(other.leaves)} entries read once each")


def _grow(other: OtherNode, round_: int) -> None:
    """A few entries of each kind; one record more is erased."""
    ids = sorted(other.records)
    other.change(ids[-1], text=f"Told anew in round {round_}.")
    other.change(ids[round_ + 40], RecordState.RETRACTED)
    other.erase(ids[round_])
    for _ in range(3):
        other.create()
    other.sign()
