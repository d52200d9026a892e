"""Runs that add a record and sign, in real processes, killed at a named step or at any moment.

One runner imports everything once; each run is a fork of it with connections of its own.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from registry.db.public import PublicDatabase

STEPS = ("followed", "signed", "half a file", "file", "row")
"""Steps after which a run can be told to die; after the last, nothing but the commit is missing."""
RUNNER = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from registry.db.public import PublicDatabase
from registry.ledger.publishing import CHECKPOINT_FILE, LogPublisher
from tests.registry.ledger.checked import HOME, keep
from tests.registry.ledger.vectors import SIGNER

class Run(LogPublisher):
    until = "never"

    def _require_one_history(self, session, size):
        return self._ended("followed", super()._require_one_history(session, size))

    def _sign(self, checkpoint, keys):
        return self._ended("signed", super()._sign(checkpoint, keys))

    def _keep_file(self, signed):
        if self.until == "half a file":
            self._file.with_name(CHECKPOINT_FILE + ".new").write_bytes(signed.raw[:30])
        self._ended("half a file", None)
        self._ended("file", super()._keep_file(signed))

    def _keep_row(self, session, signed):
        super()._keep_row(session, signed)
        session.flush()
        self._ended("row", None)

    def _ended(self, step, result):
        if step == self.until:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

def run(address, folder, until, seconds, serial):
    public = PublicDatabase(address)
    with public.work() as session:
        keep(session, int(serial))
    log = Run(public, Path(folder), SIGNER.key, HOME, lambda _: SIGNER.private, lambda: datetime.now(UTC))
    log.until = until
    if until == "any":
        signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        signal.setitimer(signal.ITIMER_REAL, float(seconds))
    log.publish()

print("ready", flush=True)
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        run(*line.rstrip().split("|"))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Runner:
    """Lets processes sign, one after another."""

    def __init__(self) -> None:
        command, root = [sys.executable, "-c", RUNNER], Path(__file__).parents[3]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
        )

    def __enter__(self) -> Self:
        assert self._answer() == "ready"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def run(
        self, public: PublicDatabase, folder: Path, until: str, *, serial: int, seconds: float = 0
    ) -> int:
        """One run; gives its exit code, which is the negative signal when it was killed."""
        assert self._process.stdin is not None
        print(public.address, folder, until, seconds, serial, sep="|", file=self._process.stdin, flush=True)
        return int(self._answer())

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()
