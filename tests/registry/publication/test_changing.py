"""Approved changes go through the door once and only once, wherever a run stops."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from registry.errors import Gone
from registry.review.aftercare.models import ChangeRow
from registry.review.aftercare.rules import ChangeState
from tests.registry.house import House, at_once
from tests.registry.review.aftercare.caring import ERASE, RETRACT, TEXT, care, proposed, published

STOPPED = """
import os, signal, sys
from datetime import datetime
from registry.db.private import PrivateDatabase
from registry.db.public import PublicDatabase
from registry.publication.changing import RecordChanges
from registry.sealing import Sealer
from tests.registry.house import NODE, SECRET

class Run(RecordChanges):
    def write(self, errand):
        if sys.argv[4] == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        super().write(errand)
        os.kill(os.getpid(), signal.SIGKILL)

moment = datetime.fromisoformat(sys.argv[3])
databases = PrivateDatabase(sys.argv[1]), PublicDatabase(sys.argv[2])
Run(*databases, lambda: moment, Sealer(SECRET), node=NODE).carry_out(early=True)
"""


def approved(house: House, wish: tuple[str, str, str]) -> tuple[str, str]:
    """Id of a flagged record and key of its change, which the door has still to do."""
    _, record_id = published(house)
    care(house).flags.flag(record_id, "wrong", TEXT)
    change = proposed(house, record_id, wish=wish)
    care(house).changes.approve(house.people.other_reviewer, change.id)
    return record_id, change.id


def killed(house: House, moment: str) -> None:
    """A run of the door in a process of its own that is killed before it writes, or right after."""
    command = [sys.executable, "-c", STOPPED, house.private.address, house.public.address]
    root = Path(__file__).parents[3]
    ended = subprocess.run([*command, house.clock.now.isoformat(), moment], cwd=root, check=False)
    assert ended.returncode == -signal.SIGKILL


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("wish", [RETRACT, ERASE])
def test_the_next_run_finishes_what_a_killed_one_left(
    house: House, wish: tuple[str, str, str], moment: str
) -> None:
    record_id, key = approved(house, wish)
    killed(house, moment)
    assert house.ask("SELECT state FROM record_change")[0][0] == "approved"
    assert house.ask("SELECT state FROM record_flag")[0][0] == "open"
    assert house.side.record_changes.carry_out(early=True) == [record_id]
    assert house.side.record_changes.carry_out(early=True) == []
    assert care(house).changes.read(house.people.reviewer, key).state is ChangeState.DONE
    assert tuple(house.ask("SELECT state, sealed_text FROM record_flag")[0]) == ("settled", None)
    if wish is ERASE:
        with pytest.raises(Gone):
            house.records.read(record_id)
    else:
        assert [one.state.value for one in house.records.versions(record_id)] == ["published", "retracted"]
    acts = house.ask("SELECT action FROM audit_event WHERE action LIKE 'record-%' ORDER BY id")
    assert [row[0] for row in acts] == [f"record-{wish[0]}", "record-changed"]


def test_two_doors_at_once_do_it_once(house: House) -> None:
    record_id, _ = approved(house, RETRACT)
    at_once(2, lambda _: house.side.record_changes.carry_out(early=True))
    assert len(house.records.versions(record_id)) == 2
    acts = house.ask("SELECT action FROM audit_event WHERE action LIKE 'record-%'")
    assert {row[0] for row in acts} == {"record-retract", "record-changed"}
    assert len(acts) == 2


def test_the_people_behind_the_report_are_told(house: House) -> None:
    record_id, _ = approved(house, RETRACT)
    house.side.record_changes.carry_out(early=True)
    (key,) = [row[0] for row in house.ask("SELECT id FROM submission WHERE record_id = :id", id=record_id)]
    assert house.steps(key)[-1] == ("record-changed", "published", "published")


def test_one_that_was_overtaken_keeps_no_other_back(house: House) -> None:
    first, _ = approved(house, RETRACT)
    second, key = approved(house, RETRACT)
    with house.private.work() as session:
        session.get_one(ChangeRow, key).revision = 9
    assert house.side.record_changes.carry_out(early=True) == [first]
    assert house.records.read(second).state.value == "published"
    assert house.ask("SELECT count(*) FROM record_flag WHERE state = 'open'")[0][0] == 1
