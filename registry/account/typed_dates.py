"""Reading a date as people type it into a form or a cell, without guessing. Pure.

``2026``, ``Q1 2026``, ``3/2026``, ``March 2026``, ``12.03.2026``, ``5 de marzo de 2026``, ``٥ مارس ٢٠٢٦``
and ISO forms are understood, as precise as they are; ``03/04/2026`` has two meanings and gets both; a year
that is plainly of another calendar gets a sentence that says so. Whether the day exists, and whether it is
in the future, is for the account's own check.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache

from babel import Locale

from registry.account import calendars
from registry.account.calendars import LONGEST
from registry.errors import N_

MONTHS = 12
LOCALES = ("en", "fr", "es", "ar", "ar_SY", "ar_IQ", "ar_MA", "ar_DZ", "pt", "sw")
"""Languages whose names of months are understood, whichever language the page is in."""
_WORDS_AROUND = (
    "of the on in de del el la le les en du au anno ano year annee dia jour day st nd rd th er re o a um em "
    "tarehe mwaka سنة عام في من يوم شهر م 年 月 日"
)
_FILLERS = frozenset(_WORDS_AROUND.split())
"""Words and endings that stand around the parts of a date and add nothing."""
_YEAR, _DATE_DIGITS, _MONTH_DIGITS = 4, 8, 6
_PIECES = re.compile(r"\d+|[^\W\d_]+|[./\-–—]", re.UNICODE)
_TIME = re.compile(r"^(\d{4}-\d{1,2}-\d{1,2})[t ]\d{1,2}:\d{2}.*$")
_QUARTERS: dict[str, tuple[str, ...]] = {
    "1": ("1", "first", "premier", "primer", "اول"),
    "2": ("2", "second", "deuxieme", "segundo", "ثاني"),
    "3": ("3", "third", "troisieme", "tercer", "ثالث"),
    "4": ("4", "fourth", "quatrieme", "cuarto", "رابع"),
}
"""Number of a quarter → how it is written, folded; pages write the ordinals with a number, and the Arabic."""
_NUMBERS = {word: number for number, words in _QUARTERS.items() for word in words}
_WHICH = "|".join(_NUMBERS)
_QUARTER = re.compile(
    r"(?<!\w)(?:q|t|quarter|trimestre)\s*([1-4])(?!\d)|(?<!\d)([1-4])\s*(?:q|t)(?!\w)|"
    rf"(?<!\w)({_WHICH})\.?(?:st|nd|rd|th|ere?|e|eme|o)?\s*(?:quarter|trimestre)(?!\w)|"
    rf"(?<!\w)(?:ال)?ربع\s+(?:ال)?({_WHICH})(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text can mean: one date, two, or none and why.

    Dates are ``YYYY``, ``YYYY-Qn``, ``YYYY-MM`` or ``YYYY-MM-DD``; ``problem`` is a msgid with its ``facts``.
    """

    dates: tuple[str, ...] = ()
    problem: str = ""
    facts: dict[str, object] = field(default_factory=dict)


UNREADABLE = N_("Write a year, a month with its year, or a day: %(year)s, %(month)s or %(day)s.")
"""Its facts are examples in the reader's language."""
NO_YEAR = N_("Write the year too, with all four digits; a year alone is enough.")
TWO_DATES = N_("Write one date here: when it began. When it ended is another question.")
QUARTERS = N_("Write a quarter with its year, such as Q1 2026.")
NO_MONTH = N_("There are only twelve months: check the date, or write the month as a word.")


def read(typed: str) -> Reading:
    """What somebody means by a date."""
    text = plain(typed[:LONGEST])
    if not text or len(typed) > LONGEST:
        return Reading(problem=UNREADABLE)
    quarter = _QUARTER.search(text)
    if quarter is not None:
        return _in_quarter(quarter, text)
    text = _TIME.sub(r"\1", text)
    month, rest = _named_month(text)
    pieces = [piece for piece in _PIECES.findall(rest) if piece not in _FILLERS]
    numbers = [piece for piece in pieces if piece.isdecimal()]
    wrong = _of_another_calendar(numbers)
    if wrong is not None:
        return wrong
    if month == 0:
        return Reading(problem=TWO_DATES)
    if any(piece.isalpha() for piece in pieces) or not (numbers or month):
        return Reading(problem=UNREADABLE)
    return _dated(numbers, month, dotted="." in pieces and "/" not in pieces)


def _in_quarter(quarter: re.Match[str], text: str) -> Reading:
    """A quarter of the year beside it."""
    rest = text[: quarter.start()] + " " + text[quarter.end() :]
    numbers = [piece for piece in _PIECES.findall(rest) if piece.isdecimal()]
    wrong = _of_another_calendar(numbers)
    if wrong is not None:
        return wrong
    if len(numbers) != 1 or len(numbers[0]) != _YEAR:
        return Reading(problem=QUARTERS)
    which = next(part for part in quarter.groups() if part)
    return Reading((f"{numbers[0]}-Q{_NUMBERS[which]}",))


def _dated(numbers: list[str], month: int | None, *, dotted: bool) -> Reading:
    if month is None and len(numbers) == 1 and len(numbers[0]) in (_DATE_DIGITS, _MONTH_DIGITS):
        numbers = [part for part in (numbers[0][:4], numbers[0][4:6], numbers[0][6:]) if part]
    years = [number for number in numbers if len(number) == _YEAR]
    others = [number for number in numbers if len(number) != _YEAR]
    if len(years) > 1:
        return Reading(problem=TWO_DATES)
    if not years:
        return Reading(problem=NO_YEAR)
    most = 1 if month else 2
    if len(others) > most or any(len(number) > 2 for number in others):  # noqa: PLR2004 - days and months
        return Reading(problem=UNREADABLE)
    small = [int(number) for number in others]
    if month is not None:
        return Reading((_iso(years[0], month, *small),))
    return _by_numbers(years[0], small, year_first=numbers[0] == years[0], dotted=dotted)


def _by_numbers(year: str, small: list[int], *, year_first: bool, dotted: bool) -> Reading:
    """Month and day as numbers: after the year the month comes first, with dots the day does."""
    if not small:
        return Reading((year,))
    months = [number for number in small if 1 <= number <= MONTHS]
    if not months:
        return Reading(problem=NO_MONTH)
    if len(small) == 1:
        return Reading((_iso(year, small[0]),))
    first, second = small
    by_day, by_month = _iso(year, second, first), _iso(year, first, second)
    if len(months) == 1:  # the other number can only be the day
        return Reading((by_month if first == months[0] else by_day,))
    if year_first:
        return Reading((by_month,))
    return Reading((by_day,) if dotted or first == second else (by_day, by_month))


def _of_another_calendar(numbers: list[str]) -> Reading | None:
    foreign = calendars.of_another(" ".join(numbers))
    return None if foreign is None else Reading(problem=foreign[0], facts=foreign[1])


def _iso(year: str, month: int, day: int | None = None) -> str:
    return f"{year}-{month:02}" + (f"-{day:02}" if day is not None else "")


def plain(typed: str) -> str:
    """Small letters without accents, Latin digits, nothing invisible, single blanks."""
    apart = unicodedata.normalize("NFKD", typed.casefold())
    kept = (sign for sign in apart if unicodedata.category(sign) not in ("Mn", "Cf"))
    latin = (str(unicodedata.decimal(sign)) if unicodedata.category(sign) == "Nd" else sign for sign in kept)
    return " ".join("".join(latin).split())


def _named_month(text: str) -> tuple[int | None, str]:
    """The month that is named, 0 for several, None for none; and the text without its name."""
    names, pattern = _months()
    found = {names[name] for name in pattern.findall(text)}
    month = None if not found else found.pop() if len(found) == 1 else 0
    return month, pattern.sub(" ", text)


@cache
def _months() -> tuple[dict[str, int], re.Pattern[str]]:
    """Name of a month, folded → its number; and what finds one, the longest first."""
    names: dict[str, int] = {}
    for locale in (Locale.parse(code) for code in LOCALES):
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in locale.months[context][width].items():
                    names.setdefault(plain(name).rstrip("."), number)
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    return names, re.compile(rf"(?<!\w)({'|'.join(longest_first)})(?!\w)\.?")
