"""Which record carries which code, laid out so that all counts of a result take a few numpy calls.

The pairs are kept twice: records by code, for filters and for counting large results, and codes by
record, for counting small ones. Six bytes a pair; ten thousand records have some 250,000 pairs.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from search.results import FacetCount

Docs = NDArray[np.int32]
Mask = NDArray[np.bool_]
Counts = dict[str, tuple[FacetCount, ...]]

_SMALL = 8
"""A result of less than one record in so many is counted record by record."""


class FacetTable:
    """The records of every code, codes of a facet side by side, facets and codes in alphabetical order.

    Built from ``facet=code`` → ascending record numbers (live ones only), and the number of records.
    """

    def __init__(self, codes: Mapping[str, Docs], size: int) -> None:
        kept = sorted(_split(name, docs) for name, docs in codes.items() if len(docs))
        self._size = size
        self._names: list[tuple[str, str]] = [(facet, code) for facet, code, _ in kept]
        self._rows: dict[str, dict[str, int]] = {}
        for row, (facet, code) in enumerate(self._names):
            self._rows.setdefault(facet, {})[code] = row
        lengths = np.fromiter((len(docs) for _, _, docs in kept), dtype=np.int64, count=len(kept))
        self._docs: Docs = np.concatenate([*(docs for _, _, docs in kept), np.empty(0, dtype=np.int32)])
        self._starts = np.concatenate([[0], np.cumsum(lengths)])
        by_doc = np.argsort(self._docs, kind="stable")
        self._codes = np.repeat(np.arange(len(kept), dtype=np.uint16), lengths)[by_doc]
        self._code_starts = np.searchsorted(self._docs[by_doc], np.arange(size + 1))

    def codes(self, facet: str) -> tuple[str, ...]:
        """The codes of a facet that any record carries."""
        return tuple(self._rows.get(facet, ()))

    def docs(self, facet: str, code: str) -> Docs:
        """Numbers of the records that carry a code, ascending."""
        row = self._rows.get(facet, {}).get(code)
        if row is None:
            return np.empty(0, dtype=np.int32)
        return self._docs[self._starts[row] : self._starts[row + 1]]

    def frequency(self, facet: str, code: str) -> int:
        """How many records carry a code."""
        return len(self.docs(facet, code))

    def any_of(self, facet: str, codes: tuple[str, ...]) -> Mask:
        """A mask of the records that carry at least one of the codes."""
        mask = np.zeros(self._size, dtype=np.bool_)
        for code in codes:
            mask[self.docs(facet, code)] = True
        return mask

    def counts(self, mask: Mask) -> Counts:
        """Facet → counts among the masked records, highest first, without zeros."""
        return self._named(self._count(mask), 0)

    def counts_of(self, facet: str, mask: Mask) -> tuple[FacetCount, ...]:
        """The same for one facet."""
        rows = self._rows.get(facet)
        if not rows:
            return ()
        first, last = min(rows.values()), max(rows.values()) + 1
        low, high = self._starts[first], self._starts[last]
        sums = _sums(mask, self._docs[low:high], self._starts[first:last] - low)
        return self._named(sums, first).get(facet, ())

    def _count(self, mask: Mask) -> NDArray[np.int64]:
        """How many masked records carry each code, in whichever way is shorter."""
        if not len(self._docs):
            return np.empty(0, dtype=np.int64)
        found = np.flatnonzero(mask)
        if len(found) * _SMALL > self._size:
            return _sums(mask, self._docs, self._starts[:-1])
        begins, ends = self._code_starts[found], self._code_starts[found + 1]
        lengths = ends - begins
        places = np.arange(lengths.sum()) + np.repeat(begins - np.cumsum(lengths) + lengths, lengths)
        return np.bincount(self._codes[places], minlength=len(self._names))

    def _named(self, sums: NDArray[np.int64], first: int) -> Counts:
        present = np.flatnonzero(sums)
        # Rows are in alphabetical order, so a stable sort by count leaves equals in that order.
        ranked = present[np.argsort(-sums[present], kind="stable")]
        found: dict[str, list[FacetCount]] = {}
        for row, count in zip((ranked + first).tolist(), sums[ranked].tolist(), strict=True):
            facet, code = self._names[row]
            found.setdefault(facet, []).append(FacetCount(code, count))
        return {facet: tuple(counts) for facet, counts in found.items()}


def _split(name: str, docs: Docs) -> tuple[str, str, Docs]:
    facet, _, code = name.partition("=")
    return facet, code, docs


def _sums(mask: Mask, docs: Docs, starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many of the docs from each start to the next are set in the mask."""
    sums: NDArray[np.int64] = np.add.reduceat(mask[docs], starts, dtype=np.int64)
    return sums
