"""Dates of any precision as spans of days, and days as numbers that sort: 2026-03-09 is 20260309."""

from __future__ import annotations

from datetime import date

from registry.account import Happened, dates

NEVER = 0
"""Stands for no date at all."""


def first_day(written: str) -> int:
    """The earliest day that ``YYYY``, ``YYYY-Q1``, ``YYYY-MM`` or ``YYYY-MM-DD`` can mean."""
    return number(dates.first_day(written))


def last_day(written: str) -> int:
    """The latest day that it can mean."""
    return number(dates.last_day(written))


def span(happened: Happened | None) -> tuple[int, int]:
    """First and last possible day of an event; ``NEVER`` twice when nothing is known."""
    if happened is None or not happened.told:
        return NEVER, NEVER
    return first_day(happened.told[0]), last_day(happened.told[-1])


def number(day: date) -> int:
    """A day as a number."""
    return day.year * 10_000 + day.month * 100 + day.day


def check(written: str) -> None:
    """Raise ``ValueError`` unless it is a real date of one of these forms, of a year with four digits."""
    if dates.first_day(written).year < 1000:  # noqa: PLR2004 - four digits
        raise ValueError(written)
