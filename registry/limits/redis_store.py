"""Tries counted in Redis. Loaded only where a setting names one: its client is 6 MB of every process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from registry.limits.stores import Count, StoreAway

PREFIX = "commons:limits:"
ANSWER_SECONDS = 0.25
"""Longest wait for Redis."""

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
    """Counts that all processes of a node share, in one round trip each; raises ``StoreAway``.

    An address that is none raises ``ValueError``.
    """

    def __init__(self, address: str) -> None:
        with _answering():
            self._redis = Redis.from_url(
                address,
                socket_timeout=ANSWER_SECONDS,
                socket_connect_timeout=ANSWER_SECONDS,
                retry=Retry(NoBackoff(), 1),
            )
            self._count = self._redis.register_script(COUNT)

    def count(self, key: str, tries: int, seconds: int, *, adding: bool) -> Count:
        """As the memory's."""
        with _answering():
            allowed, used, wait = self._count([PREFIX + key], [tries, seconds, int(adding)])
        return Count(bool(allowed), used, wait / 1_000_000)

    def give_back(self, key: str) -> None:
        """As the memory's."""
        with _answering():
            self._redis.rpop(PREFIX + key)

    def forget(self, key: str) -> None:
        """Start anew under this name."""
        with _answering():
            self._redis.delete(PREFIX + key)


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except RedisError as error:
        raise StoreAway from error
