"""A whole node is put back to an older backup; the nodes that copied its log know what it signed since."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from registry.errors import Conflict
from registry.ledger.refusal import Refused
from tests.conftest import SettableClock
from tests.factories import People, settings_in
from tests.web.across.nodes import LEAST, Place, copied, placed
from web.wiring import build, close

Two = tuple[Place, Place]


@pytest.fixture
def two(founded: tuple[Path, People], tmp_path: Path, clock: SettableClock) -> Iterator[Two]:
    """North and east, which follow each other."""
    folder, people = founded
    with ExitStack() as stack:
        found = []
        for name in ("north", "east"):
            settings = settings_in(copied(folder, tmp_path / name), seen_from=LEAST)
            found.append(stack.enter_context(placed(name, tmp_path / name, settings, people, clock)))
        north, east = found
        north.follow(east)
        east.follow(north)
        yield north, east


@pytest.mark.parametrize("reached", [True, False])
def test_it_signs_nothing_where_its_peers_have_more_of_its_log(
    two: Two, tmp_path: Path, clock: SettableClock, *, reached: bool
) -> None:
    north, east = two
    node = north.town.node
    north.publish("Before the backup")
    east.pull(north)
    node.public.settle()
    shutil.copytree(node.settings.data_dir, tmp_path / "backup")
    north.publish("After the backup")
    if reached:
        east.pull(north)
    older = build(replace(node.settings, data_dir=tmp_path / "backup"), clock)
    try:
        if not reached:
            assert older.log.publish().size == 1
            return
        with pytest.raises(Refused, match="2 were signed for"):
            older.log.publish()
        assert older.log.state().trouble is not None
        with pytest.raises(Conflict, match="older copy"):
            older.private.publication.publish_batch()
    finally:
        close(older)
