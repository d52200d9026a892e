"""Check an account and say precisely what is wrong, where, and what would help.

Works on raw JSON values so that the API, the form, bulk files and importers get the same answers.
A draft may be incomplete; a submission may not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from registry.account import fields, limits
from registry.account.blank import is_blank
from registry.account.response import response_problems
from registry.account.types import PARTIES, Account
from registry.errors import N_, Invalid, Problem
from taxonomy import Taxonomy

KEYS = (
    "title",
    "language",
    "text",
    "happened",
    "countries",
    "regions",
    "place",
    "entities",
    "classification",
    "response",
    "links",
)
REQUIRED_FACETS = ("kind", "failure", "harm", "severity", "sector", "system")
"""What a submission must be classified by; reviewers complete the rest (each offers "not known")."""
REQUIRED = {
    "title": N_("Give the report a title."),
    "text": N_("Say what happened."),
    "happened": N_("Say when it happened; a year is enough, and not known is an answer too."),
}


TOO_HIGH_CODES = frozenset({"tlp/amber", "tlp/amber-strict", "tlp/red"})
"""Sharing levels of what is for named recipients only: nothing of that is taken in, from anybody."""
TOO_HIGH = N_(
    "This registry shares with everybody (CLEAR) or with partners (GREEN). What is labelled AMBER or higher "
    "is for named recipients only: do not send it here."
)


def parse(raw: object, taxonomy: Taxonomy, today: date, *, complete: bool) -> Account:
    """The account in ``raw``; raises ``Invalid`` with every problem found."""
    problems = check(raw, taxonomy, today, complete=complete)
    if problems or not isinstance(raw, Mapping):
        raise Invalid(problems)
    return Account.from_json(raw)


def check(raw: object, taxonomy: Taxonomy, today: date, *, complete: bool) -> list[Problem]:
    """Every problem of a raw account, in the order of its fields; an empty list means it is good."""
    if not isinstance(raw, Mapping):
        return [Problem("", N_("This should be an object with named fields."))]
    return list(_problems(raw, taxonomy, today, complete=complete))


def _problems(
    raw: Mapping[str, Any], taxonomy: Taxonomy, today: date, *, complete: bool
) -> Iterator[Problem]:
    yield from fields.unknown_keys("", raw, KEYS)
    if complete:
        yield from _missing(raw)
    yield from fields.text("/title", raw.get("title"), limits.TITLE_MAX, one_line=True)
    yield from fields.language("/language", raw.get("language"))
    yield from fields.text("/text", raw.get("text"), limits.TEXT_MAX)
    yield from fields.happened("/happened", raw.get("happened"), today)
    yield from fields.countries("/countries", raw.get("countries"), taxonomy.countries)
    yield from fields.regions("/regions", raw.get("regions"))
    yield from fields.place("/place", raw.get("place"))
    yield from _entities(raw.get("entities"))
    yield from _classification(raw.get("classification"), taxonomy, complete=complete)
    yield from response_problems(raw.get("response"), taxonomy)
    yield from fields.links("/links", raw.get("links"))


def _missing(raw: Mapping[str, Any]) -> Iterator[Problem]:
    for key, message in REQUIRED.items():
        value = raw.get(key)
        if value is None or _says_nothing(value):
            yield Problem(f"/{key}", message)


def _says_nothing(value: object) -> bool:
    """A text that shows nothing, or an object whose fields are all null."""
    if isinstance(value, Mapping):
        return all(part is None for part in value.values())
    return isinstance(value, str) and is_blank(value)


def _entities(raw: object) -> Iterator[Problem]:
    if raw is None:
        return
    if not isinstance(raw, Mapping):
        yield Problem("/entities", N_("This should be an object with named fields."))
        return
    yield from fields.unknown_keys("/entities", raw, PARTIES)
    for party in PARTIES:
        yield from fields.names(f"/entities/{party}", raw.get(party))


def _out_of_place(raw: Mapping[str, Any]) -> Iterator[Problem]:
    """What is answered elsewhere, and what is not for this registry at all."""
    if "audience" in raw:
        yield Problem("/classification/audience", N_("Say who was told under response, with a state."))
    said = raw.get("tlp")
    if isinstance(said, list) and any(isinstance(code, str) and code in TOO_HIGH_CODES for code in said):
        yield Problem("/classification/tlp", TOO_HIGH)


def _classification(raw: object, taxonomy: Taxonomy, *, complete: bool) -> Iterator[Problem]:
    if raw is None:
        raw = {}
    if not isinstance(raw, dict):
        yield Problem("/classification", N_("This should be an object with named fields."))
        return
    for facet, codes in raw.items():
        if isinstance(codes, list) and len(codes) > limits.CODES_MAX:
            yield Problem(f"/classification/{fields.escape(str(facet))[:60]}", N_("Too many entries."))
            return
    yield from _out_of_place(raw)
    for found in taxonomy.check(raw):
        yield Problem("/classification" + found.pointer, found.message, found.facts)
    if complete:
        for facet in REQUIRED_FACETS:
            if not raw.get(facet):
                yield Problem(f"/classification/{facet}", N_("Choose an answer; not known is one too."))
