"""Clocks that are a day off (goal R7): what is read, shown, and in which order does not depend on them."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from registry.config import Settings
from registry.db.public import PublicDatabase
from registry.federation.office import open_office
from registry.federation.rules import Mode, Policy
from registry.federation.view import SKEW
from registry.fetching import Fetcher
from registry.record.models import RecordRow
from registry.record.node import load_node
from registry.record.reading import Records
from registry.record.types import RecordState
from taxonomy import load
from tests.conftest import SettableClock, missing
from tests.registry.federation.conftest import Here
from tests.registry.federation.killing import ROOT, command
from tests.registry.federation.other_node import OtherNode
from tests.registry.federation.served import serving

DAY = timedelta(days=1)
LIBRARIES = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))


def pull_with_a_clock_off_by(skew: timedelta, public: PublicDatabase, settings: Settings, short: str) -> None:
    """One whole pull in a process of its own."""
    if not LIBRARIES:
        missing("libfaketime (Debian package faketime)")
    shifted = {"LD_PRELOAD": str(LIBRARIES[0]), "FAKETIME": f"{int(skew.total_seconds()):+d}s"}
    words = command(public, settings, short, step=1_000_000)  # no step of it is that late
    subprocess.run(words, cwd=ROOT, env=os.environ | shifted, check=True)


def told_today(other: OtherNode, today: date) -> None:
    """Records of things that happened today, one revised and one retracted today."""
    one, two, _ = (other.create(happened={"from": today.isoformat()}) for _ in range(3))
    for key in list(other.records):
        other.records[key] = replace(other.records[key], published=today, modified=today)
    other.change(one, text="Told anew.")
    other.change(two, RecordState.RETRACTED)
    other.sign()


@pytest.mark.parametrize("skew", [-DAY, timedelta(0), DAY])
def test_a_clock_that_is_a_day_off_changes_nothing(
    bare: Settings, public_db: PublicDatabase, clock: SettableClock, skew: timedelta
) -> None:
    other, today = OtherNode(), datetime.now(UTC).date()
    told_today(other, today)
    with serving(other) as url:
        office = open_office(public_db, Fetcher(loopback=True), load_node(bare.data_dir), load(), clock)
        short = office.peers.pin(office.peers.meet(url), Policy(Mode.SHOW)).short
        pull_with_a_clock_off_by(skew, public_db, bare, short)
        peer = office.peers.read(short)
        assert (peer.taken, peer.quarantined, peer.trouble) == (5, 0, "")
        shown = Records(public_db).read_many(list(other.records))
        assert {key: (one.revision, one.state) for key, one in shown.items()} == {
            key: (one.revision, one.state) for key, one in other.records.items()
        }
        position = Records(public_db).position()
        pull_with_a_clock_off_by(-skew, public_db, bare, short)
        assert Records(public_db).position() == position
    with public_db.read() as session:
        days = list(session.scalars(select(RecordRow.changed).order_by(RecordRow.seq)))
    assert days == sorted(days)
    assert max(days) <= today + skew + DAY  # midnight may have passed meanwhile


def test_days_of_changes_here_are_those_of_the_clock_here(here: Here) -> None:
    """A peer that lives in another century does not take this node's own days with it."""
    (one,) = here.other.publish(1)
    gone = here.other.create()
    far: Any = date(2099, 1, 1)
    for key in (one, gone):
        here.other.records[key] = replace(here.other.records[key], modified=far)
    here.other.change(one, text="From another century.")
    here.other.sign()
    here.follow()
    here.pull()
    today = here.clock().date().isoformat()
    assert {str(day) for (day,) in here.ask("SELECT changed FROM record")} == {today}
    assert here.shown()[one].modified == here.clock().date() + SKEW  # its own word, as far as it can be
    here.other.erase(gone)
    here.other.sign()
    here.pull()
    assert {str(day) for (day,) in here.ask("SELECT changed FROM record")} == {today}
