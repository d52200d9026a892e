"""What was acknowledged survives a killed process, whole: row, every version, every step."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from registry.audit.chain import check
from registry.audit.reading import links
from registry.clock import system_clock
from registry.db.private import PrivateDatabase
from registry.intake.vault.keys import carry
from tests.factories import People
from tests.registry import opened
from tests.registry.house import House, known_keys

ROUNDS = 6
CHILD = """
import os, sys
from registry.clock import system_clock
from registry.db.private import PrivateDatabase
from registry.db.public import PublicDatabase
from tests.factories import account
from tests.registry.house import services

def write():
    print(os.getpid(), flush=True)
    side = services(PrivateDatabase(sys.argv[1]), PublicDatabase(sys.argv[2]), system_clock)
    actor = side.sessions.actor_of(sys.argv[3])
    while True:
        key = side.intake.create(actor, account(title="1"), channel="api").view.summary.id
        print(key, 1, 1, "draft", flush=True)
        side.intake.revise(actor, key, account(title="2"), expected=1)
        print(key, 2, 2, "draft", flush=True)
        side.intake.submit(actor, key)
        print(key, 2, 3, "submitted", flush=True)

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        write()
    os.waitpid(child, 0)
    print("over", flush=True)
"""
"""Forks a writer for each line it reads. A writer tells its own number, then, after each act that came
back, the id, its versions, its steps and its state; so short a line reaches the pipe whole or not at all."""

Told = dict[str, tuple[int, int, str]]
"""Id → versions, steps and state that were acknowledged last."""


@contextmanager
def writers(addresses: tuple[str, str], person_id: str) -> Iterator[subprocess.Popen[str]]:
    """The process that forks writers."""
    command = [sys.executable, "-c", CHILD, *addresses, person_id]
    root = Path(__file__).parents[3]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
    ) as process:
        yield process


def acknowledged(process: subprocess.Popen[str], seconds: float) -> Told:
    """What a writer told before it was killed."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("go\n")
    process.stdin.flush()
    writer = int(process.stdout.readline())
    lines: list[str] = []
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline or not lines:
        lines.append(process.stdout.readline())
    os.kill(writer, signal.SIGKILL)
    lines += iter(process.stdout.readline, "over\n")
    told: Told = {}
    for line in lines:
        key, versions, steps, state = line.split()
        told[key] = (int(versions), int(steps), state)
    return told


def kept(database: PrivateDatabase) -> Told:
    """Id → versions, steps and state of everything there is; each must be whole."""
    question = (
        "SELECT s.id, s.state, s.version,"
        " (SELECT count(*) FROM submission_version v WHERE v.submission_id = s.id),"
        " (SELECT count(*) FROM audit_event a WHERE a.subject_id = s.id) FROM submission s"
    )
    found: Told = {}
    words, accounts = opened.titles(database), opened.versions(database)
    with database.read() as session:
        for key, state, version, versions, steps in session.connection().exec_driver_sql(question):
            assert (version, words[key]) == (versions, str(versions)), "a half-written version"
            assert [one["title"] for _, one, _ in accounts[key]] == [str(n + 1) for n in range(versions)]
            assert steps == versions + (state == "submitted"), "a step without its change, or the reverse"
            found[key] = (versions, steps, state)
        assert check(links(database)).fault is None, "a chain that a kill broke"
        if database.address.startswith("sqlite"):
            assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    return found


def test_nothing_acknowledged_is_lost_to_a_kill(
    addresses_with_people: tuple[tuple[str, str], People],
) -> None:
    addresses, people = addresses_with_people
    private, told = PrivateDatabase(addresses[0]), Told()
    carry(private, known_keys(system_clock))
    with writers(addresses, people.member.id) as process:
        for _ in range(ROUNDS):
            told |= acknowledged(process, random.uniform(0.05, 0.4))  # noqa: S311 - any moment will do
            there = kept(private)
            for key, (versions, steps, _state) in told.items():
                assert there[key][0] >= versions
                assert there[key][1] >= steps
            # A killed process may have done one act more than it could tell of.
            assert sum(there[key] != facts for key, facts in told.items()) <= ROUNDS
            assert len(set(there) - set(told)) <= ROUNDS
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
    assert opened.titles(house.private) == {key: "Second"}
