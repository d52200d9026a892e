"""Spreadsheets (XLSX): unpacked within bounds, read by a process of its own, the right sheet chosen."""

from __future__ import annotations

import json
import subprocess
import sys
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


def read(raw: bytes, taxonomy: Taxonomy) -> Table:
    """The table in a spreadsheet; raises ``Malformed`` and ``TooLarge``."""
    sheets = _sheets(repacked(raw))
    if not sheets:
        raise Malformed(NO_HEADER)
    name, rows = max(sheets, key=lambda sheet: recognised(sheet[1][0][1], taxonomy))
    others = {other for other, _ in sheets} - {name} - set(explaining())
    return Table(
        Format.XLSX,
        check_header(trimmed(tuple(rows[0][1]))),
        tuple(bounded(Line(number, trimmed(tuple(cells))) for number, cells in rows[1:])),
        sheet=name,
        notes=(Note(OTHER_SHEETS, {"read": name[:60]}),) if others else (),
    )


def _sheets(raw: bytes) -> list[tuple[str, list[Any]]]:
    command = [sys.executable, "-I", str(CHILD), str(ROWS_MAX + 1), str(CELL_MAX + 1)]
    try:
        run = subprocess.run(  # noqa: S603 - our own script; the file goes in by its input
            command, input=raw, capture_output=True, timeout=SECONDS, check=False, env={}
        )
        answer = json.loads(run.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        # Without an answer it was ended: for want of memory or time, or by a fault of its own.
        raise TooLarge(FAR_APART) from error
    if answer.get("error") == "too-large":
        raise TooLarge(FAR_APART)
    if "sheets" not in answer:
        raise Malformed(DAMAGED)
    return [(name, rows) for name, rows in answer["sheets"]]
