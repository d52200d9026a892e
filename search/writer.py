"""Whoosh's writer with our ways: bulk deletion, merging that stays cheap, nothing removed before the seal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh.index import TOC, FileIndex
from whoosh.reading import SegmentReader, TermNotFound
from whoosh.writing import SegmentWriter

from search import vocabulary
from search.codec import BlockCodec, Places
from search.schema import ID

MEMORY_MB = 24
"""Postings are spilled to disk beyond this."""
_LARGEST_MERGED = 4000
"""Segments of more records are rewritten only when many of them are deleted."""
_MOST_DELETED = 0.4


class CommitWriter(SegmentWriter):  # type: ignore[misc] # Whoosh is not typed
    """One commit. Old files stay: readers may still need them until the manifest names the new ones."""

    def __init__(self, index: FileIndex) -> None:
        super().__init__(index, limitmb=MEMORY_MB, codec=BlockCodec(), compound=False)
        self._final: list[Any] = []
        self.vocabulary: Counter[str] = Counter()

    def delete_ids(self, ids: Iterable[str]) -> None:
        """Mark the committed records with these ids as deleted."""
        wanted = [key.encode() for key in ids]
        for segment in self.segments:
            terms = segment.codec().terms_reader(self.storage, segment)
            for key in wanted:
                try:
                    docs = terms.matcher(ID, key, Places()).docs()
                except TermNotFound:
                    continue
                for doc in docs:
                    segment.delete_document(int(doc))
            terms.close()

    def commit_all(self) -> list[Any]:
        """Write everything; returns the segments of the new generation."""
        self.commit(mergetype=_merge)
        vocabulary.write(self.vocabulary_path(self.newsegment), self.vocabulary)
        return self._final

    def vocabulary_path(self, segment: Any) -> Path:
        """Where the words of a segment are kept."""
        return Path(self.storage.folder) / f"{segment.segment_id()}{vocabulary.SUFFIX}"

    def give_up(self) -> None:
        """Release Whoosh's lock unless all was written; what is left over is never named by a manifest."""
        if not self.is_closed:
            self.cancel()

    def _commit_toc(self, segments: list[Any]) -> None:
        TOC(self.schema, segments, self.generation).write(self.storage, self.indexname)
        self._final = segments


def _merge(writer: CommitWriter, segments: list[Any]) -> list[Any]:
    """Merge like counting in binary: a segment joins when it holds no more than what is being written.

    So a record is rewritten about log2(n) times in its life, and segments stay few.
    """
    kept, growing, gathered = [], True, writer.doc_count()
    for segment in sorted(segments, key=_alive):
        alive = _alive(segment)
        if not alive:
            continue
        growing = growing and alive <= min(gathered, _LARGEST_MERGED)
        if growing or segment.deleted_count() > _MOST_DELETED * segment.doc_count_all():
            gathered += alive
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            writer.vocabulary.update(vocabulary.read(writer.vocabulary_path(segment).read_bytes()))
            reader.close()
        else:
            kept.append(segment)
    return kept


def _alive(segment: Any) -> int:
    count: int = segment.doc_count_all() - segment.deleted_count()
    return count
