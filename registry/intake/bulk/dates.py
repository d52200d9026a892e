"""Dates as people and spreadsheets write them, made into the form of an account. Pure.

``2026``, ``2026-03``, ``2026-03-15`` stay; digits of other scripts, slashes and dots, a time of day
behind it, month before year and months by name (``March 2026``, ``5 mars 2026``) are understood where
they can mean one thing only. ``03/04/2026`` can mean two, and is refused. A year of another calendar is
read as it stands, and the check says whose it is.
"""

from __future__ import annotations

import re

from registry.account import typed_dates
from registry.account.calendars import of_another
from registry.errors import N_
from registry.intake.bulk.cells import plain_digits
from registry.intake.bulk.table import Note

TWO_WAYS = N_("“%(date)s” can be read in two ways. Write the date as 2026-03-15: year, month, day.")
SAID_HERE = frozenset({typed_dates.NO_YEAR, typed_dates.TWO_DATES, typed_dates.QUARTERS})
"""What the check of an account could not say as clearly."""
MONTHS = 12
_ISO = re.compile(
    r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?"
    r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_MONTH_FIRST = re.compile(r"(\d{1,2})[-/.](\d{4})")


def read(cell: str) -> tuple[str, Note | None]:
    """The date in ISO form, and what is wrong; what is no date is given back for the check to refuse."""
    written = plain_digits(cell.strip().lstrip("\u200e\u200f"))
    iso = _ISO.fullmatch(written)
    if iso is not None:
        return _joined(iso[1], iso[2], iso[3]), None
    month = _MONTH_FIRST.fullmatch(written)
    if month is not None:
        return _joined(month[2], month[1], None), None
    either = _DAY_FIRST.fullmatch(written)
    if either is None:
        return _in_words(written)
    first, second, year = int(either[1]), int(either[2]), either[3]
    if first <= MONTHS and second <= MONTHS and first != second and not of_another(year):
        return written, Note(TWO_WAYS, {"date": written})
    day, month_number = (second, first) if second > MONTHS else (first, second)
    return _joined(year, str(month_number), str(day)), None


def _in_words(written: str) -> tuple[str, Note | None]:
    """A date that names its month or quarter; a sentence where a part is missing or there are two."""
    if not any(sign.isalpha() for sign in written):
        return written, None
    reading = typed_dates.read(written)
    if len(reading.dates) == 1:
        return reading.dates[0], None
    return written, Note(reading.problem) if reading.problem in SAID_HERE else None


def _joined(year: str, month: str | None, day: str | None) -> str:
    return "-".join([year, *(part.zfill(2) for part in (month, day) if part)])
