"""What a stranger could compare accounts by, and from which rungs on two of them look alike. Pure.

Quasi-identifiers: place, time, sector, kind of system; the free parts (names of organizations,
links) only by whether they are there. What stands on a finest rung (a site, a district, a day, the name
of a system) is shared only by what says the same. Broader values are shared by whatever could be the
same: a record of "Eastern Africa, first quarter" may well be of Kenya in March. A record that keeps
silent about place or time shares neither: silence hides nobody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from registry.account.dates import coarser, first_day, last_day, told
from registry.account.regions import regions_of
from registry.privacy.coarsening.ladders import LADDERS, Levels, finest, real_countries
from registry.privacy.folding import fold
from registry.privacy.remembering import remembered

SEARCHED = ("place", "date", "system", "developers", "organizations", "links")
"""The ladders that change with whom a report is compared; reach does not."""
Rungs = tuple[int, ...]
"""A rung of each of these ladders, by number."""
Days = tuple[int, int]
"""First and last day, as ordinals."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The quasi-identifiers of one account; ``days`` runs from year to year as the date gets broader.

    ``written`` is one date where beginning and end are the same: a reader cannot tell how it was typed.
    """

    exact: str
    district: str
    countries: frozenset[str]
    regions: frozenset[str]
    written: tuple[str, ...]
    days: tuple[Days, ...]
    sectors: frozenset[str]
    systems: frozenset[str]
    names: frozenset[str]
    stands: Rungs


def outline(account: Mapping[str, Any]) -> Outline:
    """The outline of an account in its JSON form."""
    place, coded = account.get("place") or {}, account.get("classification") or {}
    happened, entities = account.get("happened") or {}, account.get("entities") or {}
    countries = real_countries(account)
    written = tuple(dict.fromkeys(told(happened)))
    return Outline(
        exact=_same(place.get("exact") or ""),
        district=_same(place.get("district") or ""),
        countries=frozenset(countries),
        regions=frozenset((*(account.get("regions") or ()), *regions_of(countries))),
        written=written,
        days=_days(written),
        sectors=frozenset(coded.get("sector") or ()),
        systems=frozenset(coded.get("system") or ()),
        names=frozenset(_same(name) for name in entities.get("systems") or ()),
        stands=rungs(finest(account)),
    )


def rungs(levels: Levels) -> Rungs:
    """These levels by number, on the ladders that are searched."""
    return tuple(levels.at(ladder) for ladder in SEARCHED)


def first_shared(ours: Outline, theirs: Outline) -> Rungs | None:
    """From which rungs on (of ours) the other looks like ours; None when it never does."""
    if ours.sectors and not ours.sectors & theirs.sectors:
        return None
    if ours.systems and not ours.systems & theirs.systems:
        return None
    date = _date(ours, theirs)
    if date is None:
        return None
    named = 0 if not ours.names or ours.names & theirs.names else 1
    return (_place(ours, theirs), date, named, *(_by_presence(ours, theirs, one) for one in _PRESENCE))


_PRESENCE = tuple(SEARCHED.index(ladder) for ladder in ("developers", "organizations", "links"))
_EXACT, _DISTRICT, _COUNTRY, _REGION, _WITHHELD = range(len(LADDERS["place"]))


def _by_presence(ours: Outline, theirs: Outline, ladder: int) -> int:
    """Where ours gives something, theirs has to give something too."""
    return 0 if ours.stands[ladder] > 0 or theirs.stands[ladder] == 0 else 1


def _place(ours: Outline, theirs: Outline) -> int:
    if not (ours.regions or ours.countries or ours.district or ours.exact):
        return _EXACT
    if ours.regions and not ours.regions & theirs.regions:
        return _WITHHELD
    if ours.countries and not _could_be_there(ours, theirs):
        return _REGION
    if ours.district and ours.district != theirs.district:
        return _COUNTRY
    if ours.exact and ours.exact != theirs.exact:
        return _DISTRICT
    return _EXACT


def _could_be_there(ours: Outline, theirs: Outline) -> bool:
    """Whether theirs names one of our countries, or no country and a region that ours lies in."""
    if theirs.countries:
        return bool(ours.countries & theirs.countries)
    return bool(ours.regions & theirs.regions)


def _date(ours: Outline, theirs: Outline) -> int | None:
    """The first rung at which both could be at the same time."""
    if not ours.written:
        return 0
    if not theirs.written:
        return None
    day_is_told = ours.stands[SEARCHED.index("date")] == 0
    for rung, (start, end) in enumerate(ours.days):
        if rung == 0 and day_is_told:
            if ours.written == theirs.written:
                return 0
        elif start <= theirs.days[0][1] and theirs.days[0][0] <= end:
            return rung
    return None


@remembered
def _days(written: tuple[str, ...]) -> tuple[Days, ...]:
    """The span at each rung of the ladder of dates."""
    if not written:
        return ()
    return tuple(
        (
            first_day(coarser(written[0], rung)).toordinal(),
            last_day(coarser(written[-1], rung)).toordinal(),
        )
        for rung in LADDERS["date"]
    )


def _same(text: str) -> str:
    """Spelling, spaces and signs make no other name."""
    return "".join(character for character in fold(text).text.casefold() if character.isalnum())
