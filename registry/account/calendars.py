"""Years that are plainly of another calendar than the international one, and what to say of them. Pure."""

from __future__ import annotations

import re

from registry.errors import N_

LONGEST = 60
"""Characters of a date that are looked at."""
BUDDHIST = range(2450, 2650)
BUDDHIST_AHEAD = 543
OTHER_CALENDARS = (range(1300, 1500), range(5600, 5900))
"""Years that are the present of the Islamic and Persian calendars, and of the Hebrew one."""
NOT_OURS = N_(
    "%(year)s looks like a year of another calendar. Write the year of the international (Gregorian) "
    "calendar, such as 2026."
)
THAI = N_(
    "%(year)s looks like a year of the Buddhist calendar. In the international (Gregorian) calendar it "
    "is %(ours)s: write that, if you mean it."
)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


def of_another(written: str) -> tuple[str, dict[str, object]] | None:
    """The msgid and its facts for a date, in digits of any script, whose year is of another calendar."""
    for year in (int(digits) for digits in _YEAR.findall(written[:LONGEST])):
        if year in BUDDHIST:
            return THAI, {"year": year, "ours": year - BUDDHIST_AHEAD}
        if any(year in years for years in OTHER_CALENDARS):
            return NOT_OURS, {"year": year}
    return None
