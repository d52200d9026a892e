"""Steps of a process, one of which it does not survive (SIGKILL).

A step is a question to another node, or one of the two sides of a commit.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy.orm import Session

from registry.fetching import Answer, Fetcher

_left = [0]


def live_for(steps: int) -> None:
    """Be killed at the last of so many steps from now on."""
    _left[0] = steps


def step() -> None:
    """One more step."""
    _left[0] -= 1
    if _left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)


class Steps(Fetcher):
    """Counts questions."""

    def get(
        self,
        url: str,
        *,
        limit: int = 0,
        seconds: float = 0,
        tag: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        step()
        return super().get(url, limit=limit, seconds=seconds, tag=tag, headers=headers or {})


class Commits:
    """Counts both sides of every commit of the database that stands behind it."""

    @contextmanager
    def work(self) -> Iterator[Session]:
        with super().work() as session:
            yield session
            step()
        step()
