"""A node that was put back to an older backup, and pulls that end exactly where pages do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from registry.config import Settings
from registry.db import migrate
from registry.db.layout import Side
from registry.db.public import PublicDatabase
from registry.federation.office import FederationOffice, open_office
from registry.federation.rules import Mode, Policy
from registry.federation.verifying import STRETCH
from registry.ledger.tiles import WIDTH
from registry.record.node import load_node
from registry.record.reading import Records
from registry.record.types import RecordState
from taxonomy import load
from tests.conftest import SettableClock
from tests.registry.federation.conftest import Here, Network
from tests.registry.federation.other_node import OtherNode


def opened(
    file: Path, bare: Settings, other: OtherNode, clock: SettableClock
) -> tuple[PublicDatabase, FederationOffice]:
    public = PublicDatabase(f"sqlite:///{file}")
    migrate.upgrade(public, Side.PUBLIC)
    network = Network({other.url: other})
    return public, open_office(public, network, load_node(bare.data_dir), load(), clock)


def test_a_copy_from_an_old_backup_is_read_on_from_there(
    tmp_path: Path, bare: Settings, clock: SettableClock
) -> None:
    """What came after the backup comes again, once; what was erased meanwhile goes again."""
    other, file = OtherNode(), tmp_path / "public.sqlite"
    one, two, three = other.publish(3)
    public, office = opened(file, bare, other, clock)
    short = office.peers.pin(office.peers.meet(other.url), Policy(Mode.SHOW)).short
    office.puller.pull(short)
    public.settle()
    shutil.copy(file, tmp_path / "backup")
    other.change(one, text="Told anew.")
    other.change(two, RecordState.RETRACTED)
    other.erase(three)
    other.publish(1)
    first = office.puller.pull(short)
    known = Records(public).read_many(list(other.records))
    public.close()
    for old in tmp_path.glob("public.sqlite*"):
        old.unlink()
    shutil.copy(tmp_path / "backup", file)
    public, office = opened(file, bare, other, clock)
    again = office.puller.pull(short)
    assert (again.entries, again.erased, again.trouble) == (first.entries, [three], "")
    assert Records(public).read_many(list(other.records)) == known
    assert office.puller.pull(short).entries == 0
    public.close()


@pytest.mark.parametrize("count", [2 * WIDTH - 1, 2 * WIDTH, 2 * WIDTH + 1])
def test_a_pull_may_end_where_a_range_of_payloads_does(here: Here, count: int) -> None:
    here.other.publish(count)
    here.follow()
    assert (here.pull().entries, len(here.shown())) == (count, count)
    here.other.publish(WIDTH)
    assert (here.pull().entries, len(here.shown())) == (WIDTH, count + WIDTH)


def test_a_pull_may_end_where_a_stretch_does(tmp_path: Path, bare: Settings, clock: SettableClock) -> None:
    other = OtherNode()
    public, office = opened(tmp_path / "public.sqlite", bare, other, clock)
    short = office.peers.pin(office.peers.meet(other.url), Policy(Mode.SHOW)).short
    for count in (STRETCH - 1, 1, 1):
        other.publish(count)
        pulled = office.puller.pull(short)
        assert (pulled.entries, pulled.shown, pulled.trouble) == (count, count, "")
    public.close()
    public, office = opened(tmp_path / "another.sqlite", bare, other, clock)
    office.peers.pin(office.peers.meet(other.url), Policy(Mode.SHOW))
    assert office.puller.pull(short).entries == STRETCH + 1
    public.close()
