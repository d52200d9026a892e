"""Runs of the door in real processes, killed at a named step or at any moment.

One runner imports everything once; each run is a fork of it with connections of its own.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.registry.house import House
from tests.registry.ledger.checked import require_whole

NEVER, AT_ANY_MOMENT = "never", "any"
SEAMS = ("reserve", "half-way through write", "write", "mark")
"""Steps after which a run can be told to die; half-way, one record is written and nothing committed."""
RUNNER = """
import os, signal, sys
from datetime import datetime
from registry.db.private import PrivateDatabase
from registry.db.public import PublicDatabase
from registry.intake.vault.keys import carry
from registry.intake.waiting import parties
from registry.publication.service import Publication
from registry.publication.terms import PublicationTerms
from taxonomy import load
from tests.registry.house import NODE, SECRET, known_keys

moment, version = datetime.fromisoformat(sys.argv[3]), load().version

class Run(Publication):
    until = "never"

    def reserve(self, **how):
        return self._ended("reserve", super().reserve(**how))

    def write(self, parcels):
        return self._ended("write", super().write(parcels))

    def _write_one(self, session, parcel, day):
        made = super()._write_one(session, parcel, day)
        session.flush()
        return self._ended("half-way through write", made)

    def mark(self, written):
        return self._ended("mark", super().mark(written))

    def _ended(self, step, result):
        if step == self.until:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

def run(until, seconds, again):
    databases = PrivateDatabase(sys.argv[1]), PublicDatabase(sys.argv[2])
    carry(databases[0], known_keys(lambda: moment))
    parties.carry(databases[0], SECRET)
    door = Run(*databases, lambda: moment, PublicationTerms(NODE, version))
    door.until = until
    if until == "any":
        signal.setitimer(signal.ITIMER_REAL, float(seconds))
    door.publish_batch()
    while again == "again":
        door.publish_batch()

def begun(*told):
    child = os.fork()
    if child == 0:
        run(*told)
        os._exit(0)
    return child

print("ready", flush=True)
for line in sys.stdin:
    until, seconds, again, count = line.split(",")
    children = [begun(until, seconds, again) for _ in range(int(count))]
    ends = [-os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    print(*ends, flush=True)
"""


class Runner:
    """Runs the door of a house in processes, one after another."""

    def __init__(self, house: House) -> None:
        moment = house.clock.now.isoformat()
        command = [sys.executable, "-c", RUNNER, house.private.address, house.public.address, moment]
        root = Path(__file__).parents[3]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
        )

    def __enter__(self) -> Self:
        assert self._answer() == "ready"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def run(self, until: str, seconds: float = 0) -> int:
        """One run of the door; returns the number of the signal that ended it, 0 if it came to its end."""
        self.begin(until, seconds)
        return self.ended()[0]

    def begin(self, until: str, seconds: float = 0, *, again: bool = False, count: int = 1) -> None:
        """Let so many runs begin at once; with ``again`` each goes on until its moment comes."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{until},{seconds},{'again' if again else 'once'},{count}\n")
        self._process.stdin.flush()

    def ended(self) -> list[int]:
        """Wait for the end of all that was begun; the signals that ended them."""
        return [int(number) for number in self._answer().split()]

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


KILLED, TIME_UP = int(signal.SIGKILL), int(signal.SIGALRM)


def published(house: House) -> dict[str, str]:
    """Title → record id of every public record; each title must be there once."""
    found = [house.records.read(row[0]) for row in house.ask_public("SELECT id FROM record ORDER BY id")]
    titles = {record.account.title: record.id for record in found}
    assert len(titles) == len(found), "a report was published twice"
    return titles


def books_agree(house: House, reports: dict[str, str]) -> None:
    """Every report (title → id) is published as exactly one record, and every table says the same."""
    records = published(house)
    assert set(records) == set(reports)
    marked = {row[0]: row[1] for row in house.ask("SELECT id, record_id FROM submission")}
    doors = {row[0]: row[1] for row in house.ask("SELECT submission_id, record_id FROM handover")}
    tokens = house.ask("SELECT token, record_id FROM handover WHERE done_at IS NOT NULL")
    for title, key in reports.items():
        assert house.state(key) == "published"
        assert marked[key] == doors[key] == records[title]
        acts = [action for action, _, _ in house.steps(key) if action != "decide-details"]
        assert acts == ["create", "submit", "claim", "accept", "schedule", "publish"]
    told = {tuple(row) for row in house.ask_public("SELECT token, record_id FROM publication")}
    assert told == {tuple(row) for row in tokens}
    assert len(told) == len(reports)
    revisions = house.ask_public("SELECT record_id, revision FROM record_version")
    assert sorted(tuple(row) for row in revisions) == sorted((key, 1) for key in records.values())
    serials = sorted(int(record_id.rpartition("-")[2]) for record_id in records.values())
    assert serials == list(range(1, len(reports) + 1)), "a serial was lost or used twice"
    assert require_whole(house.public) == len(reports), "the log does not tell of every record once"
