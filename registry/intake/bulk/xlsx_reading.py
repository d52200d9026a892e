"""Spreadsheets (XLSX): unpacked within bounds, read by a process of its own, the right sheet chosen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from registry.errors import N_, Malformed, TooLarge
from registry.intake.bulk.csv_reading import NO_HEADER, bounded, check_header, trimmed
from registry.intake.bulk.headers import recognised
from registry.intake.bulk.limits import CELL_MAX, ROWS_MAX
from registry.intake.bulk.names import explaining
from registry.intake.bulk.packing import DAMAGED, repacked
from registry.intake.bulk.table import Format, Line, Note, Table
from taxonomy import Taxonomy

CHILD = Path(__file__).with_name("xlsx_child.py")
SECONDS = 15
"""Longest wait for it."""
FAR_APART = N_(
    "This spreadsheet needs too much memory: its cells lie too far apart, or repeat too long a text."
    " Copy the rows into a new file, and send that."
)
OTHER_SHEETS = N_("Only the sheet “%(read)s” was read.")
BROKEN_CELLS = N_("Cells that show an error, such as #N/A or #REF!, were read as empty.")
NO_VALUE = N_(
    "%(cell)s: this cell is a formula without a value. Open the file in a spreadsheet program, save it,"
    " and send that."
)
_BROKEN = b't="e"'
"""How such a cell is marked (ECMA-376 part 1, 18.18.11); the parts are not compressed any more."""
_KEPT = ("LD_LIBRARY_PATH", "SYSTEMROOT")
"""Variables without which an interpreter may not start."""


def read(raw: bytes, taxonomy: Taxonomy) -> Table:
    """The table in a spreadsheet; raises ``Malformed`` and ``TooLarge``."""
    packed = repacked(raw)
    sheets = _sheets(packed)
    if not sheets:
        raise Malformed(NO_HEADER)
    name, rows, empty = max(sheets, key=lambda sheet: recognised(sheet[1][0][1], taxonomy))
    others = {other for other, *_ in sheets} - {name} - set(explaining())
    notes = [Note(OTHER_SHEETS, {"read": name[:60]})] if others else []
    notes += [Note(BROKEN_CELLS)] if _BROKEN in packed else []
    return Table(
        Format.XLSX,
        check_header(trimmed(tuple(rows[0][1]))),
        tuple(bounded(_lines(rows, empty))),
        sheet=name,
        notes=tuple(notes),
    )


def _lines(rows: list[Any], empty: list[Any]) -> Iterator[Line]:
    """The rows under the header; one with a formula that has no value is told, and none is left out.

    Raises ``Malformed`` where the header itself has such a cell.
    """
    header, last = rows[0][0], rows[-1][0]
    cells, faults = dict(rows[1:]), dict[int, Note]()
    for number, place in empty:
        faults.setdefault(number, Note(NO_VALUE, {"cell": place}))
    if header in faults:
        raise Malformed(NO_VALUE, cell=faults[header].facts["cell"])
    end = last if len(rows) > ROWS_MAX else max([last, *faults])
    for number in sorted({*cells, *(one for one in faults if header < one <= end)}):
        yield Line(number, trimmed(tuple(cells.get(number, ()))), fault=faults.get(number))


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in _KEPT if name in os.environ}


def _sheets(raw: bytes) -> list[tuple[str, list[Any], list[Any]]]:
    command = [sys.executable, "-I", str(CHILD), str(ROWS_MAX + 1), str(CELL_MAX + 1)]
    try:
        run = subprocess.run(  # noqa: S603 - our own script; the file goes in by its input
            command, input=raw, capture_output=True, timeout=SECONDS, check=False, env=_environment()
        )
        answer = json.loads(run.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        # Without an answer it was ended: for want of memory or time, or by a fault of its own.
        raise TooLarge(FAR_APART) from error
    if answer.get("error") == "too-large":
        raise TooLarge(FAR_APART)
    if "sheets" not in answer:
        raise Malformed(DAMAGED)
    return [(name, rows, empty) for name, rows, empty in answer["sheets"]]
