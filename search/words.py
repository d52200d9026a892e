"""What a word of a query finds: records, and how strongly each speaks of it.

Cached within bounds, under keyed hashes: what people looked for is not kept.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from search.analysis import query_terms
from search.labels import LabelWords
from search.snapshot import Snapshot
from search.unnamed import unnamed

CACHE_BYTES = 16 * 1024 * 1024
K1 = 1.2
"""Saturation of BM25: how soon another occurrence stops to matter."""
LABEL_WEIGHT = 0.5
"""Pseudo frequency of a word that stands in the label of one of the record's codes."""
_OVERHEAD = 400
_LONGEST_CODES = 12


@dataclass(frozen=True, slots=True)
class Found:
    """Record numbers, ascending, and the saturated frequency (0 … 2.2) of a word in each."""

    docs: NDArray[np.int32]
    strength: NDArray[np.float32]


class WordFinder:
    """Looks words up in one snapshot, in text and labels alike."""

    def __init__(self, snapshot: Snapshot, labels: LabelWords) -> None:
        self._snapshot = snapshot
        self._labels = labels
        self._kept: OrderedDict[bytes, Found] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def find(self, word: str) -> Found:
        """The records of a word as typed."""
        name = unnamed(word)
        with self._lock:
            found = self._kept.get(name)
            if found is not None:
                self._kept.move_to_end(name)
                return found
        found = self._look_up(word)
        with self._lock:
            self._keep(name, found)
        return found

    def _look_up(self, word: str) -> Found:
        snapshot = self._snapshot
        parts = [snapshot.scored(term) for term in query_terms(word, snapshot.languages)]
        parts = [part for part in parts if len(part[0])]
        codes = self._labels.codes(word)[:_LONGEST_CODES]
        if len(parts) == 1 and not codes:
            docs, weights = parts[0]
        else:
            docs, weights = self._merged(parts, codes)
        return Found(docs, (weights * np.float32(K1 + 1) / (weights + np.float32(K1))).astype(np.float32))

    def _merged(
        self, parts: list[tuple[NDArray[np.int32], NDArray[np.float32]]], codes: tuple[tuple[str, str], ...]
    ) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The heaviest of several terms for each record, and a little for its labels."""
        total = np.zeros(self._snapshot.size, dtype=np.float32)
        for docs, weights in parts:
            total[docs] = np.maximum(total[docs], weights)
        labelled = np.zeros(self._snapshot.size, dtype=np.bool_)
        for facet, code in codes:
            labelled[self._snapshot.facets.docs(facet, code)] = True
        total[labelled] += np.float32(LABEL_WEIGHT)
        docs = np.flatnonzero(total).astype(np.int32)
        return docs, total[docs]

    def _keep(self, name: bytes, found: Found) -> None:
        if name in self._kept:
            return
        self._kept[name] = found
        self._bytes += _size(found)
        while self._bytes > CACHE_BYTES:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= _size(dropped)


def _size(found: Found) -> int:
    return found.docs.nbytes + found.strength.nbytes + _OVERHEAD
