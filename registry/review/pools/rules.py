"""What a reviewer wishes, what a report is like, and how the two fit. Pure.

Languages are a bound: a report in another one is never given. Fields of work and kinds of failure are
competence: whoever knows them comes first, and nobody is left without work for want of them. What somebody
would rather not read is a bound again, and needs no reason.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import Any, Final

from registry.errors import N_, Invalid, Problem
from registry.review.queue.rules import LANGUAGE

AT_ONCE_MAX: Final = 100
"""Reports that somebody may wish to hold at once, at most."""
AT_ONCE: Final = 10
"""Reports that are given to somebody who named no number."""
LANGUAGES_MAX: Final = 20
PAUSE_MAX: Final = timedelta(days=366)
AHEAD: Final = 2
"""So many reports more than others is somebody given who knows the field."""
GIVEN_FOR: Final = timedelta(days=2)
"""For how long a report that was given waits for its reviewer before somebody else is asked."""
ASKED_AGAIN: Final = timedelta(hours=1)
"""After which time it is asked again who could take a report for which there was nobody."""


DISTURBING: Final = frozenset({"harm/self-injury", "harm/harassment", "harm/child"})
"""Harms whose accounts stay folded until a reviewer opens them, whatever they wish."""


class Fit(IntEnum):
    """How well a report fits a reviewer."""

    NOT = 0
    READS = 1  # they read its language
    KNOWS = 2  # and know its field of work, or the kind of failure


@dataclass(frozen=True, slots=True)
class Traits:
    """What a report is like: a language without its region, and codes with those that they belong to."""

    language: str
    sectors: frozenset[str] = frozenset()
    failures: frozenset[str] = frozenset()
    harms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a reviewer wishes; empty sets mean any. ``until`` is the last day of a pause."""

    languages: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    failures: frozenset[str] = frozenset()
    spared: frozenset[str] = frozenset()
    most: int | None = None
    until: date | None = None

    @property
    def narrows(self) -> bool:
        """Whether what a report tells has to be known to say if it fits."""
        return bool(self.sectors or self.failures or self.spared)

    def pauses(self, today: date) -> bool:
        """Whether nothing is given to them today."""
        return self.until is not None and today <= self.until

    def is_full(self, held: int) -> bool:
        """Whether they hold as much as they wished to."""
        return self.most is not None and held >= self.most


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could take a report: how it fits them, and how many they hold or were given."""

    person_id: str
    fit: Fit
    load: int

    @property
    def weight(self) -> int:
        """The lightest is asked first."""
        return self.load - (AHEAD if self.fit is Fit.KNOWS else 0)


def fit(wishes: Wishes, report: Traits) -> Fit:
    """How a report fits somebody with these wishes."""
    if wishes.languages and report.language not in wishes.languages:
        return Fit.NOT
    if wishes.spared & report.harms:
        return Fit.NOT
    knows = wishes.sectors & report.sectors or wishes.failures & report.failures
    return Fit.KNOWS if knows else Fit.READS


def disturbing(wishes: Wishes, told: Sequence[str], broader: Mapping[str, str | None]) -> tuple[str, ...]:
    """The harms of an account that its reader should be warned of; ``broader`` names what each belongs to."""
    warned = DISTURBING | wishes.spared
    return tuple(code for code in told if code in warned or broader.get(code) in warned)


def may_be_given(wishes: Wishes, load: int, today: date) -> bool:
    """Whether somebody is asked at all, whatever the report."""
    return not wishes.pauses(today) and load < (AT_ONCE if wishes.most is None else wishes.most)


def in_turn(candidates: Sequence[Candidate], last: str | None = None) -> list[str]:
    """In which order people are asked: the lightest first, who had it ``last`` at the end.

    Equals keep the order in which they came, which is for chance to make.
    """
    return [one.person_id for one in sorted(candidates, key=lambda one: (one.person_id == last, one.weight))]


def read(raw: Mapping[str, Any], known: Mapping[str, Collection[str]], now: datetime) -> Wishes:
    """Wishes as they were sent, ``until`` as an ISO 8601 day; ``known`` holds the codes of each set.

    Raises ``Invalid`` naming every field that is wrong.
    """
    problems: list[Problem] = []
    languages = [each.lower() for each in raw.get("languages") or ()]
    if len(languages) > LANGUAGES_MAX or any(not re.fullmatch(LANGUAGE, each) for each in languages):
        message = N_("Name up to %(most)s languages by two or three letters each, as in: en fr")
        problems.append(Problem("/languages", message, {"most": LANGUAGES_MAX}))
    for name, codes in known.items():
        if not set(raw.get(name) or ()) <= set(codes):
            problems.append(Problem(f"/{name}", N_("This is not a code of the taxonomy.")))
    most, until = raw.get("most"), _read_day(raw.get("until"))
    problems += [*_bound(most), *_day(until, now.date())]
    if problems:
        raise Invalid(problems)
    sets = {name: frozenset(raw.get(name) or ()) for name in known}
    return Wishes(frozenset(languages), **sets, most=most, until=until)


def _bound(most: object) -> Iterator[Problem]:
    if most is not None and not (isinstance(most, int) and 1 <= most <= AT_ONCE_MAX):
        yield Problem("/most", N_("Between 1 and %(most)s."), {"most": AT_ONCE_MAX})


def _day(until: date | None, today: date) -> Iterator[Problem]:
    if until is not None and not today <= until <= today + PAUSE_MAX:
        message = N_("Write a day from today on, within a year, as year-month-day: 2026-12-24.")
        yield Problem("/until", message)


def _read_day(raw: str | None) -> date | None:
    """The day of a text in the form of ISO 8601; what is none is a day that nobody may name."""
    try:
        return date.fromisoformat(raw) if raw else None
    except ValueError:
        return date.min
