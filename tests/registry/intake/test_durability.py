"""What was acknowledged survives a killed process, whole: row, every version, every step."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from registry.db.private import PrivateDatabase
from tests.factories import People
from tests.registry.house import House

ROUNDS = 4
CHILD = """
import sys
from registry.clock import system_clock
from registry.db.private import PrivateDatabase
from registry.db.public import PublicDatabase
from tests.factories import account
from tests.registry.house import services

side = services(PrivateDatabase(sys.argv[1]), PublicDatabase(sys.argv[2]), system_clock)
actor = side.sessions.actor_of(sys.argv[3])
print("ready", flush=True)
while True:
    key = side.intake.create(actor, account(title="1"), channel="api").view.summary.id
    print(key, 1, 1, "draft", flush=True)
    side.intake.revise(actor, key, account(title="2"), expected=1)
    print(key, 2, 2, "draft", flush=True)
    side.intake.submit(actor, key)
    print(key, 2, 3, "submitted", flush=True)
"""
"""Prints, after each act that came back: the id, its versions, its steps, its state."""

Told = dict[str, tuple[int, int, str]]
"""Id → versions, steps and state that were acknowledged last."""


def acknowledged(addresses: tuple[str, str], person_id: str, seconds: float) -> Told:
    """What a process printed before it was killed; a last line cut short was no acknowledgement."""
    command = [sys.executable, "-c", CHILD, *addresses, person_id]
    root = Path(__file__).parents[3]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        lines: list[str] = []
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline or not lines:
            lines.append(child.stdout.readline())
        child.send_signal(signal.SIGKILL)
        lines += child.stdout.read().splitlines(keepends=True)
    told: Told = {}
    for line in lines:
        if line.endswith("\n"):
            key, versions, steps, state = line.split()
            told[key] = (int(versions), int(steps), state)
    return told


def kept(database: PrivateDatabase) -> Told:
    """Id → versions, steps and state of everything there is; each must be whole."""
    question = (
        "SELECT s.id, s.state, s.version, s.title,"
        " (SELECT count(*) FROM submission_version v WHERE v.submission_id = s.id),"
        " (SELECT count(*) FROM audit_event a WHERE a.subject_id = s.id) FROM submission s"
    )
    found: Told = {}
    with database.read() as session:
        for key, state, version, title, versions, steps in session.connection().exec_driver_sql(question):
            assert (version, title) == (versions, str(versions)), "a half-written version"
            assert steps == versions + (state == "submitted"), "a step without its change, or the reverse"
            found[key] = (versions, steps, state)
        if database.address.startswith("sqlite"):
            assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    return found


def test_nothing_acknowledged_is_lost_to_a_kill(
    addresses_with_people: tuple[tuple[str, str], People],
) -> None:
    addresses, people = addresses_with_people
    private, told = PrivateDatabase(addresses[0]), Told()
    for _ in range(ROUNDS):
        seconds = random.uniform(0.05, 0.4)  # noqa: S311 - any moment will do
        told |= acknowledged(addresses, people.member.id, seconds)
        there = kept(private)
        for key, (versions, steps, _state) in told.items():
            assert there[key][0] >= versions
            assert there[key][1] >= steps
        # A killed process may have done one act more than it could tell of.
        assert sum(there.get(key) != facts for key, facts in (there | told).items()) <= ROUNDS
    private.close()
    assert len(told) >= ROUNDS


def test_a_unit_that_fails_leaves_no_half_report(house: House) -> None:
    """The version cannot be written (its place is taken): neither row nor step stays."""
    key = house.draft()
    house.side.intake.revise(house.people.member, key, {"title": "Second"}, expected=1)
    before = house.ask("SELECT count(*) FROM audit_event")[0][0]
    with house.private.work() as session:
        session.connection().exec_driver_sql("UPDATE submission SET version = 1")
    with pytest.raises(IntegrityError):
        house.side.intake.revise(house.people.member, key, {"title": "Third"}, expected=None)
    assert house.ask("SELECT count(*) FROM audit_event")[0][0] == before
    assert house.ask("SELECT title FROM submission")[0][0] == "Second"
