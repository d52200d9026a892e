"""When this process looked at each peer, and which it did not read to the end: who comes next. Pure.

The public side keeps days only, so this is forgotten when the process ends; everybody is looked at then.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

HINTED: Final = timedelta(seconds=30)
"""Between two looks at a peer that is said to have news: a hint from anybody must not cost much."""
SOONER: Final = timedelta(hours=1)
"""Between two looks at whether a node that cosigned this node's log, and so reads it, hands it on by now."""
_NEVER: Final = datetime.min.replace(tzinfo=UTC)


class Looks:
    """Who was looked at when."""

    def __init__(self) -> None:
        self._tried: dict[str, datetime] = {}
        self._unfinished: set[str] = set()

    def note(self, short: str, now: datetime, *, more: bool) -> None:
        """A peer was looked at now, and there was ``more`` than was read."""
        self._tried[short] = now
        (self._unfinished.add if more else self._unfinished.discard)(short)

    def next(self, peers: Iterable[tuple[str, bool]], now: datetime, every: timedelta) -> str | None:
        """Who of these (short id, hinted) was looked at longest ago, if long enough or if there is more."""
        due = [short for short, hinted in peers if self._is_due(short, now, _often(every, hinted=hinted))]
        return min(due, key=lambda short: self._tried.get(short, _NEVER), default=None)

    def _is_due(self, short: str, now: datetime, every: timedelta) -> bool:
        if short in self._unfinished or short not in self._tried:
            return True
        return now - self._tried[short] >= every


class Sooner:
    """When it was asked last whether a peer hands on this node's log by now, beside once a day."""

    def __init__(self) -> None:
        self._asked: dict[str, datetime] = {}

    def is_due(self, short: str, now: datetime) -> bool:
        """Whether to ask now; then it counts as asked."""
        if now - self._asked.get(short, _NEVER) < SOONER:
            return False
        self._asked[short] = now
        return True


def _often(every: timedelta, *, hinted: bool) -> timedelta:
    return min(every, HINTED) if hinted else every
