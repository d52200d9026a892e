"""Many processes that write at once leave one chain, whole and without a gap."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from registry.audit.chain import check
from registry.audit.reading import links
from tests.registry.house import House

WRITERS = 8
UNITS = 40
WRITER = """
import sys
from registry import audit
from registry.clock import system_clock
from registry.db.private import PrivateDatabase
from registry.errors import Unavailable

private, name = PrivateDatabase(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
sys.stdin.readline()
waiting = list(range(int(sys.argv[3])))
while waiting:
    number = waiting[0]
    try:
        with private.work() as session:
            for part in range(1 + number % 3):
                audit.append(session, audit.Step("thing", name, "act"), audit.REGISTRY, system_clock())
            if number % 5 == 4:
                raise LookupError
    except LookupError:
        pass
    except Unavailable:
        continue
    waiting.pop(0)
"""


def test_processes_that_write_at_once_leave_one_chain(house: House) -> None:
    """One unit in five fails after adding its steps, others are told to come back; nothing of them stays."""
    before = check(links(house.private)).rows
    processes = [begun(house, f"writer {number}") for number in range(WRITERS)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        process.communicate(timeout=300)
    assert [process.returncode for process in processes] == [0] * WRITERS
    verdict = check(links(house.private))
    each = sum(1 + number % 3 for number in range(UNITS) if number % 5 != 4)
    assert (verdict.fault, verdict.rows - before) == (None, WRITERS * each)
    counted = house.ask("SELECT count(*) FROM audit_event WHERE subject = 'thing' GROUP BY subject_id")
    assert [row[0] for row in counted] == [each] * WRITERS


def begun(house: House, name: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, house.private.address, name, str(UNITS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    )
