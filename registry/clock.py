"""Time, injected: rules and services never ask the machine for it themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

Clock = Callable[[], datetime]
"""Gives the present moment, aware and in UTC."""


def system_clock() -> datetime:
    """The machine's time in UTC, to the second: nothing here needs finer, and finer tells more."""
    return datetime.now(UTC).replace(microsecond=0)


def today(clock: Clock) -> date:
    """The present day in UTC, the finest that public data ever carries."""
    return clock().date()
