"""The ladders, where an account stands on each, and a choice of rungs. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from registry.account.dates import PRECISIONS, precision, told
from registry.account.fields import NO_COUNTRY
from registry.privacy.coarsening.descriptors import is_descriptor

LADDERS: dict[str, tuple[str, ...]] = {
    "place": ("exact", "district", "country", "region", "withheld"),
    "date": PRECISIONS,
    "reach": ("range", "withheld"),
    "system": ("name", "type"),
    "developers": ("named", "described", "withheld"),
    "organizations": ("named", "described", "withheld"),
    "links": ("given", "withheld"),
}
"""Ladder → its rungs, the most exact first. ``organizations`` are those that deployed or were harmed."""
PARTIES_OF = {"system": ("systems",), "developers": ("developers",), "organizations": ("deployers", "harmed")}
"""Ladder → the lists of names that it is about."""
REACH_UNKNOWN = "reach/unknown"


@dataclass(frozen=True, slots=True)
class Levels:
    """A rung of each ladder. Without a choice, a place is published by its country, the rest as told."""

    place: str = "country"
    date: str = "day"
    reach: str = "range"
    system: str = "name"
    developers: str = "named"
    organizations: str = "named"
    links: str = "given"

    def at(self, ladder: str) -> int:
        """The place of the rung on its ladder, from 0."""
        return LADDERS[ladder].index(getattr(self, ladder))

    def joined(self, other: Levels) -> Levels:
        """The less exact of the two on each ladder."""
        return Levels(**{name: LADDERS[name][max(self.at(name), other.at(name))] for name in LADDERS})

    def covers(self, other: Levels) -> bool:
        """Whether this is nowhere more exact than the other."""
        return all(self.at(name) >= other.at(name) for name in LADDERS)

    def with_rung(self, ladder: str, rung: str) -> Levels:
        """The same with another rung on one ladder."""
        return replace(self, **{ladder: rung})

    def to_json(self) -> dict[str, str]:
        """Ladder → rung."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_json(cls, raw: Mapping[str, str]) -> Levels:
        """The rungs in ``raw``, those of ``DEFAULT`` elsewhere; raises ``ValueError`` for an unknown one."""
        for ladder, rung in raw.items():
            if rung not in LADDERS.get(ladder, ()):
                raise ValueError(ladder)
        return cls(**raw)


DEFAULT = Levels()
MOST_EXACT = Levels(**{name: rungs[0] for name, rungs in LADDERS.items()})


def finest(account: Mapping[str, Any]) -> Levels:
    """Where the account itself stands; on the last rung of a ladder about which it says nothing."""
    return Levels(
        place=_place(account),
        date=_date(account.get("happened") or {}),
        reach=_reach(account.get("classification") or {}),
        system="name" if _names(account, "system") else "type",
        developers=_named(_names(account, "developers")),
        organizations=_named(_names(account, "organizations")),
        links="given" if account.get("links") else "withheld",
    )


def real_countries(account: Mapping[str, Any]) -> list[str]:
    """Its countries, without the answers that stand in their place."""
    return [code for code in account.get("countries") or () if code not in NO_COUNTRY]


def _place(account: Mapping[str, Any]) -> str:
    place = account.get("place") or {}
    if place.get("exact"):
        return "exact"
    if place.get("district"):
        return "district"
    if real_countries(account):
        return "country"
    return "region" if account.get("regions") else "withheld"


def _date(happened: Mapping[str, Any]) -> str:
    return min((precision(one) for one in told(happened)), key=PRECISIONS.index, default=PRECISIONS[-1])


def _reach(classification: Mapping[str, Any]) -> str:
    codes = [code for code in classification.get("reach") or () if code != REACH_UNKNOWN]
    return "range" if codes else "withheld"


def _names(account: Mapping[str, Any], ladder: str) -> list[str]:
    entities = account.get("entities") or {}
    return [name for party in PARTIES_OF[ladder] for name in entities.get(party) or ()]


def _named(names: list[str]) -> str:
    if not names:
        return "withheld"
    return "described" if all(map(is_descriptor, names)) else "named"
