"""Two accounts of what may be one event, fact by fact: what agrees, differs, or stands on one side only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from registry.account import Account
from registry.account.dates import first_day, last_day
from registry.account.fields import NO_COUNTRY
from registry.account.types import Happened
from registry.errors import N_
from registry.privacy.placeholders import MARK
from registry.record.types import PublicRecord
from web.pages.messages import gettext
from web.pages.words import country, facet_title, happened, label

FACETS: Final = ("failure", "harm", "severity", "sector", "system")
"""Facets that are compared, in their order."""
NOT_KNOWN: Final = "/unknown"
"""How codes end that say that something is not known: two of them agree on nothing."""


class Match(StrEnum):
    """How two sides of one fact stand to one another."""

    SAME = "same"
    PART = "part"
    OTHER = "other"
    ONE = "one"
    HIDDEN = "hidden"


MATCHES: Final[Mapping[Match, tuple[str, str]]] = {
    Match.SAME: (N_("Agrees"), "ok"),
    Match.PART: (N_("Agrees in part"), "own"),
    Match.OTHER: (N_("Differs"), "warn"),
    Match.ONE: (N_("Known on one side only"), ""),
    Match.HIDDEN: (N_("Hidden, so nobody can tell"), ""),
}
"""Match → its words and the look of its badge."""


@dataclass(frozen=True, slots=True)
class Side:
    """An account, and its codes as they count: facet → codes."""

    account: Account
    codes: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """One fact of both: what it is called, here, and there, and how both stand to one another."""

    name: str
    here: str
    there: str
    match: Match

    @property
    def agrees(self) -> bool:
        """Whether both say the same, in part at least."""
        return self.match in (Match.SAME, Match.PART)

    @property
    def words(self) -> str:
        """The match in words."""
        return gettext(MATCHES[self.match][0])

    @property
    def look(self) -> str:
        """The look of its badge."""
        return MATCHES[self.match][1]


@dataclass(frozen=True, slots=True)
class _Told:
    """What one side says: in words, and as values that can be held against others."""

    words: str
    values: frozenset[str]


def of_account(account: Account) -> Side:
    """A submission as its reader may read it."""
    return Side(account, account.classification)


def of_record(record: PublicRecord) -> Side:
    """A public record."""
    return Side(record.account, record.codes())


def rows(this: Side, other: Side) -> tuple[Row, ...]:
    """Every fact that one of both tells of."""
    return tuple(_rows(this, other))


def _rows(this: Side, other: Side) -> Iterator[Row]:
    both = (this.account, other.account)
    yield from _row(gettext("Title"), *(_names([one.title]) for one in both))
    yield from _when(*(one.happened for one in both))
    yield from _row(gettext("Where"), *map(_places, both))
    named = [one.entities for one in both]
    yield from _row(gettext("Systems"), *(_names(one.systems) for one in named))
    yield from _row(gettext("Developers"), *(_names(one.developers) for one in named))
    yield from _row(gettext("Deployers"), *(_names(one.deployers) for one in named))
    yield from _row(gettext("Harmed or nearly harmed"), *(_names(one.harmed) for one in named))
    for facet in FACETS:
        yield from _row(facet_title(facet), *(_codes(one.codes.get(facet, ())) for one in (this, other)))


def _row(name: str, here: _Told, there: _Told) -> Iterator[Row]:
    match = _match(here, there)
    if match is not None:
        yield Row(name, here.words, there.words, match)


def _match(here: _Told, there: _Told) -> Match | None:
    """How both sides stand to one another; None where neither says anything."""
    shared, hidden = here.values & there.values, MARK.search(here.words) or MARK.search(there.words)
    if hidden and not shared and here.words and there.words:
        return Match.HIDDEN
    if not (here.values or there.values):
        return Match.ONE if hidden else None
    if not (here.values and there.values):
        return Match.ONE
    if here.values == there.values and not hidden:
        return Match.SAME
    return Match.PART if shared else Match.OTHER


def _when(here: Happened | None, there: Happened | None) -> Iterator[Row]:
    """The days; one that lies within the other agrees in part."""
    told = [_Told(happened(one), frozenset(one.told if one else ())) for one in (here, there)]
    for row in _row(gettext("When"), *told):
        near = row.match is Match.OTHER and here and there and _overlap(here.told, there.told)
        yield Row(row.name, row.here, row.there, Match.PART if near else row.match)


def _overlap(here: tuple[str, ...], there: tuple[str, ...]) -> bool:
    return first_day(here[0]) <= last_day(there[-1]) and first_day(there[0]) <= last_day(here[-1])


def _names(names: Iterable[str]) -> _Told:
    """Names as they were written; one that is hidden agrees with none."""
    known = [name for name in names if name.strip()]
    plain = (" ".join(name.casefold().split()) for name in known if not MARK.search(name))
    return _Told(", ".join(known), frozenset(plain))


def _places(account: Account) -> _Told:
    codes = [code for code in (*account.countries, *account.regions) if code not in NO_COUNTRY]
    finer = [part for part in (account.place.exact, account.place.district) if part]
    exact = _names(finer)
    shown = [*finer, *(country(code) for code in (*account.countries, *account.regions))]
    return _Told(", ".join(shown), exact.values | frozenset(codes))


def _codes(codes: Iterable[str]) -> _Told:
    held = tuple(codes)
    known = frozenset(code for code in held if not code.endswith(NOT_KNOWN))
    return _Told(", ".join(label(code) for code in held), known)
