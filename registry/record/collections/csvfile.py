"""Read CSV files of others line by line: a bad line is a problem, and the rest goes on. Pure."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from registry.errors import N_
from registry.record.collections.assembling import Place
from registry.record.collections.rows import RowProblem

CELL_MAX = 1_000_000
"""Characters of one cell; a lost quotation mark makes the rest of a file one cell."""
_NOT_UTF8 = re.compile("[\udc80-\udcff]")

Line = tuple[Place, dict[str, str]]
"""Where a row begins, and its cells by column."""


def read_csv(
    path: Path, needed: Collection[str], skipped_columns: Collection[str] = ()
) -> Iterator[Line | RowProblem]:
    """The rows of a file with a header; problems of rows that cannot be read.

    ``needed`` columns must be in the header, otherwise there is one problem and nothing else.
    ``skipped_columns`` are not even kept in memory.
    """
    csv.field_size_limit(CELL_MAX)
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        missing = [column for column in needed if column not in header]
        if missing:
            yield Place(path.name, 1).problem(missing[0], N_("This column is missing from the file."))
            return
        yield from _lines(path.name, reader, header, frozenset(skipped_columns))


def _lines(
    name: str, reader: Iterator[list[str]], header: list[str], skipped: frozenset[str]
) -> Iterator[Line | RowProblem]:
    while True:
        place = Place(name, getattr(reader, "line_num", 0) + 1)
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield place.problem("", N_("This line is not CSV: %(reason)s."), reason=str(error))
            continue
        if cells:
            yield _line(place, header, cells, skipped)


def _line(place: Place, header: list[str], cells: list[str], skipped: frozenset[str]) -> Line | RowProblem:
    if len(cells) != len(header):
        facts = {"found": len(cells), "expected": len(header)}
        return place.problem("", N_("This row has %(found)s cells instead of %(expected)s."), **facts)
    for column, cell in zip(header, cells, strict=True):
        if _NOT_UTF8.search(cell):
            return place.problem(column, N_("This is not UTF-8."))
    return place, {
        column: cell for column, cell in zip(header, cells, strict=True) if cell and column not in skipped
    }
