"""A search request, and how it is read from query parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from registry.errors import N_, Invalid, Problem
from search import days
from search.facets import COMPUTED_LABELS, MILESTONES, facet_ids
from search.query import LONGEST_QUERY
from taxonomy import Taxonomy

SORTS = ("relevance", "date", "-date", "published", "-published")
"""Orders; with a hyphen newest first. Without a query, ``relevance`` means ``-date``."""
MOST_HITS = 50
_LIMITS = frozenset(str(number) for number in range(1, MOST_HITS + 1))
MOST_CODES = 100
"""Codes that one request may filter by, all facets together."""
_LONGEST_CODE = 100
_LONGEST_CURSOR = 1000
_DAYS = ("since", "until", "published_since", "published_until")
_SWITCHES = ("facets", "highlight")
HERE = "here"
"""What a reader writes who wants records read as this node reads them, and not as their owners do."""
PARAMETERS = ("q", "sort", "limit", "cursor", "reading", *_DAYS, *_SWITCHES)
"""Parameters beside the facets."""

Parameters = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What is looked for. ``filters``: facet → codes, any of them within a facet, all facets together.

    ``since`` and ``until`` bound the date of the event, ``published_since`` and ``published_until``
    the publication; ``YYYY``, ``YYYY-Q1``, ``YYYY-MM`` or ``YYYY-MM-DD``, both ends included. An event
    of which only the year is known is found when that year could fall within. ``reading`` is whose codes are
    filtered by and counted: empty for the owners', ``here`` for this node's where it reads otherwise.
    """

    q: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: str | None = None
    until: str | None = None
    published_since: str | None = None
    published_until: str | None = None
    sort: str = "relevance"
    limit: int = 20
    cursor: str | None = None
    reading: str = ""
    facets: bool = True
    highlight: bool = True


def parse_request(given: Parameters, taxonomy: Taxonomy) -> SearchRequest:
    """Read parameters (name → values). Raises ``Invalid`` naming every parameter that is wrong, by pointer.

    A code may be given without its facet: ``failure=bias`` is ``failure=failure/bias``.
    """
    filters = {
        name: _codes(name, given[name], taxonomy) for name in facet_ids(taxonomy) if any(given.get(name, ()))
    }
    asked = sum(len(given.get(name, ())) for name in facet_ids(taxonomy))
    problems = [*_unknown(given, taxonomy), *_one_each(given), *_text(given), *_dates(given)]
    problems += [*_choices(given), *_bad_codes(filters, asked, taxonomy)]
    if problems:
        raise Invalid(problems)
    one = {name: values[0] for name, values in given.items() if name in PARAMETERS and values and values[0]}
    return SearchRequest(
        q=one.get("q", ""),
        filters=filters,
        sort=one.get("sort", "relevance"),
        limit=int(one.get("limit", "20")),
        cursor=one.get("cursor"),
        reading=one.get("reading", ""),
        facets=one.get("facets", "true") == "true",
        highlight=one.get("highlight", "true") == "true",
        **{name: one.get(name) for name in _DAYS},
    )


def _codes(facet: str, values: Sequence[str], taxonomy: Taxonomy) -> tuple[str, ...]:
    prefixed = facet in taxonomy.facets or facet in MILESTONES
    whole = (f"{facet}/{value}" if prefixed and "/" not in value else value for value in values if value)
    if facet == "country":
        whole = (code.upper() if len(code) == 2 else code for code in whole)  # noqa: PLR2004 - an alpha-2 code has two letters
    return tuple(dict.fromkeys(whole))


def _unknown(given: Parameters, taxonomy: Taxonomy) -> Iterator[Problem]:
    known = {*PARAMETERS, *facet_ids(taxonomy)}
    for name in given:
        if name not in known:
            shown = name[:_LONGEST_CODE]
            yield Problem(f"/{shown}", N_("There is no parameter or facet %(name)s."), {"name": shown})


def _one_each(given: Parameters) -> Iterator[Problem]:
    for name in PARAMETERS:
        if len(given.get(name, ())) > 1:
            yield Problem(f"/{name}", N_("Give this only once."))


def _text(given: Parameters) -> Iterator[Problem]:
    q = (given.get("q") or [""])[0]
    if len(q) > LONGEST_QUERY:
        message = N_(
            "A search takes at most %(limit)s characters; this has %(length)s. Keep the telling words."
        )
        yield Problem("/q", message, {"limit": LONGEST_QUERY, "length": len(q)})
    if len((given.get("cursor") or [""])[0]) > _LONGEST_CURSOR:
        yield Problem("/cursor", N_("This is not a cursor of this search. Start again from the first page."))


def _dates(given: Parameters) -> Iterator[Problem]:
    for name in _DAYS:
        value = (given.get(name) or [""])[0]
        if not value:
            continue
        try:
            days.check(value)
        except ValueError:
            yield Problem(f"/{name}", N_("Write a date as 2026, 2026-Q1, 2026-03 or 2026-03-09."))


def _choices(given: Parameters) -> Iterator[Problem]:
    sort = (given.get("sort") or [""])[0]
    if sort and sort not in SORTS:
        yield Problem("/sort", N_("Sort by one of these: %(choices)s."), {"choices": ", ".join(SORTS)})
    limit = (given.get("limit") or [""])[0]
    if limit and limit not in _LIMITS:
        yield Problem("/limit", N_("The limit is a number from 1 to %(most)s."), {"most": MOST_HITS})
    if (given.get("reading") or [""])[0] not in ("", HERE):
        yield Problem("/reading", N_("Choose one of: %(known)s."), {"known": HERE})
    for name in _SWITCHES:
        if (given.get(name) or ["true"])[0] not in ("", "true", "false"):
            yield Problem(f"/{name}", N_("Write true or false."))


def _bad_codes(filters: Mapping[str, tuple[str, ...]], asked: int, taxonomy: Taxonomy) -> Iterator[Problem]:
    """``asked`` counts all codes that were sent, repeated and empty ones too: that is what is bounded."""
    if asked > MOST_CODES:
        yield Problem("", N_("At most %(most)s filters can be combined."), {"most": MOST_CODES})
        return
    for facet, codes in filters.items():
        known = taxonomy.facets[facet].values if facet in taxonomy.facets else COMPUTED_LABELS.get(facet)
        for code in codes:
            if len(code) > _LONGEST_CODE or (known is not None and code not in known):
                facts = {"code": code[:_LONGEST_CODE], "facet": facet}
                yield Problem(f"/{facet}", N_("%(code)s is not a code of facet %(facet)s."), facts)
