"""Days and months that a text tells although the date was made less exact. Pure.

Only what is surely a date of the calendar: numbers with a year, or a number beside the name of a month in
one of the languages of the registry. Whatever is found is shown to a person, who changes the text.
"""

from __future__ import annotations

import re

from babel import Locale

LANGUAGES = ("en", "fr", "es", "ar", "ar_SY", "ar_MA")
SHORTEST = 3
"""Letters of a month's name that are looked for: shorter ones are words of other kinds."""
_TURNED = r"(?:st|nd|rd|th|er|º|ª)?"
_OF = r"(?:\s+(?:of|de|del|من)|,)?"


def _names() -> list[str]:
    """Every name of a month, the longest first."""
    names = {
        name.rstrip(".")
        for code in LANGUAGES
        for width in ("wide", "abbreviated")
        for name in Locale.parse(code).months["format"][width].values()
    }
    return sorted((name for name in names if len(name) >= SHORTEST), key=lambda name: (-len(name), name))


_STARTS = "".join(sorted({name[0].casefold() for name in _names()}))
"""First letters: most words are left at their first."""
_NAMES = "|".join(map(re.escape, _names()))
_DAY = "|".join(
    (
        r"\d{4}-\d{1,2}-\d{1,2}",
        r"\d{1,2}[./]\d{1,2}[./]\d{2,4}",
        rf"\d{{1,2}}{_TURNED}{_OF}\s+(?=[^\W\d])(?:{_NAMES})(?:{_OF}\s+\d{{4}})?",
        rf"(?:{_NAMES})\.?\s+\d{{1,2}}{_TURNED}(?:,?\s+\d{{4}})?",
    )
)
_DAYS = re.compile(rf"(?=[\d{_STARTS}])(?<!\w)(?:{_DAY})(?!\w)", re.IGNORECASE)
_MONTHS = re.compile(rf"(?=[{_STARTS}])(?<!\w)(?:{_NAMES})\.?{_OF}\s+\d{{4}}(?!\w)", re.IGNORECASE)


def told(text: str, *, months: bool) -> tuple[str, ...]:
    """Days that stand in the text, each once; with ``months`` a month with its year too."""
    found = [match.group() for match in _DAYS.finditer(text)]
    if months:
        found += [match.group() for match in _MONTHS.finditer(text)]
    return tuple(dict.fromkeys(found))
