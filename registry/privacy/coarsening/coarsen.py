"""Bringing an account to given rungs, and saying what was made less exact. Pure.

Idempotent; and going further never shows what was gone before. What it gives still passes the check
of accounts, so that a less exact account can stand wherever an exact one can.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError

from registry.account import limits
from registry.account.dates import NO_DATE, coarser
from registry.account.dates import told as dates_of
from registry.account.regions import regions_of
from registry.account.types import NARRATIVES, PARTIES
from registry.privacy.coarsening.dates_told import days_without_year, told
from registry.privacy.coarsening.descriptors import describe
from registry.privacy.coarsening.distinctive import Distinctive, distinctive, keys_of
from registry.privacy.coarsening.ladders import LADDERS, PARTIES_OF, Levels, finest, real_countries
from registry.privacy.coarsening.marks import Gone, as_it_stands, marked, stands_in, stands_in_link

_MARKS = {
    "systems": "SYSTEM",
    "developers": "DEVELOPER",
    "deployers": "ORGANIZATION",
    "harmed": "HARMED",
}

STILL_TOLD_MAX = 200
"""Names and dates that are listed as still to be read in one account."""
_DAY, _MONTH = LADDERS["date"].index("day"), LADDERS["date"].index("month")


@dataclass(frozen=True, slots=True)
class Coarsened:
    """An account and, as ``place: district → country``, what was made less exact in it."""

    account: dict[str, Any]
    generalised: tuple[str, ...]


def coarsen(account: Mapping[str, Any], levels: Levels) -> Coarsened:
    """The account at these rungs; where it is less exact already it stays as it is."""
    changed, before = deepcopy(dict(account)), finest(account)
    gone = list(_gone(account, levels))
    _place(changed, levels)
    _date(changed, levels)
    _reach(changed, levels)
    for ladder in PARTIES_OF:
        if levels.at(ladder) > before.at(ladder):
            _parties(changed, ladder, levels)
    if levels.links == "withheld":
        changed.pop("links", None)
    _texts(changed, [*gone, *_words_gone(changed, gone)])
    after = finest(changed)
    codes = (
        f"{ladder}: {getattr(before, ladder)} → {getattr(after, ladder)}"
        for ladder in LADDERS
        if after.at(ladder) > before.at(ladder)
    )
    return Coarsened(changed, tuple(codes))


def left_standing(account: Mapping[str, Any], levels: Levels) -> tuple[str, ...]:
    """Names and dates that can still be read although these rungs take them away, each once.

    Dates count too where the answer itself says less than the text: told is "March", written the fifth.
    """
    left = coarsen(account, levels).account
    texts, links = [text for _, _, text, _ in _every_text(left)], left.get("links") or ()
    gone = list(_gone(account, levels))
    names = dict.fromkeys(one.name for one in gone)
    left_names = tuple(
        name
        for name in names
        if any(stands_in(name, text) for text in texts) or any(stands_in_link(name, link) for link in links)
    )
    rung = max(levels.at("date"), finest(account).at("date"))
    dates = _dates_left(texts, rung, dates_of(account.get("happened") or {}))
    found = (*left_names, *_words_left(left, gone, texts), *dates)
    return tuple(dict.fromkeys(found))[:STILL_TOLD_MAX]


def _dates_left(texts: Iterable[str], rung: int, answered: Sequence[str]) -> tuple[str, ...]:
    """Dates in words that say more than the rung; a text is not changed for them, a person does that."""
    if rung == _DAY:
        return ()
    found = (
        date
        for text in texts
        for date in (*told(text, months=rung > _MONTH), *days_without_year(text, answered))
    )
    return tuple(dict.fromkeys(found))


def _words_left(account: Mapping[str, Any], gone: Iterable[Gone], texts: Sequence[str]) -> Iterator[str]:
    """Words that give a name away, as they stand in the texts of an account that was made less exact."""
    for _, one in _distinctive(account, gone):
        for text in texts:
            yield from filter(one.told_by, as_it_stands(one.word, text))


def _words_gone(account: Mapping[str, Any], gone: Iterable[Gone]) -> Iterator[Gone]:
    """The words of names that are taken out too: in no dictionary, so written large they say the name."""
    for name, one in _distinctive(account, gone):
        if one.unknown and one.word != one.word.lower():
            yield Gone(one.word, name.mark, large=True)


def _distinctive(account: Mapping[str, Any], gone: Iterable[Gone]) -> Iterator[tuple[Gone, Distinctive]]:
    """The words that give these names away, but for what the account says itself in place and names."""
    language, given = account.get("language") or "en", _given(account)
    for name in gone:
        for one in distinctive(name.name, language, given):
            yield name, one


def _given(account: Mapping[str, Any]) -> frozenset[str]:
    """Words that the answers still give."""
    said = [*(account.get("place") or {}).values()]
    for names in (account.get("entities") or {}).values():
        said += names or ()
    for code in real_countries(account):
        said += _country_names(code, account.get("language") or "en")
    return frozenset().union(*map(keys_of, said))


def _gone(account: Mapping[str, Any], levels: Levels) -> Iterator[Gone]:
    """The names that go."""
    yield from _places_gone(account, levels.at("place"))
    entities, before = account.get("entities") or {}, finest(account)
    for ladder, parties in PARTIES_OF.items():
        if levels.at(ladder) <= before.at(ladder):
            continue
        for party in parties:
            for number, name in enumerate(entities.get(party) or (), start=1):
                if not _is_description(party, name):
                    yield Gone(name, f"[{_MARKS[party]}-{number}]")


def _places_gone(account: Mapping[str, Any], rung: int) -> Iterator[Gone]:
    place = account.get("place") or {}
    for kept_at, (part, mark) in enumerate((("exact", "[PLACE-1]"), ("district", "[DISTRICT-1]"))):
        if rung > kept_at and place.get(part):
            yield Gone(place[part], mark)
    if rung > LADDERS["place"].index("country"):
        for number, code in enumerate(real_countries(account), start=1):
            for name in _country_names(code, account.get("language") or "en"):
                yield Gone(name, f"[COUNTRY-{number}]")


def _is_description(party: str, name: str) -> bool:
    """Whether these are common words, as in "Patients of a clinic": they stay in the sentences."""
    rest = name[1:] if " " in name else name
    return party == "harmed" and rest == rest.lower() != rest.upper()


def _place(account: dict[str, Any], levels: Levels) -> None:
    rung, countries = levels.at("place"), real_countries(account)
    place = {
        part: text
        for number, part in enumerate(("exact", "district"), start=1)
        if rung < number and (text := (account.get("place") or {}).get(part))
    }
    account.pop("place", None)
    if place:
        account["place"] = place
    if rung < LADDERS["place"].index("region"):
        return
    regions = sorted({*(account.pop("regions", None) or ()), *regions_of(countries)})
    if levels.place == "region" and regions:
        account["regions"] = regions[: limits.LIST_MAX]
    if countries or (regions and levels.place == "withheld"):
        account["countries"] = ["withheld"]


def _date(account: dict[str, Any], levels: Levels) -> None:
    happened = account.get("happened")
    if not happened:
        return
    written = {
        key: value if value in NO_DATE else coarser(value, levels.date)
        for key, value in happened.items()
        if value
    }
    if written.get("from") == written.get("to"):
        written.pop("to", None)
    account["happened"] = written


def _reach(account: dict[str, Any], levels: Levels) -> None:
    if levels.reach == "withheld" and finest(account).reach == "range":
        account["classification"] = {
            facet: codes for facet, codes in account["classification"].items() if facet != "reach"
        }


def _parties(account: dict[str, Any], ladder: str, levels: Levels) -> None:
    described = getattr(levels, ladder) == "described"
    sectors = (account.get("classification") or {}).get("sector") or ()
    entities = dict(account.get("entities") or {})
    for party in PARTIES_OF[ladder]:
        if entities.pop(party, None) and described:
            entities[party] = [describe(party, sectors, account.get("language") or "en")]
    account["entities"] = {party: entities[party] for party in PARTIES if party in entities}


def _texts(account: dict[str, Any], gone: list[Gone]) -> None:
    if gone:
        for holder, key, text, limit in list(_every_text(account)):
            holder[key] = marked(text, gone, limit)


def _every_text(account: Mapping[str, Any]) -> Iterator[tuple[Any, Any, str, int]]:
    """What people read in words: where it stands, and how long it may be."""
    for key, limit in (("title", limits.TITLE_MAX), ("text", limits.TEXT_MAX)):
        if account.get(key):
            yield account, key, account[key], limit
    response = account.get("response") or {}
    for key in NARRATIVES:
        if response.get(key):
            yield response, key, response[key], limits.NARRATIVE_MAX
    for names in (account.get("entities") or {}).values():
        for number, name in enumerate(names or ()):
            yield names, number, name, limits.ENTITY_NAME_MAX


@cache
def _country_names(code: str, language: str) -> tuple[str, ...]:
    """What the country is called in English and in the account's language."""
    names = []
    for tongue in ("en", language.partition("-")[0]):
        try:
            names.append(str(Locale.parse(tongue).territories.get(code, "")))
        except (UnknownLocaleError, ValueError):
            continue
    return tuple(dict.fromkeys(name for name in names if name))
