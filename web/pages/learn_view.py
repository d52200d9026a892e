"""What a record teaches beside itself: similar incidents, and what others did in such a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from api.node import the_node
from registry.errors import Unavailable
from registry.record.types import PublicRecord
from search import Responses, SimilarHit
from web.pages.record_view import search_url

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
    """What was done in ``n`` records that share these codes: kind of failure, sector, or both."""

    codes: tuple[str, ...]
    n: int
    facets: Mapping[str, tuple[Share, ...]]
    url: str


def similar_to(record: PublicRecord, most: int) -> tuple[SimilarHit, ...]:
    """Records like this one, the most alike first; none while the index cannot be read."""
    try:
        return tuple(the_node().search.similar(record, most))
    except Unavailable:
        return ()


def what_others_did(record: PublicRecord) -> Others | None:
    """What was usual in such a case; None where nothing is known, or while the index cannot be read.

    A record is worth reading without it.
    """
    try:
        found = the_node().search.what_others_did(record)
    except Unavailable:
        return None
    kind = list(found.kind.items())
    facets = {facet: _shares(found, facet, kind) for facet, counts in found.counts.items() if counts}
    return Others(tuple(found.kind.values()), found.n, facets, search_url(kind)) if facets else None


def _shares(found: Responses, facet: str, kind: list[tuple[str, str]]) -> tuple[Share, ...]:
    return tuple(
        Share(c.code, c.count, round(100 * c.count / found.n), search_url([*kind, (facet, c.code)]))
        for c in found.counts[facet][:SHOWN]
    )
