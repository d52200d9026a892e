"""A revision goes through the door once and only once, wherever a run stops."""

from __future__ import annotations

import random

import pytest

from tests.registry.house import House
from tests.registry.intake.revising.test_revising import accept, published, record_of, revised
from tests.registry.publication.runs import AT_ANY_MOMENT, KILLED, NEVER, SEAMS, TIME_UP, Runner

TITLES = ("One", "Two")
ROUNDS = 6


def revisions(house: House, keys: list[str]) -> None:
    """Send and accept another version of each."""
    for key in keys:
        revised(house, key, title=f"Version {house.records.read(record_of(house, key)).revision + 1}")
        accept(house, key)


def agree(house: House, keys: list[str], newest: int) -> None:
    """Each record has every revision once, the report says so, and both sides know the same tokens."""
    for key in keys:
        record_id = record_of(house, key)
        found = house.records.versions(record_id)
        assert [one.revision for one in found] == list(range(1, newest + 1))
        assert [one.account.title for one in found[1:]] == [f"Version {n}" for n in range(2, newest + 1)]
        assert house.state(key) == "published"
        version, public = house.ask(
            "SELECT version, published_version FROM submission WHERE id = :key", key=key
        )[0]
        assert version == public
    told = {tuple(row) for row in house.ask_public("SELECT token, record_id FROM publication")}
    doors = house.ask("SELECT token, record_id FROM handover WHERE done_at IS NOT NULL")
    assert told == {tuple(row) for row in doors}
    assert len(told) == newest * len(keys)


@pytest.mark.parametrize("step", ["reserve", "write", "mark"])
def test_the_next_run_finishes_what_one_left(house: House, step: str) -> None:
    keys, door = [published(house, title=title) for title in TITLES], house.side.publication
    revisions(house, keys)
    door.reserve()
    if step != "reserve":
        written = door.write(door.open_parcels())
        if step == "mark":
            door.mark(written)
    door.publish_batch()
    agree(house, keys, 2)
    assert door.publish_batch() == []


def test_writing_a_revision_again_changes_nothing(house: House) -> None:
    keys, door = [published(house, title=title) for title in TITLES], house.side.publication
    revisions(house, keys)
    door.reserve()
    parcels = door.open_parcels()
    assert door.write(parcels) == door.write(parcels[::-1])
    door.mark(door.write(parcels))
    agree(house, keys, 2)


def test_processes_killed_at_every_step_revise_once(house: House) -> None:
    keys = [published(house, title=title) for title in TITLES]
    with Runner(house) as runner:
        for number, seam in enumerate(SEAMS, 2):
            revisions(house, keys)
            assert runner.run(seam) == KILLED
            assert runner.run(NEVER) == 0
            agree(house, keys, number)


def test_processes_killed_at_any_moment_revise_once(house: House) -> None:
    keys = [published(house, title=title) for title in TITLES]
    with Runner(house) as runner:
        for number in range(2, 2 + ROUNDS):
            revisions(house, keys)
            moment = random.uniform(0.005, 0.15)  # noqa: S311 - any moment will do
            assert runner.run(AT_ANY_MOMENT, moment) in (0, TIME_UP)
            assert runner.run(NEVER) == 0
            agree(house, keys, number)
