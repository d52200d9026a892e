"""What was acknowledged survives a killed process, whole: row, version, steps."""

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
from tests.registry.conftest import Furnished
from tests.registry.house import House

ROUNDS = 6
CHILD = """
import sys
from registry.clock import system_clock
from registry.db.private import PrivateDatabase
from registry.db.public import PublicDatabase
from tests.factories import PASSWORD, account
from tests.registry.house import services

side = services(PrivateDatabase(sys.argv[1]), PublicDatabase(sys.argv[2]), system_clock)
actor = side.sessions.sign_in("member@example.org", PASSWORD).actor
print("ready", flush=True)
while True:
    made = side.intake.create(actor, account(), channel="api", submit=True)
    print(made.view.summary.id, flush=True)
"""


def acknowledged(addresses: tuple[str, str], seconds: float) -> list[str]:
    """Ids that a process printed before it was killed; a last line cut short was no acknowledgement."""
    command = [sys.executable, "-c", CHILD, *addresses]
    root = Path(__file__).parents[3]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        lines, deadline = [], time.monotonic() + seconds
        while time.monotonic() < deadline or not lines:
            lines.append(child.stdout.readline())
        child.send_signal(signal.SIGKILL)
        rest = child.stdout.read().splitlines(keepends=True)
    return [line.strip() for line in (*lines, *rest) if line.endswith("\n")]


def test_no_acknowledged_report_is_lost_to_a_kill(furnished_sqlite: Furnished, tmp_path: Path) -> None:
    addresses = furnished_sqlite[0](tmp_path)
    told = [key for _ in range(ROUNDS) for key in acknowledged(addresses, random.uniform(0.05, 0.4))]  # noqa: S311 - any moment will do
    assert len(set(told)) == len(told) >= ROUNDS

    private = PrivateDatabase(addresses[0])
    with private.read() as session:
        connection = session.connection()
        whole = connection.exec_driver_sql(
            "SELECT s.id FROM submission s JOIN submission_version v ON v.submission_id = s.id"
            " WHERE s.state = 'submitted' AND v.number = 1 AND 2 ="
            " (SELECT count(*) FROM audit_event a WHERE a.subject_id = s.id)"
        )
        kept = {row[0] for row in whole}
        every = connection.exec_driver_sql("SELECT count(*) FROM submission").scalar_one()
        integrity = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()
    private.close()
    assert set(told) <= kept
    assert len(kept) == every, "a half-written report"
    assert integrity == "ok"


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
