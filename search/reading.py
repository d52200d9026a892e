"""Counting as the node reads records: its own codes in place of the owners', where a reader asks for that.

The index knows owners' codes only. What the node says otherwise is little, comes from outside, and is laid
over the facet table of a snapshot when somebody asks for it; nothing of it is kept on disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from search.facets import closed
from search.facettable import Docs, FacetTable
from search.request import HERE
from search.snapshot import Snapshot
from taxonomy import Taxonomy

Codes = Mapping[str, tuple[str, ...]]
"""Facet → codes, the main one first."""


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


@dataclass(frozen=True, slots=True)
class ReadHere:
    """A snapshot's facet table as the node reads it, and what it reads otherwise in which record."""

    version: int
    table: FacetTable
    codes: Mapping[str, Codes] = field(default_factory=dict)
    docs: tuple[int, ...] = ()


def laid_over(snapshot: Snapshot, said: InForce, taxonomy: Taxonomy) -> ReadHere:
    """What the node says, laid over a snapshot; of records that are not in it nothing."""
    docs = {one: doc for one in said.codes if (doc := snapshot.doc_of(one)) is not None}
    found = {one: said.codes[one] for one in docs}
    if not found:
        return ReadHere(said.version, snapshot.facets)
    gone: dict[str, list[int]] = {}
    come: dict[str, list[int]] = {}
    for record_id, codes in found.items():
        doc = docs[record_id]
        for facet, own in codes.items():
            gone.setdefault(facet, []).append(doc)
            for code in closed(own, taxonomy):
                come.setdefault(f"{facet}={code}", []).append(doc)
    table = FacetTable(dict(_changed(snapshot.facets, gone, come)), snapshot.size)
    return ReadHere(said.version, table, found, tuple(docs.values()))


def _changed(
    table: FacetTable, gone: Mapping[str, list[int]], come: Mapping[str, list[int]]
) -> Iterator[tuple[str, Docs]]:
    """``facet=code`` → records: without those that the node reads otherwise, with those that it adds."""
    for name in table.names():
        facet, _, code = name.partition("=")
        docs = table.docs(facet, code)
        if facet in gone:
            docs = np.setdiff1d(docs, np.asarray(gone[facet], dtype=np.int32))
        yield name, _joined(docs, come.get(name, ()))
    known = frozenset(table.names())
    for name in come:
        if name not in known:
            yield name, _joined(np.empty(0, dtype=np.int32), come[name])


def _joined(docs: Docs, more: Sequence[int]) -> Docs:
    return np.union1d(docs, np.asarray(more, dtype=np.int32)).astype(np.int32)


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
