"""Run by itself: reads a spreadsheet from its input and writes its cells as JSON to its output.

The library that reads spreadsheets is native code that makes room for every cell between the first and
the last, and ends its process where there is no such room. It therefore runs in a process of its own,
with bounded memory and time, and imports nothing of ours. Formulas are never evaluated: what the program
that wrote the file last computed is read.

Arguments: rows and characters of a cell that are read, at most. Output: ``{"sheets": [[name, [[number,
[cell …]] …]] …]}``, or ``{"error": word}``. Cells are texts, dates in ISO form, whole numbers without
decimals.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

MEMORY = 1_500_000_000
"""Bytes of address space."""
SECONDS = 10
BOUNDS = ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0))
SHEETS_MAX = 5
CHARACTERS_MAX = 10_000_000
"""Characters of all cells together: one long text may be shared by many cells."""


class TooMuch(Exception):
    """There are more characters in it than are read."""


def main(rows_max: int, cell_max: int) -> None:
    """Read the first visible sheets that hold anything."""
    for limit, most in BOUNDS:
        with suppress(ValueError, OSError):  # a system that knows no such bound
            resource.setrlimit(limit, (most, most))
    try:
        book = load_workbook(io.BytesIO(sys.stdin.buffer.read()))
        answer: dict[str, Any] = {"sheets": list(sheets(book, rows_max, cell_max))}
    except CalamineError:
        answer = {"error": "unreadable"}
    except TooMuch:
        answer = {"error": "too-large"}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def sheets(book: CalamineWorkbook, rows_max: int, cell_max: int) -> Iterator[tuple[str, list[Any]]]:
    """Name and rows of each sheet that is shown and not empty."""
    left, found = CHARACTERS_MAX, 0
    for index, about in enumerate(book.sheets_metadata):
        if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
            continue
        read: list[Any] = []
        for number, row in enumerate(book.get_sheet_by_index(index).iter_rows(), start=1):
            cells = [text(value)[:cell_max] for value in row]
            left -= sum(map(len, cells))
            if left < 0:
                raise TooMuch
            if any(cells):
                read.append((number, cells))
            if len(read) > rows_max:
                break
        if read:
            yield about.name, read
            found += 1
        if found >= SHEETS_MAX:
            return


KEPT = 1e15
"""Spreadsheets keep fifteen digits of a number; a larger one is written as it is held."""


def text(value: object) -> str:
    """A cell as a person would write it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < KEPT else repr(value)
    if isinstance(value, datetime):
        midnight = not (value.hour or value.minute or value.second)
        return value.date().isoformat() if midnight else value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        hours = value.total_seconds() / 3600
        return str(int(hours)) if hours.is_integer() else repr(hours)
    return str(value)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
