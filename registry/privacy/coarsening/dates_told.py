"""Days and months that a text tells although the date was made less exact. Pure.

Only what is surely a date of the calendar: numbers with a year, or a number beside the name of a month in
one of the languages of the registry; and day and month alone ("5/3") close to when it happened. Whatever is
found is shown to a person, who changes the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from babel import Locale

from registry.account.dates import first_day, last_day
from registry.privacy.folding import fold

LANGUAGES = ("en", "fr", "es", "ar", "ar_SY", "ar_MA")
SHORTEST = 3
"""Letters of a month's name that are looked for: shorter ones are words of other kinds."""
_TURNED = r"(?:st|nd|rd|th|er|º|ª)?"
_OF = r"(?:\s+(?:of|de|del|من)|,)?"


def _names() -> list[str]:
    """Every name of a month, the longest first."""
    return _words("months", ("wide", "abbreviated"))


def _words(what: str, widths: tuple[str, ...]) -> list[str]:
    """Names of months or weekdays as folded texts have them, the longest first."""
    names = {
        fold(name).text.rstrip(".")
        for code in LANGUAGES
        for width in widths
        for name in getattr(Locale.parse(code), what)["format"][width].values()
    }
    return sorted((name for name in names if len(name) >= SHORTEST), key=lambda name: (-len(name), name))


def _either(names: list[str]) -> str:
    """A pattern for one of the names, longest first, that tries only those of the same first letter."""
    by_letter: dict[str, list[str]] = {}
    for name in names:
        by_letter.setdefault(name[0], []).append(re.escape(name[1:]))
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in by_letter.items())


_WEEKDAY_NAMES = _words("days", ("wide", "abbreviated"))
_WEEKDAY = rf"(?:{_either(_WEEKDAY_NAMES)})\.?,?\s+(?:(?:the|le|el)\s+)?"
_STARTS = "".join(sorted({name[0].casefold() for name in (*_names(), *_WEEKDAY_NAMES)}))
"""First letters: most words are left at their first."""
_NAMES = _either(_names())
_NUMBERED = (
    r"(?:\d{4}[./-]\d{1,2}[./-]\d{1,2}"
    r"|\d{1,2}(?:[./]\d{1,2}[./]\d{2,4}|-\d{1,2}-\d{4}"
    rf"|{_TURNED}{_OF}\s+(?=[^\W\d])(?:{_NAMES})\.?(?:{_OF}\s+\d{{4}})?))"
)
_NAMED = rf"(?:{_NAMES})\.?\s+(?:the\s+)?\d{{1,2}}{_TURNED}(?:,?\s+\d{{4}})?"
_OF_WEEK = rf"{_WEEKDAY}(?:{_NUMBERED}|{_NAMED}|\d{{1,2}}(?:st|nd|rd|th|er|º|ª))"
# A digit or a letter decides which half can match at all: names are never tried on a number.
_DAYS = re.compile(
    rf"(?=[\d{_STARTS}])(?<!\w)(?:(?=\d){_NUMBERED}|(?=\D)(?:{_OF_WEEK}|{_NAMED}))(?!\w)",
    re.IGNORECASE,
)
_MONTHS = re.compile(
    rf"(?=[\d{_STARTS}])(?<![\w./-])"
    rf"(?:(?:{_NAMES})\.?{_OF}\s+\d{{4}}|\d{{4}}-\d{{2}}|(?:0?[1-9]|1[0-2])[./]\d{{4}})(?![\w/-])",
    re.IGNORECASE,
)


def told(text: str, *, months: bool) -> tuple[str, ...]:
    """Days as they stand in the text, each once; with ``months`` a month with its year too."""
    folded = fold(text)
    found = [match.span() for match in _DAYS.finditer(folded.text)]
    if months:
        ends = {end for _, end in found}
        found += [match.span() for match in _MONTHS.finditer(folded.text) if match.end() not in ends]
    spans = (folded.span(*span) for span in found)
    return tuple(dict.fromkeys(text[start:end] for start, end in spans))


_PAIR = re.compile(r"(?<![\w./-])(\d{1,2})/(\d{1,2})(?![\w/-]|[.,]\d|\s*%)")
_MOST_DAYS, _MONTHS_OF_YEAR = 31, 12


def days_without_year(text: str, answered: Sequence[str]) -> tuple[str, ...]:
    """Day and month in numbers as they stand in the text, in either order, each once.

    ``answered`` holds the dates of the account, first and last. Only their months and the ones beside
    them count, as 3/4 may be a share and 24/7 is no day.
    """
    if not answered:
        return ()
    near, folded = _months_near(answered), fold(text)
    spans = (
        folded.span(*match.span())
        for match in _PAIR.finditer(folded.text)
        if _is_day(int(match[1]), int(match[2]), near) or _is_day(int(match[2]), int(match[1]), near)
    )
    return tuple(dict.fromkeys(text[start:end] for start, end in spans))


def _is_day(day: int, month: int, near: frozenset[int]) -> bool:
    return 1 <= day <= _MOST_DAYS and month in near and (day, month) != (24, 7)


def _months_near(answered: Sequence[str]) -> frozenset[int]:
    """Months (1 to 12) from the one before the first date to the one after the last."""
    first, last = first_day(answered[0]), last_day(answered[-1])
    start = first.year * _MONTHS_OF_YEAR + first.month - 1
    end = last.year * _MONTHS_OF_YEAR + last.month - 1
    end = min(end, start + _MONTHS_OF_YEAR)
    return frozenset(number % _MONTHS_OF_YEAR + 1 for number in range(start - 1, end + 2))
