"""Counting as the node reads records: its own codes in place of the owners', where a reader asks for that.

The index knows owners' codes only. What the node says otherwise is little, comes from outside, and is laid
over the facet table of a snapshot when somebody asks for it; nothing of it is kept on disk.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from search.facets import closed
from search.facettable import Counts, Docs, FacetTable, Mask
from search.request import HERE
from search.results import FacetCount
from search.snapshot import Snapshot
from taxonomy import Taxonomy

Codes = Mapping[str, tuple[str, ...]]
"""Facet → codes, the main one first."""
Place = tuple[str, ...]
"""A facet, or a facet and a code."""
Places = Mapping[Place, Docs]


class InForce(Protocol):
    """What the node says otherwise; ``version`` is another number whenever that changes."""

    @property
    def version(self) -> int:
        """The number."""

    @property
    def codes(self) -> Mapping[str, Codes]:
        """Record id → codes."""


class Readings(Protocol):
    """Where it is kept."""

    def version(self) -> int:
        """That of what is in force now; cheap."""

    def in_force(self) -> InForce:
        """All of it."""


class LaidOver:
    """A snapshot's facet table with what the node reads otherwise; costs in proportion to that alone."""

    def __init__(self, table: FacetTable, size: int, gone: Places, come: Places) -> None:
        """``gone``: facet → records read otherwise; ``come``: facet, code → records that have it here."""
        self._table, self._gone = table, gone
        self._come, self._went = come, dict(_went(table, size, gone))

    def any_of(self, facet: str, codes: tuple[str, ...]) -> Mask:
        """A mask of the records that carry at least one of the codes."""
        mask = self._table.any_of(facet, codes)
        if (facet,) in self._gone:
            mask[self._gone[facet,]] = False
        for code in codes:
            if (facet, code) in self._come:
                mask[self._come[facet, code]] = True
        return mask

    def counts(self, mask: Mask) -> Counts:
        """Facet → counts among the masked records, highest first, without zeros."""
        found = dict(self._table.counts(mask))
        for (facet,) in self._gone:
            found[facet] = self._mended(facet, found.get(facet, ()), mask)
        return {facet: counts for facet, counts in found.items() if counts}

    def counts_of(self, facet: str, mask: Mask) -> tuple[FacetCount, ...]:
        """The counts of one facet."""
        return self._mended(facet, self._table.counts_of(facet, mask), mask)

    def _mended(self, facet: str, counts: Iterable[FacetCount], mask: Mask) -> tuple[FacetCount, ...]:
        """Equals stand in alphabetical order, as in the table."""
        if (facet,) not in self._gone:
            return tuple(counts)
        now = Counter({one.code: one.count for one in counts})
        for places, sign in ((self._went, -1), (self._come, 1)):
            for (whose, code), docs in places.items():
                if whose == facet:
                    now[code] += sign * int(np.count_nonzero(mask[docs]))
        left = ((code, count) for code, count in now.items() if count > 0)
        return tuple(FacetCount(*one) for one in sorted(left, key=lambda one: (-one[1], one[0])))


@dataclass(frozen=True, slots=True)
class ReadHere:
    """A snapshot's facets as the node reads them, and what it reads otherwise in which record."""

    version: int
    table: FacetTable | LaidOver
    codes: Mapping[str, Codes] = field(default_factory=dict)
    docs: tuple[int, ...] = ()


def laid_over(snapshot: Snapshot, said: InForce, taxonomy: Taxonomy) -> ReadHere:
    """What the node says, laid over a snapshot; of records that are not in it nothing."""
    docs = {one: doc for one in said.codes if (doc := snapshot.doc_of(one)) is not None}
    if not docs:
        return ReadHere(said.version, snapshot.facets)
    gone: dict[Place, list[int]] = {}
    come: dict[Place, list[int]] = {}
    for record_id, doc in docs.items():
        for facet, own in said.codes[record_id].items():
            gone.setdefault((facet,), []).append(doc)
            for code in closed(own, taxonomy):
                come.setdefault((facet, code), []).append(doc)
    table = LaidOver(snapshot.facets, snapshot.size, _arrays(gone), _arrays(come))
    return ReadHere(said.version, table, {one: said.codes[one] for one in docs}, tuple(docs.values()))


def _went(table: FacetTable, size: int, gone: Places) -> Iterator[tuple[Place, Docs]]:
    """The owners' codes of the records that the node reads otherwise."""
    for (facet, *_), docs in gone.items():
        mask = np.zeros(size, dtype=np.bool_)
        mask[docs] = True
        for code in table.codes(facet):
            carry = table.docs(facet, code)
            yield (facet, code), carry[mask[carry]]


def _arrays(lists: Mapping[Place, list[int]]) -> dict[Place, Docs]:
    return {place: np.asarray(docs, dtype=np.int32) for place, docs in lists.items()}


class Reader:
    """Lays what is in force over one snapshot, anew whenever it is another; for all threads."""

    def __init__(self, snapshot: Snapshot, readings: Readings | None, taxonomy: Taxonomy) -> None:
        self._snapshot, self._readings, self._taxonomy = snapshot, readings, taxonomy
        self._owners = ReadHere(0, snapshot.facets)
        self._laid: ReadHere | None = None

    def read(self, reading: str) -> ReadHere:
        """By whose codes a search with this ``reading`` goes."""
        if reading != HERE or self._readings is None:
            return self._owners
        laid = self._laid
        if laid is None or laid.version != self._readings.version():
            laid = self._laid = laid_over(self._snapshot, self._readings.in_force(), self._taxonomy)
        return laid
