"""A pull in a process of its own that is killed (SIGKILL) at one of its steps.

Arguments: address of the public database, data folder, short id of the peer, number of the step. A step is a
question to the peer, or one of the two sides of a commit. With a mode as well, that is made the peer's policy
in place of a pull.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from registry.clock import system_clock
from registry.db.public import PublicDatabase
from registry.federation.office import open_office
from registry.federation.rules import Mode, Policy
from registry.fetching import Answer, Fetcher
from registry.record.node import load_node
from taxonomy import load

MODE: Final = 5
left = iter(range(int(sys.argv[4]) - 1, -1, -1))
"""Steps that are left after each."""


def step() -> None:
    """One more step; the last one is not survived."""
    if next(left, None) == 0:
        os.kill(os.getpid(), signal.SIGKILL)


class Steps(Fetcher):
    """Counts questions."""

    def get(self, url: str, *, limit: int = 0, seconds: float = 0, tag: str = "") -> Answer:
        step()
        return super().get(url, limit=limit, seconds=seconds, tag=tag)


class Commits(PublicDatabase):
    """Counts both sides of every commit."""

    @contextmanager
    def work(self) -> Iterator[Session]:
        with super().work() as session:
            yield session
            step()
        step()


public = Commits(sys.argv[1])
office = open_office(public, Steps(loopback=True), load_node(Path(sys.argv[2])), load(), system_clock)
if len(sys.argv) > MODE:
    office.peers.set_policy(sys.argv[3], Policy(Mode(sys.argv[MODE])), office.puller.reader())
else:
    office.puller.pull(sys.argv[3])
public.close()
