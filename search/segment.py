"""One segment of the index, read into memory whole and checked.

Files are read once and kept as bytes: a file that is truncated, replaced or removed while a search
runs can hurt nobody (a memory map would end the process), and readers hold no file of the writer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import Storage
from whoosh.filedb.structfile import BufferFile
from whoosh.reading import TermNotFound

from search import vocabulary
from search.codec import BlockReader, Places
from search.schema import CARD, CODES, DAYS, END, KEY, KEYS, PUBLISHED, START, WORDS


class MemoryStorage(Storage):  # type: ignore[misc] # Whoosh is not typed
    """Files of an index as bytes, for reading."""

    supports_mmap = False

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files

    def open_file(self, name: str, **_: Any) -> Any:
        """The file as Whoosh reads it; the bytes are shared, not copied."""
        return BufferFile(self._files[name], name=name)

    def content(self, name: str) -> bytes:
        """The bytes of a file that is not Whoosh's."""
        return self._files[name]

    def list(self) -> list[str]:
        """Names of all files."""
        return list(self._files)

    def file_exists(self, name: str) -> bool:
        """Whether there is such a file."""
        return name in self._files

    def file_length(self, name: str) -> int:
        """Length in bytes."""
        return len(self._files[name])


class Segment:
    """Columns, codes, postings and cards of one Whoosh segment. Deletions are not its business.

    ``id`` names the segment; ``count`` is the number of its records, deleted ones included.
    """

    def __init__(self, raw: Any, storage: MemoryStorage) -> None:
        self.id: str = raw.segment_id()
        self.count: int = raw.doc_count_all()
        codec = raw.codec()
        self._columns = codec.per_document_reader(storage, raw)
        self._terms = codec.terms_reader(storage, raw)
        self._lock = Lock()
        self._vocabulary = storage.content(f"{self.id}{vocabulary.SUFFIX}")
        self.keys = [key.decode() for key in self._columns.column_reader(KEY, KEYS)]
        self.start, self.end, self.published = (self._days(name) for name in (START, END, PUBLISHED))
        self.codes: dict[str, NDArray[np.int32]] = {
            code: self._postings(CODES, code.encode()).docs() for code in self._code_names()
        }

    def word(self, term: str) -> BlockReader | None:
        """The postings of a word term, or None; to be read under ``reading``."""
        try:
            return self._postings(WORDS, term.encode())
        except TermNotFound:
            return None

    def frequency(self, term: str) -> int:
        """How many records hold a word term."""
        with self._lock:
            try:
                count: int = self._terms.term_info(WORDS, term.encode()).doc_frequency()
            except TermNotFound:
                return 0
        return count

    @property
    def reading(self) -> Lock:
        """Whoosh's readers keep a place in their file: hold this while using one."""
        return self._lock

    def card(self, doc: int) -> str:
        """The stored card (JSON) of a record."""
        with self._lock:
            card: str = self._columns.stored_fields(doc)[CARD]
        return card

    @cached_property
    def vocabulary(self) -> Mapping[str, int]:
        """Words as people write them, and the number of records that hold each."""
        return vocabulary.read(self._vocabulary)

    def _postings(self, field: str, term: bytes) -> BlockReader:
        reader: BlockReader = self._terms.matcher(field, term, Places())
        return reader

    def _code_names(self) -> Iterator[str]:
        if CODES in self._terms.indexed_field_names():
            for field, code in self._terms.terms_from(CODES, b""):
                if field != CODES:
                    break
                yield code.decode()

    def _days(self, name: str) -> NDArray[np.int32]:
        column = self._columns.column_reader(name, DAYS)
        return np.fromiter((column[doc] for doc in range(self.count)), dtype=np.int32, count=self.count)
