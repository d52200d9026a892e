"""Dates of any precision as spans of days, and days as numbers that sort: 2026-03-09 is 20260309."""

from __future__ import annotations

from datetime import date

from registry.account import Happened

NEVER = 0
"""Stands for no date at all."""


def first_day(written: str) -> int:
    """The earliest day that ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` can mean."""
    year, month, day = _parts(written)
    return year * 10_000 + (month or 1) * 100 + (day or 1)


def last_day(written: str) -> int:
    """The latest day that it can mean; months end on 31 here, which compares just as well."""
    year, month, day = _parts(written)
    return year * 10_000 + (month or 12) * 100 + (day or 31)


def span(happened: Happened | None) -> tuple[int, int]:
    """First and last possible day of an event; ``NEVER`` twice when nothing is known."""
    if happened is None:
        return NEVER, NEVER
    return first_day(happened.start), last_day(happened.end or happened.start)


def number(day: date) -> int:
    """A day as a number."""
    return day.year * 10_000 + day.month * 100 + day.day


def check(written: str) -> None:
    """Raise ``ValueError`` unless it is a real ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""
    if len(written) not in (4, 7, 10) or not written.isascii():
        raise ValueError(written)
    if not 1000 <= int(written[:4]) <= 9999:  # noqa: PLR2004 - four digits
        raise ValueError(written)
    date.fromisoformat(written + "1970-01-01"[len(written) :])


def _parts(written: str) -> tuple[int, int, int]:
    pieces = [int(piece) for piece in written.split("-")]
    year, month, day = [*pieces, 0, 0][:3]
    return year, month, day
