"""Dates as they are written in an account: as long as they are precise. Pure.

``2026-03-05`` is a day, ``2026-03`` a month, ``2026-Q1`` a quarter, ``2026`` a year.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

PRECISIONS = ("day", "month", "quarter", "year")
"""From the most precise on."""
NO_DATE = ("unknown", "withheld")
"""Answers that stand in place of the day on which it began; they are no dates."""
MONTHS_OF_QUARTER = 3
_WRITTEN = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(\d{2})(?:-(\d{2}))?))?", re.ASCII)


def is_written(value: object) -> bool:
    """Whether it has one of the four forms; the calendar may still know no such day."""
    return isinstance(value, str) and _WRITTEN.fullmatch(value) is not None


def told(happened: Mapping[str, Any]) -> tuple[str, ...]:
    """The dates that stand in ``happened`` of an account, its beginning first: none, one or two."""
    written = (happened.get(key) for key in ("from", "to"))
    return tuple(one for one in written if one and one not in NO_DATE)


def precision(written: str) -> str:
    """``day``, ``month``, ``quarter`` or ``year``; raises ``ValueError`` for another form."""
    _, quarter, month, day = _parts(written)
    if quarter is not None:
        return "quarter"
    if month is None:
        return "year"
    return "month" if day is None else "day"


def first_day(written: str) -> date:
    """The first day that it can mean: ``2026-03`` and ``2026-Q1`` begin on 1 March and 1 January."""
    year, quarter, month, day = _parts(written)
    if quarter is not None:
        month = (quarter - 1) * MONTHS_OF_QUARTER + 1
    return date(year, 1 if month is None else month, 1 if day is None else day)


def last_day(written: str) -> date:
    """The last day that it can mean: ``2026-02`` ends on 28 February, ``2026-Q1`` on 31 March."""
    year, quarter, month, day = _parts(written)
    if quarter is not None:
        month = quarter * MONTHS_OF_QUARTER
    month = 12 if month is None else month
    return date(year, month, calendar.monthrange(year, month)[1] if day is None else day)


def quarter_of(written: str) -> tuple[int, int]:
    """Year and number (1 to 4) of a date written as a quarter; raises ``ValueError`` for any other."""
    year, quarter, _, _ = _parts(written)
    if quarter is None:
        raise ValueError(written)
    return year, quarter


def coarser(written: str, wanted: str) -> str:
    """The date at ``wanted`` precision, or as it is where it is no more precise than that."""
    if PRECISIONS.index(precision(written)) >= PRECISIONS.index(wanted):
        return written
    start = first_day(written)
    if wanted == "month":
        return f"{start:%Y-%m}"
    if wanted == "quarter":
        return f"{start:%Y}-Q{(start.month - 1) // MONTHS_OF_QUARTER + 1}"
    return f"{start:%Y}"


def _parts(written: str) -> tuple[int, int | None, int | None, int | None]:
    match = _WRITTEN.fullmatch(written)
    if match is None:
        raise ValueError(written)
    year, quarter, month, day = (int(part) if part else None for part in match.groups())
    if year is None:
        raise ValueError(written)
    return year, quarter, month, day
