"""Where tries are counted: in the memory of one process, or in Redis (``redis_store``) for all of a node.

Both keep, for each name, the moment of every try that still counts (a moving window: at no moment
were there more tries in the past ``seconds`` than allowed). Neither goes by the wall clock of this
machine: one that is set back would otherwise lock everybody out until it has caught up.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Protocol

NAMES_MAX = 200_000
"""Names that one process remembers, so that a crowd of addresses cannot fill its memory."""
SWEEP_EVERY = 60.0


@dataclass(frozen=True, slots=True)
class Count:
    """Whether one more was allowed, how many count now, and seconds until the next of them stops counting."""

    allowed: bool
    used: int
    wait: float


class StoreAway(Exception):
    """The store that processes share does not answer; its cause says how."""


class Store(Protocol):
    """What both stores can do; the shared one raises ``StoreAway``."""

    def count(self, key: str, tries: int, seconds: int, *, adding: bool) -> Count:
        """What is used of ``tries`` under this name; one more if ``adding`` and allowed."""

    def give_back(self, key: str) -> None:
        """Take back the newest try under this name."""

    def forget(self, key: str) -> None:
        """Start anew under this name."""


class MemoryStore:
    """Counts of one process; ``ticks`` gives seconds that never run backwards."""

    def __init__(self, ticks: Callable[[], float]) -> None:
        self._ticks = ticks
        self._ends: dict[str, deque[float]] = {}
        self._sweep_at = ticks() + SWEEP_EVERY
        self._lock = Lock()

    def count(self, key: str, tries: int, seconds: int, *, adding: bool) -> Count:
        """What is used of ``tries`` under this name; one more if ``adding`` and allowed."""
        with self._lock:
            now = self._ticks()
            self._tidy(now)
            ends = self._ends.get(key)
            while ends and ends[0] <= now:
                ends.popleft()
            used = len(ends) if ends else 0
            allowed = used < tries
            if adding and allowed:
                ends = self._ends.setdefault(key, deque())
                ends.append(now + seconds)
                used += 1
            wait = ends[max(0, used - tries)] - now if ends else 0.0
        return Count(allowed, used, wait)

    def give_back(self, key: str) -> None:
        """Take back the newest try under this name."""
        with self._lock:
            ends = self._ends.get(key)
            if ends:
                ends.pop()

    def forget(self, key: str) -> None:
        """Start anew under this name."""
        with self._lock:
            self._ends.pop(key, None)

    def _tidy(self, now: float) -> None:
        if now < self._sweep_at and len(self._ends) < NAMES_MAX:
            return
        self._sweep_at = now + SWEEP_EVERY
        self._ends = {key: ends for key, ends in self._ends.items() if ends and ends[-1] > now}
        if len(self._ends) >= NAMES_MAX:
            for key in list(self._ends)[: NAMES_MAX // 10]:
                del self._ends[key]
