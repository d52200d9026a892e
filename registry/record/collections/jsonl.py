"""Read JSON lines: our own export, or the plain form in which small collections are shared. Pure.

Each line is one object of at most two megabytes. A line with ``account`` and ``provenance`` is a record
as ``PublicRecord.to_json`` wrote it; anything else is read as the plain form with ``source``,
``source_id``, ``title`` and ``text``. Either way the record stays foreign: it keeps its source, or
gets the source ``jsonl`` where its own is a node rather than a collection.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from registry.errors import N_
from registry.record.collections import jsonl_exported, jsonl_plain
from registry.record.collections.assembling import Assembler, Place
from registry.record.collections.jsonfile import DOCUMENT_MAX, parse_object
from registry.record.collections.rows import Row, RowProblem


def read(path: Path, assembler: Assembler) -> Iterator[Row]:
    """Every record of a file, in the order of its lines; empty lines do not count."""
    if not path.is_file():
        yield Place(path.name).problem("", N_("There is no such file."))
        return
    for place, content in _lines(path):
        document = parse_object(place, content)
        if isinstance(document, RowProblem):
            yield document
        elif "account" in document and "provenance" in document:
            yield from jsonl_exported.rows(place, document, assembler)
        else:
            yield from jsonl_plain.rows(place, document, assembler)


def _lines(path: Path) -> Iterator[tuple[Place, bytes]]:
    """Lines with their numbers; of a line that is too long, only as much as shows that it is."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(DOCUMENT_MAX + 2):
            number += 1
            rest = line
            while rest and not rest.endswith(b"\n"):
                rest = file.readline(DOCUMENT_MAX)
            if line.strip():
                yield Place(path.name, number), line
