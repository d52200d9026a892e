"""Filters, and the counts beside every facet value.

For a facet without a filter, the number beside a code is the total one gets by choosing it. For a
facet that is filtered by, choosing another of its codes widens the result; its counts therefore
leave its own filter out.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from search import days
from search.facettable import FacetTable
from search.reading import LaidOver
from search.request import SearchRequest
from search.results import FacetCount
from search.snapshot import Snapshot

Mask = NDArray[np.bool_]


class Filtered:
    """A text match under the filters of a request. ``mask`` says which records are found.

    ``table`` is the snapshot's, or what stands in its place.
    """

    def __init__(
        self, snapshot: Snapshot, matched: Mask, request: SearchRequest, table: FacetTable | LaidOver
    ) -> None:
        self._table = table
        self._filters = request.filters
        self._base = matched & _within(snapshot, request) if _has_days(request) else matched
        self._chosen = {facet: self._table.any_of(facet, codes) for facet, codes in request.filters.items()}
        self.mask = self._all_but(None)

    def counts(self) -> dict[str, tuple[FacetCount, ...]]:
        """Facet → counts, highest first, without zeros; chosen codes stay even with none."""
        found = self._table.counts(self.mask)
        for facet, codes in self._filters.items():
            own = self._table.counts_of(facet, self._all_but(facet))
            there = {count.code for count in own}
            found[facet] = (*own, *(FacetCount(code, 0) for code in codes if code not in there))
        return found

    def _all_but(self, left_out: str | None) -> Mask:
        mask = self._base
        for facet, chosen in self._chosen.items():
            if facet != left_out:
                mask = mask & chosen
        return mask


def _has_days(request: SearchRequest) -> bool:
    return any((request.since, request.until, request.published_since, request.published_until))


def _within(snapshot: Snapshot, request: SearchRequest) -> Mask:
    """Records whose event may have happened, and whose publication lies, within the days asked for."""
    mask = np.ones(snapshot.size, dtype=np.bool_)
    if request.since:
        mask &= snapshot.end >= days.first_day(request.since)
    if request.until:
        mask &= (snapshot.start <= days.last_day(request.until)) & (snapshot.start != days.NEVER)
    if request.published_since:
        mask &= snapshot.published >= days.first_day(request.published_since)
    if request.published_until:
        mask &= snapshot.published <= days.last_day(request.published_until)
    return mask
