"""The words of a segment and how many records hold each, in a file of its own beside the segment.

Whoosh can list its terms, at some microseconds each; tens of thousands would make the first misspelt
query of a process wait. The file is written once, with the segment, and read in milliseconds.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage

from search.schema import WORDS

SUFFIX = ".voc"
_SHORTEST = 3


def write(folder: Path, segment: Any) -> None:
    """Write the vocabulary of a segment unless it is there: a line per term, with its number of records."""
    path = folder / f"{segment.segment_id()}{SUFFIX}"
    if not path.exists():
        lines = "".join(f"{term} {count}\n" for term, count in _words(folder, segment))
        path.write_bytes(zlib.compress(lines.encode(), 1))


def read(content: bytes) -> dict[str, int]:
    """Term → number of records, from the content of a vocabulary file."""
    parts = zlib.decompress(content).decode().split()
    return dict(zip(parts[::2], map(int, parts[1::2]), strict=True))


def _words(folder: Path, segment: Any) -> Iterator[tuple[str, int]]:
    terms = segment.codec().terms_reader(FileStorage(str(folder), supports_mmap=False), segment)
    if WORDS in terms.indexed_field_names():
        for (field, text), info in terms.items_from(WORDS, b""):
            term = text.decode()
            stem = term.partition(":")[2]
            if field == WORDS and len(stem) >= _SHORTEST and stem.isalpha():
                yield term, info.doc_frequency()
    terms.close()
