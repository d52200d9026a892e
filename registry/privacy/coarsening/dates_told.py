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


_WEEKDAYS = "|".join(map(re.escape, _words("days", ("wide", "abbreviated"))))
_WEEKDAY = rf"(?:{_WEEKDAYS})\.?,?\s+(?:(?:the|le|el)\s+)?"
_STARTS = "".join(sorted({name[0].casefold() for name in (*_names(), *_WEEKDAYS.split("|"))}))
"""First letters: most words are left at their first."""
_NAMES = "|".join(map(re.escape, _names()))
_DAY = "|".join(
    (
        r"\d{4}[./-]\d{1,2}[./-]\d{1,2}",
        r"\d{1,2}[./]\d{1,2}[./]\d{2,4}",
        r"\d{1,2}-\d{1,2}-\d{4}",
        rf"\d{{1,2}}{_TURNED}{_OF}\s+(?=[^\W\d])(?:{_NAMES})\.?(?:{_OF}\s+\d{{4}})?",
        rf"(?:{_NAMES})\.?\s+(?:the\s+)?\d{{1,2}}{_TURNED}(?:,?\s+\d{{4}})?",
    )
)
_DAYS = re.compile(
    rf"(?=[\d{_STARTS}])(?<!\w)(?:(?:{_WEEKDAY})?(?:{_DAY})|{_WEEKDAY}\d{{1,2}}(?:st|nd|rd|th|er|º|ª))(?!\w)",
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
