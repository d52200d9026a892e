"""Where tries are counted: in the memory of one process, or in Redis for all processes of a node.

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

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

PREFIX = "commons:limits:"
ANSWER_SECONDS = 0.25
"""Longest wait for Redis."""
NAMES_MAX = 200_000
"""Names that one process remembers, so that a crowd of addresses cannot fill its memory."""
SWEEP_EVERY = 60.0


@dataclass(frozen=True, slots=True)
class Count:
    """Whether one more was allowed, how many count now, and seconds until the next of them stops counting."""

    allowed: bool
    used: int
    wait: float


class Store(Protocol):
    """What both stores can do."""

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


COUNT = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local tries, window = tonumber(ARGV[1]), ARGV[2] * 1000000
local newest = redis.call('LINDEX', KEYS[1], -1)
if newest and tonumber(newest) > now then redis.call('DEL', KEYS[1]) end
local oldest = redis.call('LINDEX', KEYS[1], 0)
while oldest and tonumber(oldest) <= now - window do
  redis.call('LPOP', KEYS[1])
  oldest = redis.call('LINDEX', KEYS[1], 0)
end
local used = redis.call('LLEN', KEYS[1])
local allowed = used < tries
if allowed and ARGV[3] == '1' then
  redis.call('RPUSH', KEYS[1], string.format('%.0f', now))
  redis.call('EXPIRE', KEYS[1], ARGV[2])
  used = used + 1
end
local first = redis.call('LINDEX', KEYS[1], math.max(0, used - tries))
return {allowed and 1 or 0, used, first and first + window - now or 0}
"""
"""One name's tries in microseconds of the clock of Redis, oldest first; begun anew if that clock ran back."""


class RedisStore:
    """Counts that all processes of a node share, in one round trip each; raises ``RedisError``."""

    def __init__(self, address: str) -> None:
        self._redis = Redis.from_url(
            address,
            socket_timeout=ANSWER_SECONDS,
            socket_connect_timeout=ANSWER_SECONDS,
            retry=Retry(NoBackoff(), 1),
        )
        self._count = self._redis.register_script(COUNT)

    def count(self, key: str, tries: int, seconds: int, *, adding: bool) -> Count:
        """As the memory's."""
        allowed, used, wait = self._count([PREFIX + key], [tries, seconds, int(adding)])
        return Count(bool(allowed), used, wait / 1_000_000)

    def give_back(self, key: str) -> None:
        """As the memory's."""
        self._redis.rpop(PREFIX + key)

    def forget(self, key: str) -> None:
        """Start anew under this name."""
        self._redis.delete(PREFIX + key)
