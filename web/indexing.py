"""Feeding the search index from the public database, by cursor."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from registry.record.reading import Records
from registry.record.types import Change
from search import IndexDamaged, Indexer
from web.logs import log

BATCH = 500
"""Records read and committed to the index at a time."""

Progress = Callable[[int, int], None]
"""Called with the number done and the number there are."""


def follow(records: Records, indexer: Indexer, progress: Progress | None = None) -> int:
    """Bring the index up to the database; returns how many records were read.

    Rebuilds a damaged index, and one that is of a later moment than the database, which then is from a
    backup: it holds what may be erased, and changes to come have positions that it had already.
    """
    try:
        return _catch_up(records, indexer, progress)
    except IndexDamaged:
        log.warning("index damaged or of another moment, rebuilding")
        return rebuild(records, indexer, progress)


def rebuild(records: Records, indexer: Indexer, progress: Progress | None = None) -> int:
    """Build the index anew beside the old one, then swap; returns how many records it holds."""
    counted = _Counted(all_changes(records), records.count(), progress)
    indexer.rebuild(counted)
    log.info("index rebuilt", records=counted.count)
    return counted.count


def all_changes(records: Records, after: int = 0) -> Iterator[Change]:
    """Every change after a position, in order, a batch at a time."""
    while batch := records.changes_since(after, BATCH):
        yield from batch
        after = batch[-1].seq


def _catch_up(records: Records, indexer: Indexer, progress: Progress | None) -> int:
    done, total = 0, None
    if indexer.position > records.position():
        raise IndexDamaged("it is of a later moment than the database")
    while batch := records.changes_since(indexer.position, BATCH):
        total = total or max(records.count(), len(batch))
        indexer.apply(batch)
        done += len(batch)
        if progress is not None:
            progress(done, total)
    if done:
        log.info("index updated", count=done, position=indexer.position)
    return done


class _Counted:
    """An iterator that counts and reports as it goes."""

    def __init__(self, changes: Iterator[Change], total: int, progress: Progress | None) -> None:
        self._changes, self._total, self._progress = changes, total, progress
        self.count = 0

    def __iter__(self) -> Iterator[Change]:
        for change in self._changes:
            self.count += 1
            if self._progress is not None and self.count % 100 == 0:
                self._progress(self.count, self._total)
            yield change
