"""One generation of the index as a search sees it: immutable, shared by all threads."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh.index import TOC

from search import manifest as manifests
from search.analysis import language_of
from search.cards import Card, CardCache
from search.codec import BlockReader
from search.errors import damage
from search.facettable import FacetTable
from search.manifest import Manifest
from search.schema import NAME
from search.segment import MemoryStorage, Segment

Docs = NDArray[np.int32]


class Snapshot:
    """All records of a generation under running numbers ``0 … size-1``; some are deleted.

    ``live`` masks those that are not; ``count`` is how many. ``start``, ``end`` and ``published``
    are days as numbers; ``rank`` orders records by id. ``languages``: commonest first.
    """

    def __init__(self, manifest: Manifest, segments: list[tuple[Segment, set[int]]]) -> None:
        self.manifest = manifest
        self._segments = [segment for segment, _ in segments]
        sizes = [segment.count for segment in self._segments]
        self._bases = [sum(sizes[:place]) for place in range(len(sizes))]
        self.size = sum(sizes)
        self.live = np.ones(self.size, dtype=np.bool_)
        for base, (_, deleted) in zip(self._bases, segments, strict=True):
            self.live[[base + doc for doc in deleted]] = False
        self.count = int(self.live.sum())
        self.keys = [key for segment in self._segments for key in segment.keys]
        self.start = self._column("start")
        self.end = self._column("end")
        self.published = self._column("published")
        self._sorted_keys = sorted((key, doc) for doc, key in enumerate(self.keys) if self.live[doc])
        self.rank = np.zeros(self.size, dtype=np.int64)
        self.rank[[doc for _, doc in self._sorted_keys]] = np.arange(self.count)
        self.facets = FacetTable(self._codes(), self.size)
        self.languages = self._languages()
        self._cards = CardCache(self._read_card)

    def rank_of(self, key: str) -> tuple[int, bool]:
        """Where an id stands among all ids or would stand, and whether it is there."""
        place = bisect_left(self._sorted_keys, (key, -1))
        found = place < len(self._sorted_keys) and self._sorted_keys[place][0] == key
        return place, found

    def doc_of(self, key: str) -> int | None:
        """The number of a record, or None."""
        place, found = self.rank_of(key)
        return self._sorted_keys[place][1] if found else None

    def card(self, doc: int) -> Card:
        """What is stored to show a record."""
        with damage("card"):
            return self._cards.get(doc)

    def scored(self, term: str) -> tuple[Docs, NDArray[np.float32]]:
        """Live records with a word term, and its score weight in each."""
        docs, weights = [np.empty(0, dtype=np.int32)], [np.empty(0, dtype=np.float32)]
        for base, segment in zip(self._bases, self._segments, strict=True):
            with damage(segment.id), segment.reading:
                reader = segment.word(term)
                if reader is not None:
                    found, weight = BlockReader.scored(reader)
                    alive = self.live[found + base]
                    docs.append(found[alive] + np.int32(base))
                    weights.append(weight[alive])
        return np.concatenate(docs), np.concatenate(weights)

    def frequency(self, term: str) -> int:
        """How many records hold a word term, deleted ones included; cheaper than ``scored``."""
        with damage("words"):
            return sum(segment.frequency(term) for segment in self._segments)

    def placed(self, term: str) -> NDArray[np.int64]:
        """Every occurrence of a word term as ``record number * 65536 + position``, deleted ones too."""
        places = [np.empty(0, dtype=np.int64)]
        for base, segment in zip(self._bases, self._segments, strict=True):
            with damage(segment.id), segment.reading:
                reader = segment.word(term)
                if reader is not None:
                    places.append(reader.placed() + (base << 16))
        return np.concatenate(places)

    def vocabularies(self) -> list[Mapping[str, int]]:
        """Words as written and record counts, per segment."""
        with damage("words"):
            return [segment.vocabulary for segment in self._segments]

    def segments(self) -> dict[str, Segment]:
        """By id; the next generation shares those that it still holds."""
        return {segment.id: segment for segment in self._segments}

    def _read_card(self, doc: int) -> str:
        place = bisect_right(self._bases, doc) - 1
        return self._segments[place].card(doc - self._bases[place])

    def _column(self, name: str) -> NDArray[np.int32]:
        parts = [getattr(segment, name) for segment in self._segments]
        return np.concatenate([*parts, np.empty(0, dtype=np.int32)])

    def _codes(self) -> dict[str, Docs]:
        found: dict[str, list[Docs]] = {}
        for base, segment in zip(self._bases, self._segments, strict=True):
            for code, docs in segment.codes.items():
                moved = docs + np.int32(base)
                found.setdefault(code, []).append(moved[self.live[moved]])
        return {code: np.concatenate(parts) for code, parts in found.items()}

    def _languages(self) -> tuple[str, ...]:
        tags = sorted(self.facets.codes("language"), key=lambda tag: -self.facets.frequency("language", tag))
        return tuple(dict.fromkeys(language_of(tag) for tag in tags))


def load(directory: Path, manifest: Manifest, known: Mapping[str, Segment]) -> Snapshot:
    """Read the generation that a manifest names; segments already ``known`` are not read again."""
    toc_name = f"_{NAME}_{manifest.generation}.toc"
    with damage(toc_name):
        toc_bytes = manifests.load(directory, manifest, toc_name)
        toc = TOC.read(MemoryStorage({toc_name: toc_bytes}), NAME, gen=manifest.generation)
    loaded = []
    for raw in toc.segments:
        segment = known.get(raw.segment_id())
        if segment is None:
            names = [name for name in manifest.files if name.startswith(f"{raw.segment_id()}.")]
            with damage(raw.segment_id()):
                storage = MemoryStorage({name: manifests.load(directory, manifest, name) for name in names})
                segment = Segment(raw, storage)
        loaded.append((segment, set(raw.deleted_docs())))
    return Snapshot(manifest, loaded)
