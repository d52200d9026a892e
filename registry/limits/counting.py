"""The limiter: who is let through, under which name they are counted, and what happens without the store."""

from __future__ import annotations

import hashlib
import hmac
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pkgutil import resolve_name

import structlog

from registry.clock import Clock
from registry.errors import CommonsError, SettingError, TooManyTries
from registry.limits.stores import Count, MemoryStore, Store, StoreAway

PAUSE = 5.0
"""Seconds for which a store that did not answer is not asked again: nobody should wait for it."""
SILENCE = 60.0
"""Seconds between two log lines that say so."""
_DIGEST = 16
_log = structlog.get_logger()


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
    """Counts tries in the store that the setting ``limits_store`` names; safe for threads.

    When Redis does not answer, this process counts by itself: people are let through as far as the
    limits go here, rather than locked out or let through without end. ``ticks`` gives seconds that
    never run backwards.
    """

    def __init__(
        self, store: str, secret_key: str, clock: Clock, ticks: Callable[[], float] = time.monotonic
    ) -> None:
        self._memory = MemoryStore(ticks)
        self._shared = _shared(store)
        self._secret, self._clock, self._ticks = secret_key.encode(), clock, ticks
        self._key: tuple[date, bytes] | None = None
        self._ask_again = self._say_again = -math.inf

    def take(self, limit: Limit, *who: str) -> Allowance:
        """Count one try of ``who`` and say what is left.

        Raises ``TooManyTries`` (facts ``retry_after`` and ``limit``) when none was left; such a try is
        not counted, so who goes on trying is let in again as soon as who waits.
        """
        count = self._ask(limit, who, adding=True)
        allowance = _allowance(limit, count)
        if not count.allowed:
            raise TooManyTries(retry_after=allowance.reset_seconds, limit=limit.name)
        return allowance

    def look(self, limit: Limit, *who: str) -> Allowance:
        """What is left, without counting."""
        return _allowance(limit, self._ask(limit, who, adding=False))

    def forget(self, limit: Limit, *who: str) -> None:
        """Start counting anew, after a try that turned out to be rightful."""
        key = self._name(limit, who)
        self._everywhere(lambda store: store.forget(key))

    @contextmanager
    def taken(self, limit: Limit, *who: str) -> Iterator[None]:
        """Count one try of what is done inside; what an error of the field ends there does not count.

        Raises ``TooManyTries`` as ``take`` does, before anything is done. For what must not be used up by
        requests that come to nothing: the letters that one mailbox gets.
        """
        self.take(limit, *who)
        try:
            yield
        except CommonsError:
            key = self._name(limit, who)
            self._everywhere(lambda store: store.give_back(key))
            raise

    def alias(self, *parts: str) -> str:
        """A name for these parts that means nothing tomorrow."""
        return hmac.new(self._key_of_today(), "\0".join(parts).encode(), hashlib.sha256).hexdigest()[
            : 2 * _DIGEST
        ]

    def _ask(self, limit: Limit, who: tuple[str, ...], *, adding: bool) -> Count:
        key = self._name(limit, who)
        if self._shared is not None and self._ticks() >= self._ask_again:
            try:
                return self._shared.count(key, limit.tries, limit.seconds, adding=adding)
            except StoreAway as error:
                self._is_away(error)
        return self._memory.count(key, limit.tries, limit.seconds, adding=adding)

    def _everywhere(self, act: Callable[[Store], None]) -> None:
        act(self._memory)
        if self._shared is not None and self._ticks() >= self._ask_again:
            try:
                act(self._shared)
            except StoreAway as error:
                self._is_away(error)

    def _name(self, limit: Limit, who: tuple[str, ...]) -> str:
        return f"{limit.name}:{self.alias(limit.name, *who)}"

    def _key_of_today(self) -> bytes:
        day, known = self._clock().date(), self._key
        if known is None or known[0] != day:
            key = hmac.new(self._secret, b"limits " + day.isoformat().encode(), hashlib.sha256).digest()
            self._key = known = (day, key)
        return known[1]

    def _is_away(self, error: StoreAway) -> None:
        now = self._ticks()
        self._ask_again = now + PAUSE
        if now >= self._say_again:
            self._say_again = now + SILENCE
            _log.warning("limits store does not answer", error=type(error.__cause__).__name__, kind="limits")


def _shared(store: str) -> Store | None:
    if store == "memory://":
        return None
    opened: Callable[[str], Store] = resolve_name("registry.limits.redis_store:RedisStore")
    try:
        return opened(store)
    except (StoreAway, ValueError) as error:
        raise SettingError(name="limits_store", reason="should be memory:// or redis://host:6379") from error


def _allowance(limit: Limit, count: Count) -> Allowance:
    return Allowance(limit, max(0, limit.tries - count.used), max(1, math.ceil(count.wait)))
