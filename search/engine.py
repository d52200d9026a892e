"""The face of search: one object per process, shared by its threads.

A search works on one snapshot of the index from beginning to end. A newer generation is looked for
at most every ``LOOK_EVERY`` seconds and loaded by whichever search notices it, while the others go on
with the old one. When the index on disk is damaged, what is in memory still serves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Lock
from time import monotonic

from registry.account import Account
from registry.record.types import PublicRecord
from search import manifest as manifests
from search.errors import IndexDamaged
from search.labels import label_words
from search.reading import Reader, Readings
from search.request import SearchRequest
from search.resembling import resembling
from search.responses import what_others_did
from search.results import Resembling, Responses, SearchResult, SimilarHit
from search.searcher import Searcher
from search.similar import similar
from search.snapshot import Snapshot, load
from taxonomy import Taxonomy

LOOK_EVERY = 0.2
"""Seconds between two looks for a newer generation."""
_TRIES = 5

_Stamp = tuple[int, int, int]


class SearchEngine:
    """Answers searches from the index in a folder. Opening never fails; searching a missing index does.

    Every method that needs the index raises ``IndexDamaged`` while there is none that can be used.
    """

    def __init__(
        self,
        directory: Path,
        taxonomy: Taxonomy,
        clock: Callable[[], float] = monotonic,
        readings: Readings | None = None,
    ) -> None:
        """``readings`` is what this node says otherwise than owners do, for those who ask for that."""
        self._directory = directory
        self._taxonomy, self._readings = taxonomy, readings
        self._labels = label_words(taxonomy)
        self._clock = clock
        self._lock = Lock()
        self._searcher: Searcher | None = None
        self._stamp: _Stamp | None = None
        self._looked = float("-inf")
        self._fault: IndexDamaged | None = None

    def search(self, request: SearchRequest) -> SearchResult:
        """Find records. Raises ``Invalid`` for a cursor that does not belong to the request."""
        return self._current().search(request)

    def all_ids(self, request: SearchRequest) -> list[str]:
        """Ids of everything a request finds, in its order, without paging; for exports and feeds."""
        return self._current().all_ids(replace(request, cursor=None))

    def similar(self, record: PublicRecord, limit: int = 5) -> list[SimilarHit]:
        """Records like this one, with the codes they share. The record need not be in the index."""
        return similar(self._current().snapshot, record, limit)

    def resembling(self, account: Account, limit: int = 5) -> list[Resembling]:
        """Records that may tell of what this unfinished account tells of; see ``search/resembling.py``."""
        return resembling(self._current().snapshot, account, limit)

    def what_others_did(self, record: PublicRecord) -> Responses:
        """What was done in the case of the same failure and sector, and in how many records."""
        return what_others_did(self._current().snapshot, record)

    @property
    def healthy(self) -> bool:
        """Whether there is an index and what is on disk is what is served; looks at the disk."""
        self._refresh(force=True)
        return self._searcher is not None and self._fault is None

    @property
    def fault(self) -> IndexDamaged | None:
        """What was wrong with the index on disk when it was last looked at."""
        return self._fault

    @property
    def document_count(self) -> int:
        """How many records can be found."""
        return self._current().snapshot.count

    @property
    def position(self) -> int:
        """The last change of the public database that is being served."""
        return self._current().snapshot.manifest.position

    def refresh(self) -> None:
        """Take up a newer generation now, if there is one."""
        self._refresh(force=True)

    def _current(self) -> Searcher:
        self._refresh(force=self._searcher is None)
        if self._searcher is None:
            raise self._fault or IndexDamaged("there is no index")
        return self._searcher

    def _refresh(self, *, force: bool) -> None:
        if not force and self._clock() - self._looked < LOOK_EVERY:
            return
        # Those who come while another thread loads go on with what there is; the first load is awaited.
        if not self._lock.acquire(blocking=force):
            return
        try:
            stamp = self._stamp_on_disk()
            if stamp != self._stamp or self._searcher is None or self._fault is not None:
                self._load(stamp)
        finally:
            self._looked = self._clock()
            self._lock.release()

    def _load(self, stamp: _Stamp | None) -> None:
        try:
            snapshot = self._read()
        except IndexDamaged as fault:
            self._fault = fault
            return
        reader = Reader(snapshot, self._readings, self._taxonomy)
        self._searcher = Searcher(snapshot, self._labels, reader)
        self._stamp, self._fault = stamp, None

    def _read(self) -> Snapshot:
        """The generation on disk; begins again when a newer one replaces it meanwhile."""
        known = self._searcher.snapshot.segments() if self._searcher else {}
        manifest = manifests.read(self._directory)
        for _ in range(_TRIES):
            try:
                return load(self._directory, manifest, known)
            except IndexDamaged:
                newer = manifests.read(self._directory)
                if newer == manifest:
                    raise
                manifest = newer
        return load(self._directory, manifest, known)

    def _stamp_on_disk(self) -> _Stamp | None:
        try:
            status = (self._directory / manifests.FILE).stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino, status.st_size
