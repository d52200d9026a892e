"""Time is aware, in UTC, and no finer than a second."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from registry.clock import system_clock, today
from tests.conftest import SettableClock


def test_the_system_clock_gives_whole_seconds_in_utc() -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    now = system_clock()
    assert before <= now <= datetime.now(UTC)
    assert now.tzinfo is UTC
    assert now.microsecond == 0


def test_today_is_the_day_of_the_clock(clock: SettableClock) -> None:
    assert today(clock) == date(2026, 11, 24)
    clock.forward(hours=15)
    assert today(clock) == date(2026, 11, 25)


def test_a_clock_may_stand_in_any_zone_but_days_are_as_it_says() -> None:
    tonga = timezone(timedelta(hours=13))
    assert today(lambda: datetime(2026, 1, 1, 3, tzinfo=tonga).astimezone(UTC)) == date(2025, 12, 31)
