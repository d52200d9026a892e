"""Writing the index: one process at a time, fed with changes of the public database.

A commit is Whoosh's, then the manifest's: only what the manifest names counts, so a process killed at
any point leaves the state before or the state after. Applying a change twice does no harm.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from secrets import token_hex
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex

from registry.record.types import Change, PublicRecord, RecordState, RecordType
from search import manifest as manifests
from search import vocabulary
from search.document import Document, build
from search.errors import IndexDamaged, damage
from search.health import Watch
from search.lock import writing
from search.manifest import Manifest
from search.schema import CARD, CODES, END, ID, KEY, NAME, PUBLISHED, START, WORDS, make_schema
from search.writer import CommitWriter
from taxonomy import Taxonomy

_INDEX_FILES = (".toc", ".trm", ".pst", ".col", vocabulary.SUFFIX)
BATCH = 2000
"""Changes in one commit of a rebuild."""


class Indexer:
    """The writer of the index in ``directory``. Safe to have in several processes: they take turns.

    Methods raise ``IndexDamaged`` when the index must be rebuilt first, ``IndexBusy`` when another
    process holds the lock for longer than ten seconds.
    """

    def __init__(self, directory: Path, taxonomy: Taxonomy) -> None:
        self._directory = directory
        self._taxonomy = taxonomy
        self._watch = Watch(directory)

    def ensure(self) -> None:
        """Make the folder, readable to its owner alone, and an empty index in it unless there is one."""
        self._directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        with writing(self._directory):
            if not (self._directory / manifests.FILE).exists():
                self._put_in_force(self._begin())

    @property
    def position(self) -> int:
        """The last change that is in the index; raises ``IndexDamaged`` when its files are not in order."""
        return self._watch.check().position

    @property
    def document_count(self) -> int:
        """How many records are in the index."""
        return self._watch.check().documents

    def apply(self, changes: Iterable[Change]) -> int:
        """Index changes in one commit; returns how many were new. Of one record the last change wins."""
        with writing(self._directory):
            manifest = self._watch.check()
            fresh = [change for change in changes if change.seq > manifest.position]
            if fresh:
                if manifest.taxonomy != self._taxonomy.version:
                    raise IndexDamaged(f"taxonomy {manifest.taxonomy}, should be {self._taxonomy.version}")
                self._put_in_force(self._commit(manifest, fresh))
        return len(fresh)

    def rebuild(self, changes: Iterable[Change]) -> int:
        """Build the index anew beside the old one, then swap; returns how many changes were read."""
        self._directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        with writing(self._directory):
            manifest, count, feed = self._begin(), 0, iter(changes)
            while batch := list(islice(feed, BATCH)):
                manifest = self._commit(manifest, batch)
                count += len(batch)
            self._put_in_force(manifest)
        return count

    def _begin(self) -> Manifest:
        """A new, empty build beside whatever there is."""
        name = f"build-{token_hex(4)}"
        folder = self._directory / name
        folder.mkdir(mode=0o700)
        TOC.create(FileStorage(str(folder)), make_schema(), NAME)
        empty = Manifest(name, 0, 0, 0, self._taxonomy.version, {})
        return replace(empty, files=manifests.settle(folder, [f"_{NAME}_0.toc"], {}))

    def _commit(self, manifest: Manifest, changes: list[Change]) -> Manifest:
        """Write changes into a build; returns the manifest of the result, which is not yet in force."""
        folder = self._directory / manifest.folder
        _forget_unsealed(folder, manifest.generation)
        newest = {change.record_id: change for change in changes}
        with damage("open"):
            writer = CommitWriter(FileIndex(FileStorage(str(folder), supports_mmap=False), indexname=NAME))
        try:
            with damage("delete"):
                writer.delete_ids(newest)
            for change in newest.values():
                record = change.record
                if record is not None and _is_found(record):
                    document = build(record, self._taxonomy)
                    writer.add_document(**_fields(document))
                    writer.vocabulary.update(document.spelling)
            with damage("merge"):
                segments = writer.commit_all()
        finally:
            writer.give_up()
        names = _files_of(folder, writer.generation, segments)
        return replace(
            manifest,
            generation=writer.generation,
            position=max(change.seq for change in changes),
            documents=sum(segment.doc_count_all() - segment.deleted_count() for segment in segments),
            files=manifests.settle(folder, names, manifest.files),
        )

    def _put_in_force(self, manifest: Manifest) -> None:
        """Seal, then remove what no manifest names any more."""
        manifests.seal(self._directory, manifest)
        folder = self._directory / manifest.folder
        for path in folder.iterdir():
            if path.name not in manifest.files and path.suffix in _INDEX_FILES:
                path.unlink()
        for path in self._directory.glob("build-*"):
            if path.name != manifest.folder:
                shutil.rmtree(path, ignore_errors=True)
        for path in (folder, self._directory):
            manifests.flatten(path)


def _is_found(record: PublicRecord) -> bool:
    """Whether a search finds it: statements are read on what they are about, merged records by successor."""
    return record.type is not RecordType.STATEMENT and record.state is not RecordState.MERGED


def _forget_unsealed(folder: Path, generation: int) -> None:
    """Remove the generation that a killed process wrote but did not seal."""
    for path in folder.glob(f"_{NAME}_*.toc"):
        if path.stem != f"_{NAME}_{generation}":
            path.unlink()


def _files_of(folder: Path, generation: int, segments: list[Any]) -> list[str]:
    """Names of the files that make up a generation."""
    ids = {segment.segment_id() for segment in segments}
    names = [path.name for path in folder.iterdir() if path.name.partition(".")[0] in ids]
    return [f"_{NAME}_{generation}.toc", *sorted(names)]


def _fields(document: Document) -> dict[str, Any]:
    return {
        ID: [document.id],
        KEY: document.id.encode(),
        WORDS: document.words,
        CODES: document.codes,
        START: document.start,
        END: document.end,
        PUBLISHED: document.published,
        CARD: document.card,
    }
