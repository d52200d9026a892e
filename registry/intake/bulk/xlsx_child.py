"""Run by itself: reads a spreadsheet from its input and writes its cells as JSON to its output.

The library that reads spreadsheets is native code that makes room for every cell between the first and
the last, and ends its process where there is no such room. It therefore runs in a process of its own,
with bounded memory and time, and imports nothing of ours. Formulas are never evaluated: what the program
that wrote the file last computed is read.

A formula that no program computed yet has no value: where such cells stand is told.

Arguments: rows and characters of a cell that are read, at most. Output: ``{"sheets": [[name, [[number,
[cell …]] …], [[number, place] …]] …]}``, or ``{"error": word}``. Cells are texts, dates in ISO form, whole
numbers without decimals.
"""

from __future__ import annotations

import io
import json
import posixpath
import resource
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError, iterparse, parse

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
    raw = sys.stdin.buffer.read()
    try:
        book = load_workbook(io.BytesIO(raw))
        found = sheets(book, rows_max, cell_max)
        answer: dict[str, Any] = {
            "sheets": [[name, rows, list(without_value(raw, index))] for index, name, rows in found]
        }
    except (CalamineError, ParseError):
        answer = {"error": "unreadable"}
    except TooMuch:
        answer = {"error": "too-large"}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def sheets(book: CalamineWorkbook, rows_max: int, cell_max: int) -> Iterator[tuple[int, str, list[Any]]]:
    """Place, name and rows of each sheet that is shown and not empty."""
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
            yield index, about.name, read
            found += 1
        if found >= SHEETS_MAX:
            return


def without_value(raw: bytes, index: int) -> Iterator[tuple[int, str]]:
    """Row and place (``B2``) of every formula of this sheet that has no value (ECMA-376 part 1, 18.3.1.4)."""
    if b"<f" not in raw and b":f" not in raw:
        return
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        part = part_of(packed, index)
        if part not in packed.namelist():
            return
        with packed.open(part) as stream:
            yield from _formulas(stream)


def part_of(packed: zipfile.ZipFile, index: int) -> str:
    """The part of the file that holds the sheet at this place in the workbook."""
    with packed.open("xl/workbook.xml") as book, packed.open("xl/_rels/workbook.xml.rels") as links:
        named = [one for one in parse(book).iter() if _tag(one) == "sheet"]  # noqa: S314 - as above
        targets = {one.get("Id"): one.get("Target", "") for one in parse(links).iter()}  # noqa: S314 - as above
    link = next((value for name, value in named[index].items() if name.endswith("}id")), "")
    return posixpath.join("/xl", targets.get(link, "")).lstrip("/")


def _formulas(stream: IO[bytes]) -> Iterator[tuple[int, str]]:
    row = column = 0
    for event, one in iterparse(stream, ("start", "end")):  # noqa: S314 - as above
        tag = _tag(one)
        if tag == "row" and event == "start":
            row, column = int(one.get("r") or row + 1), 0
        elif tag == "c" and event == "end":
            place = one.get("r") or f"{_letters(column)}{row}"
            column += 1
            parts = {_tag(part): part.text for part in one}
            if "f" in parts and one.get("t") != "str" and not parts.get("v"):
                yield row, place
        elif tag == "row":
            one.clear()


def _tag(one: Element) -> str:
    return one.tag.rpartition("}")[2]


def _letters(column: int) -> str:
    """The name of a column by its number from 0: A … Z, AA …"""
    name = ""
    while column >= 0:
        name, column = chr(ord("A") + column % 26) + name, column // 26 - 1
    return name


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
