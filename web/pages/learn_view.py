"""What a record teaches beside itself: similar incidents, and what others did in such a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from api.node import the_node
from registry.errors import Unavailable
from registry.record.types import PublicRecord
from search import SimilarHit
from web.pages.record_view import FacetView, first, search_url

FEWEST = 3
"""Records below which counts say nothing about what is usual."""
SHOWN = 5
"""Codes shown of each facet."""


@dataclass(frozen=True, slots=True)
class Share:
    """A code, in how many of the records it occurs, and the search that finds them."""

    code: str
    count: int
    width: int
    url: str


@dataclass(frozen=True, slots=True)
class Others:
    """What was done in ``n`` records of this kind of failure, in this sector when one is given."""

    failure: str
    sector: str | None
    n: int
    facets: Mapping[str, tuple[Share, ...]]
    url: str


def similar_to(record: PublicRecord, most: int) -> tuple[SimilarHit, ...]:
    """Records like this one, the most alike first; none while the index cannot be read."""
    try:
        return tuple(the_node().search.similar(record, most))
    except Unavailable:
        return ()


def what_others_did(facets: Mapping[str, FacetView]) -> Others | None:
    """Counts over records of the same failure and sector; of the failure alone where those are too few.

    None where there is nothing to count, or while the index cannot be read: a record is worth reading
    without it.
    """
    failure, sector = first(facets, "failure"), first(facets, "sector")
    if failure is None:
        return None
    try:
        found = _others(failure, sector)
        return _others(failure, None) if found is None and sector is not None else found
    except Unavailable:
        return None


def _others(failure: str, sector: str | None) -> Others | None:
    counted = the_node().search.responses(failure, sector)
    if counted.n < FEWEST:
        return None
    kind = [("failure", failure)] + ([("sector", sector)] if sector else [])
    shares = {
        facet: tuple(
            Share(c.code, c.count, round(100 * c.count / counted.n), search_url([*kind, (facet, c.code)]))
            for c in counts[:SHOWN]
        )
        for facet, counts in counted.counts.items()
        if counts
    }
    return Others(failure, sector, counted.n, shares, search_url(kind)) if shares else None
