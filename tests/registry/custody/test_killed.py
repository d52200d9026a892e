"""Rotation and shredding killed with -9 at any moment: nothing is lost, nothing half destroyed."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from registry.intake.vault import keyfile, rotation
from registry.intake.vault.keyring import FileKeyring
from registry.intake.vault.keys import DataKeys, carry
from tests.registry import opened
from tests.registry.house import SECRET, House, keyring_in

ROUNDS = 5
REPORTS = 30
RUNNER = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from registry.custody import office
from registry.db.private import PrivateDatabase
from registry.intake.vault import rotation
from registry.intake.vault.keyring import FileKeyring
from registry.intake.vault.keys import DataKeys, carry

address, path, secret = sys.argv[1], Path(sys.argv[2]), sys.argv[4]
moment = datetime.fromisoformat(sys.argv[3])
rotation.BATCH = 5

def run(what, seconds):
    private = PrivateDatabase(address)
    carry(private, DataKeys(FileKeyring(path), lambda: moment))
    signal.setitimer(signal.ITIMER_REAL, float(seconds))
    signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    if what == "rotate":
        while True:
            rotation.rotate(private, path, retire=True, tell=lambda *_: None)
    office.open_office(private, lambda: moment, secret_key=secret).retention.run()

print("ready", flush=True)
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        run(*line.split())
        os._exit(0)
    print(-os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.fixture
def path(house: House, tmp_path: Path) -> Path:
    made = keyring_in(tmp_path)
    carry(house.private, DataKeys(FileKeyring(made), house.clock))
    return made


@contextmanager
def runner(house: House, path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that forks a run for each line it reads and says by which signal it ended."""
    told = (house.private.address, str(path), house.clock().isoformat(), SECRET)
    command = [sys.executable, "-c", RUNNER, *told]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    try:
        yield process
    finally:
        process.stdin.close()
        process.wait(timeout=30)
        process.stdout.close()


def killed(process: subprocess.Popen[str], what: str, seconds: float) -> int:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{what} {seconds}\n")
    process.stdin.flush()
    return int(process.stdout.readline())


def test_a_rotation_killed_beside_a_writer_loses_nothing(house: House, path: Path) -> None:
    written: dict[str, str] = {}
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            title = f"Report {len(written)}"
            written[house.draft(title=title)] = title

    for number in range(10):
        written[house.draft(title=f"Before {number}")] = f"Before {number}"
    writer = threading.Thread(target=write)
    with runner(house, path) as process:
        writer.start()
        ends = {killed(process, "rotate", random.uniform(0.05, 0.5)) for _ in range(ROUNDS)}  # noqa: S311 - any moment
        stop.set()
        writer.join()
    assert ends == {signal.SIGKILL}
    assert opened.titles(house.private) == written
    done = rotation.rotate(house.private, path, retire=True, tell=lambda *_: None)
    assert set(keyfile.read(path).keys) == {done.current}
    carry(house.private, DataKeys(FileKeyring(path), house.clock))
    assert opened.titles(house.private) == written


def test_shredding_killed_anywhere_is_finished_by_the_next_run(house: House, path: Path) -> None:
    keys = [house.draft(title=f"Report {number}") for number in range(REPORTS)]
    for key in keys:
        house.side.intake.withdraw(house.people.member, key)
    kept = house.draft(title="Kept")
    house.clock.forward(days=31)
    with runner(house, path) as process:
        for _ in range(ROUNDS):
            killed(process, "shred", random.uniform(0.01, 0.25))  # noqa: S311 - any moment will do
            assert half_destroyed(house) == []
    house.side.custody.retention.run()
    assert half_destroyed(house) == []
    assert house.ask("SELECT count(*) FROM erasure") == [(REPORTS,)]
    assert opened.titles(house.private) == dict.fromkeys(keys, "") | {kept: "Kept"}


def half_destroyed(house: House) -> list[str]:
    """Reports of which some traces say that they were destroyed, and others that they were not."""
    rows = house.ask(
        "SELECT s.id, s.erased_at IS NULL, s.sealed_title IS NOT NULL, k.wrapped IS NOT NULL,"
        " k.destroyed_at IS NULL, v.sealed_account IS NOT NULL, e.at IS NULL,"
        " NOT EXISTS (SELECT 1 FROM audit_event a WHERE a.subject_id = s.id AND a.action = 'erase')"
        " FROM submission s JOIN data_key k ON k.submission_id = s.id"
        " JOIN submission_version v ON v.submission_id = s.id LEFT JOIN erasure e ON e.submission_id = s.id"
    )
    return [row[0] for row in rows if len({bool(fact) for fact in row[1:]}) != 1]
