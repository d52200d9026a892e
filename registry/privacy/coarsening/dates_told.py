"""Days and months that a text tells although the date was made less exact. Pure.

Only what is surely a date of the calendar: numbers with a year, or a number beside the name of a month in
one of the languages of the registry. Whatever is found is shown to a person, who changes the text.
"""

from __future__ import annotations

import re

from babel import Locale

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
    found = list(_DAYS.finditer(folded.text))
    if months:
        found += _MONTHS.finditer(folded.text)
    spans = (folded.span(*match.span()) for match in found)
    return tuple(dict.fromkeys(text[start:end] for start, end in spans))
