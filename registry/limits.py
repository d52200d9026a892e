"""How often something may be tried: counted per client, person and address, without keeping addresses.

Counting is done by the library ``limits`` with a moving window, in memory (one process) or in
Redis (all processes of a node). What is counted is named by a keyed hash whose key changes every
day, so that neither the store nor a dump of memory says who came (GDPR recital 26; threat P4).
"""

from __future__ import annotations

import hashlib
import hmac
import time
from dataclasses import dataclass

from limits import RateLimitItemPerSecond
from limits.errors import ConfigurationError, StorageError
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter
from redis.exceptions import RedisError

from registry.clock import Clock
from registry.errors import SettingError, TooManyTries

_DIGEST = 16


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``tries`` in any ``seconds`` for each of whom it is counted."""

    name: str
    tries: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of a limit: ``remaining`` tries, and the seconds until there is one more at the latest."""

    limit: Limit
    remaining: int
    reset_seconds: int


class Limiter:
    """Counts tries; when the store does not answer it lets people through rather than lock them all out."""

    def __init__(self, store: str, secret_key: str, clock: Clock) -> None:
        try:
            self._storage = storage_from_string(store, wrap_exceptions=True)
        except (ConfigurationError, RedisError, ValueError) as error:
            raise SettingError(
                name="limits_store", reason="should be memory:// or redis://host:6379"
            ) from error
        self._window = MovingWindowRateLimiter(self._storage)
        self._secret, self._clock = secret_key.encode(), clock

    def take(self, limit: Limit, *who: str) -> None:
        """Count one try of ``who``; raises ``TooManyTries`` (fact ``retry_after``) when none is left."""
        try:
            allowed = self._window.hit(_item(limit), limit.name, self.alias(limit.name, *who))
        except StorageError:
            return
        if not allowed:
            raise TooManyTries(retry_after=self.look(limit, *who).reset_seconds)

    def look(self, limit: Limit, *who: str) -> Allowance:
        """What is left, without counting."""
        try:
            stats = self._window.get_window_stats(_item(limit), limit.name, self.alias(limit.name, *who))
        except StorageError:
            return Allowance(limit, limit.tries, 0)
        return Allowance(limit, max(0, stats.remaining), max(1, round(stats.reset_time - time.time())))

    def forget(self, limit: Limit, *who: str) -> None:
        """Start counting anew, after a try that turned out to be rightful."""
        try:
            self._window.clear(_item(limit), limit.name, self.alias(limit.name, *who))
        except StorageError:
            return

    def alias(self, *parts: str) -> str:
        """A name for these parts that means nothing tomorrow."""
        day = self._clock().date().isoformat().encode()
        key = hmac.new(self._secret, b"limits " + day, hashlib.sha256).digest()
        return hmac.new(key, "\0".join(parts).encode(), hashlib.sha256).hexdigest()[: 2 * _DIGEST]


def _item(limit: Limit) -> RateLimitItemPerSecond:
    return RateLimitItemPerSecond(limit.tries, limit.seconds)
